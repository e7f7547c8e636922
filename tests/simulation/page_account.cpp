// The arithmetic of the ledger, done a second time.
#include "page_account.h"

#include "piste/piste.h"

namespace simulation {

void PageAccount::track(int32_t status) {
  ++expected_.accepted;
  if (status != PISTE_OK) ++expected_.dropped[reason_at(reason_of(status))];
}

void PageAccount::restore(int32_t status) {
  const bool counts =
      status == PISTE_OK || status == PISTE_UNREADABLE_ROW || status == PISTE_EXPIRED || status == PISTE_DENIED;
  if (!counts) return;
  ++expected_.restored;
  track(status);
}

void PageAccount::accept_own(const LedgerReading& reading) {
  const double more = reading.accepted - expected_.accepted;
  if (!makes_events_ || more <= 0) return;
  const size_t full = reason_at("queue_full");
  const double refused = reading.dropped[full] - expected_.dropped[full];
  if (refused < 0 || refused > more) return;
  expected_.accepted += more;
  expected_.dropped[full] += refused;
  own_ += more - refused;
}

std::string PageAccount::differences(const LedgerReading& reading, bool settled) {
  accept_own(reading);
  std::string found;
  const auto compare = [&](std::string_view what, std::string_view which, double expected, double is) {
    if (expected == is) return;
    found += std::string(what).append(which) + " is " + std::to_string(static_cast<long long>(is)) + ", should be " +
             std::to_string(static_cast<long long>(expected)) + "; ";
  };
  compare("accepted - delivered - rejected - dropped - pending", "", 0,
          reading.accepted - reading.delivered - reading.rejected_sum() - reading.dropped_sum() - reading.pending);
  compare("accepted", "", expected_.accepted, reading.accepted);
  compare("restored", "", expected_.restored, reading.restored);
  compare("delivered", "", expected_.delivered, reading.delivered);
  for (size_t i = 0; i < kRefusals.size(); ++i) {
    compare("rejected ", kRefusals[i], expected_.rejected[i], reading.rejected[i]);
  }
  // Who made room is told by the next actions.
  const size_t evicted = reason_at("evicted");
  const double untold = reading.dropped[evicted] - expected_.dropped[evicted];
  for (size_t i = 0; i < kReasons.size(); ++i) {
    if (i == evicted && !settled && untold > 0) continue;
    compare("dropped ", kReasons[i], expected_.dropped[i], reading.dropped[i]);
  }
  compare("pending", "", pending() - (settled ? 0 : untold), reading.pending);
  if (settled) compare("events of its own that were seen", "", own_, own_seen_);
  return found;
}

}  // namespace simulation
