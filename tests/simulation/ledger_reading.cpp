// A reader for the one shape of JSON that statistics have: numbers, and objects of numbers.
#include "ledger_reading.h"

#include <cstdlib>
#include <numeric>
#include <string>
#include <utility>

#include "piste/piste.h"

namespace simulation {

namespace {

/// Takes names and numbers off the front of a text.
struct Scanner {
  std::string_view left;

  bool skip(char wanted) {
    if (left.empty() || left.front() != wanted) return false;
    left.remove_prefix(1);
    return true;
  }

  bool name(std::string_view& to) {
    if (!skip('"')) return false;
    const size_t end = left.find('"');
    if (end == std::string_view::npos) return false;
    to = left.substr(0, end);
    left.remove_prefix(end + 1);
    return skip(':');
  }

  bool number(double& to) {
    const size_t size = left.find_first_not_of("-.0123456789eE+");
    if (size == 0 || size == std::string_view::npos || size > 40) return false;
    char text[41] = {};
    left.copy(text, size);
    char* end = nullptr;
    to = std::strtod(text, &end);
    left.remove_prefix(size);
    return end == text + size;
  }

  /// Members of an object of numbers, each handed to `put`.
  template <typename Put>
  bool numbers(Put put) {
    if (!skip('{')) return false;
    while (!skip('}')) {
      std::string_view key;
      double value = 0;
      if (!name(key) || !number(value) || !put(key, value)) return false;
      skip(',');
    }
    return true;
  }
};

template <size_t N>
size_t place(const std::array<std::string_view, N>& names, std::string_view name) {
  size_t at = 0;
  while (at < N && names[at] != name) ++at;
  return at;
}

template <size_t N>
bool read_counts(Scanner& scanner, const std::array<std::string_view, N>& names, std::array<double, N>& counts) {
  return scanner.numbers([&](std::string_view key, double value) {
    const size_t at = place(names, key);
    if (at < N) counts[at] = value;
    return at < N;
  });
}

}  // namespace

size_t reason_at(std::string_view name) { return place(kReasons, name); }

size_t refusal_at(int32_t status) { return place(kRefusals, std::to_string(status)); }

std::string_view reason_of(int32_t status) {
  switch (status) {
    case PISTE_TOO_LARGE:
      return "too_large";
    case PISTE_UNSERIALISABLE:
      return "unserialisable";
    case PISTE_QUEUE_FULL:
      return "queue_full";
    case PISTE_CLOSED:
      return "closed";
    case PISTE_EVICTED:
      return "evicted";
    case PISTE_EXPIRED:
      return "expired";
    case PISTE_DENIED:
      return "denied";
    case PISTE_NO_MEMORY:
      return "no_memory";
    case PISTE_UNREADABLE_ROW:
      return "unreadable";
    default:
      return "invalid";
  }
}

double LedgerReading::rejected_sum() const { return std::accumulate(rejected.begin(), rejected.end(), 0.0); }

double LedgerReading::dropped_sum() const { return std::accumulate(dropped.begin(), dropped.end(), 0.0); }

bool LedgerReading::read(std::string_view json) {
  const std::pair<std::string_view, double*> members[] = {
      {"accepted", &accepted}, {"restored", &restored},  {"delivered", &delivered}, {"pending", &pending},
      {"stored", &stored},     {"inFlight", &in_flight}, {"failures", &failures},   {"retryInMs", &retry_in_ms}};
  Scanner scanner{json};
  size_t found = 0;
  if (!scanner.skip('{')) return false;
  while (!scanner.skip('}')) {
    std::string_view key;
    if (!scanner.name(key)) return false;
    if (key == "rejected" || key == "dropped") {
      const bool read =
          key[0] == 'r' ? read_counts(scanner, kRefusals, rejected) : read_counts(scanner, kReasons, dropped);
      if (!read) return false;
    } else {
      double* to = nullptr;
      for (const auto& [name, member] : members) {
        if (name == key) to = member;
      }
      if (to == nullptr || !scanner.number(*to)) return false;
      ++found;
    }
    scanner.skip(',');
  }
  return found == std::size(members);
}

}  // namespace simulation
