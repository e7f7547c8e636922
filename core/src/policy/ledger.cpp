// The names of the ledger's counts, and their sum.
#include "policy/ledger.h"

namespace piste {

namespace {

constexpr const char* kReasonNames[] = {"invalid", "too_large",  "unserialisable", "queue_full",
                                        "closed",  "unreadable", "no_memory"};

double sum(const double* counts, uint32_t size) {
  double total = 0;
  for (uint32_t i = 0; i < size; ++i) total += counts[i];
  return total;
}

/// The last decimal digit. A status has three; no buffer, so that no memory can be missing.
char digit(int32_t number) { return static_cast<char>('0' + number % 10); }

Text terminated(const char* text) { return {text, static_cast<uint32_t>(strlen(text))}; }

}  // namespace

DropReason drop_reason(Status status) {
  switch (status) {
    case Status::too_large:
      return DropReason::too_large;
    case Status::unserialisable:
      return DropReason::unserialisable;
    case Status::queue_full:
      return DropReason::queue_full;
    case Status::closed:
      return DropReason::closed;
    case Status::unreadable_row:
      return DropReason::unreadable;
    case Status::no_memory:
      return DropReason::no_memory;
    default:
      return DropReason::invalid;
  }
}

double Ledger::pending() const {
  return accepted_ - delivered_ - sum(rejected_, kFinalStatusCount) -
         sum(dropped_, static_cast<uint32_t>(DropReason::count));
}

void Ledger::write(JsonWriter& json) const {
  const struct {
    Text key;
    double count;
  } totals[] = {{"accepted", accepted_}, {"restored", restored_}, {"delivered", delivered_}, {"pending", pending()}};
  for (const auto& total : totals) {
    json.key(total.key);
    json.number(total.count);
  }
  json.key("rejected");
  json.begin_object();
  for (uint32_t i = 0; i < kFinalStatusCount; ++i) {
    if (rejected_[i] == 0) continue;
    const int32_t status = kFinalStatuses[i];
    const char digits[] = {digit(status / 100), digit(status / 10), digit(status)};
    json.key({digits, sizeof digits});
    json.number(rejected_[i]);
  }
  json.end_object();
  json.key("dropped");
  json.begin_object();
  for (uint32_t i = 0; i < static_cast<uint32_t>(DropReason::count); ++i) {
    if (dropped_[i] == 0) continue;
    json.key(terminated(kReasonNames[i]));
    json.number(dropped_[i]);
  }
  json.end_object();
}

}  // namespace piste
