// One array: what is pending is what was accepted and has not ended.
#include "policy/ledger.h"

namespace piste {

namespace {

/// The statuses that are reasons of their own, in the order of Count from dropped_too_large on.
constexpr Status kReasons[] = {Status::too_large, Status::unserialisable, Status::queue_full,
                               Status::closed,    Status::unreadable_row, Status::evicted,
                               Status::expired,   Status::denied,         Status::no_memory};
constexpr uint32_t kReasonCount = sizeof kReasons / sizeof kReasons[0];

constexpr auto kInvalid = static_cast<uint32_t>(Count::dropped_invalid);
static_assert(kInvalid + 1 + kReasonCount == static_cast<uint32_t>(Count::pending));

}  // namespace

void Ledger::drop(Status why) {
  uint32_t reason = kReasonCount;
  while (reason > 0 && kReasons[reason - 1] != why) --reason;
  ++counts_[kInvalid + reason];
}

double Ledger::pending() const {
  double pending = read(Count::accepted);
  for (auto i = static_cast<uint32_t>(Count::delivered); i < static_cast<uint32_t>(Count::pending); ++i) {
    pending -= counts_[i];
  }
  return pending;
}

}  // namespace piste
