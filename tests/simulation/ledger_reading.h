// What a tracker's statistics say, read from their JSON.
#ifndef TESTS_SIMULATION_LEDGER_READING_H
#define TESTS_SIMULATION_LEDGER_READING_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace simulation {

/// The reasons of "dropped", and the statuses of "rejected", as docs/reference.md names them.
constexpr std::array<std::string_view, 10> kReasons = {"invalid", "too_large",  "unserialisable", "queue_full",
                                                       "closed",  "unreadable", "evicted",        "expired",
                                                       "denied",  "no_memory"};
constexpr std::array<std::string_view, 6> kRefusals = {"400", "401", "403", "410", "413", "422"};

/// Places in kReasons and kRefusals, or past their ends.
size_t reason_at(std::string_view name);
size_t refusal_at(int32_t status);
/// The reason that a failed call stands for.
std::string_view reason_of(int32_t status);

struct LedgerReading {
  double accepted = 0;
  double restored = 0;
  double delivered = 0;
  double pending = 0;
  double stored = 0;
  double in_flight = 0;
  double failures = 0;
  double retry_in_ms = 0;
  std::array<double, kRefusals.size()> rejected{};
  std::array<double, kReasons.size()> dropped{};

  double rejected_sum() const;
  double dropped_sum() const;

  /// False if the text is not such an object, or has a name that is not known.
  bool read(std::string_view json);
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_LEDGER_READING_H
