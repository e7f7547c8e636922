// Counts what became of every event: accepted = delivered + pending + rejected + dropped, at any time.
#ifndef PISTE_POLICY_LEDGER_H
#define PISTE_POLICY_LEDGER_H

#include "base/json_writer.h"
#include "base/status.h"
#include "model/limits.h"

namespace piste {

/// Why an event was dropped before it could be sent. The names are in ledger.cpp.
enum class DropReason : uint32_t {
  invalid = 0,
  too_large,
  unserialisable,
  queue_full,
  closed,
  unreadable,
  no_memory,
  count
};

/// The reason that a failed call stands for.
DropReason drop_reason(Status status);

/// Counts are doubles: exact up to 2^53, and no 64-bit integers in the plain-JavaScript build.
class Ledger {
 public:
  void accept() { ++accepted_; }
  /// An event taken over from an earlier page.
  void restore() {
    ++accepted_;
    ++restored_;
  }
  void drop(DropReason reason) { ++dropped_[static_cast<uint32_t>(reason)]; }
  void deliver() { ++delivered_; }
  /// An event refused with kFinalStatuses[index].
  void reject(uint32_t index) { ++rejected_[index]; }

  /// Events that have not ended yet.
  double pending() const;

  /// Writes the members of the statistics (docs/reference.md, "Statistics") into an object that is open.
  void write(JsonWriter& json) const;

 private:
  double accepted_ = 0;
  double restored_ = 0;
  double delivered_ = 0;
  double rejected_[kFinalStatusCount] = {};
  double dropped_[static_cast<uint32_t>(DropReason::count)] = {};
};

}  // namespace piste

#endif  // PISTE_POLICY_LEDGER_H
