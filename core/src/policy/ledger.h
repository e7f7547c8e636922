// Counts what became of every event: accepted = delivered + pending + rejected + dropped, at any time.
#ifndef PISTE_POLICY_LEDGER_H
#define PISTE_POLICY_LEDGER_H

#include "base/status.h"
#include "model/limits.h"

namespace piste {

/// The ledger's counts, in the order of the fields of piste.h from PISTE_FIELD_ACCEPTED on. Those of rejected events
/// are in the order of kFinalStatuses.
enum class Count : uint32_t {
  accepted = 0,
  restored,
  delivered,
  rejected,
  dropped_invalid = rejected + kFinalStatusCount,
  dropped_too_large,
  dropped_unserialisable,
  dropped_queue_full,
  dropped_closed,
  dropped_unreadable,
  dropped_evicted,
  dropped_expired,
  dropped_denied,
  dropped_no_memory,
  pending,
  stored,  ///< This one and those that follow are the tracker's, not the ledger's.
  in_flight,
  failures,
  retry_in_ms,
  count
};

/// Counts are doubles: exact up to 2^53, and no 64-bit integers in the plain-JavaScript build.
class Ledger {
 public:
  void accept() { add(Count::accepted); }
  /// An event taken over from an earlier page.
  void restore() {
    add(Count::accepted);
    add(Count::restored);
  }
  /// Events that belong to another tracker from here on.
  void release(uint32_t count) { counts_[static_cast<uint32_t>(Count::accepted)] -= count; }
  void deliver(uint32_t count) { add(Count::delivered, count); }
  /// Events refused with kFinalStatuses[index].
  void reject(uint32_t index, uint32_t count) { counts_[static_cast<uint32_t>(Count::rejected) + index] += count; }
  /// An event that `why` kept from being sent; a status that is no reason of its own counts as invalid.
  void drop(Status why);

  /// A count before pending.
  double read(Count count) const { return counts_[static_cast<uint32_t>(count)]; }
  /// Events that have not ended.
  double pending() const;

 private:
  void add(Count count, uint32_t events = 1) { counts_[static_cast<uint32_t>(count)] += events; }

  double counts_[static_cast<uint32_t>(Count::pending)] = {};
};

}  // namespace piste

#endif  // PISTE_POLICY_LEDGER_H
