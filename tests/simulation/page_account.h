// Keeps count beside a tracker's ledger, from what the host sees, and says where the two differ.
#ifndef TESTS_SIMULATION_PAGE_ACCOUNT_H
#define TESTS_SIMULATION_PAGE_ACCOUNT_H

#include <string>

#include "ledger_reading.h"

namespace simulation {

class PageAccount {
 public:
  /// `makes_events`: the tracker makes page pings, which are not announced.
  explicit PageAccount(bool makes_events) : makes_events_(makes_events) {}

  void track(int32_t status);
  void restore(int32_t status);
  /// Events that belong to another tracker from here on.
  void release(double count) { expected_.accepted -= count; }
  void deliver(double count) { expected_.delivered += count; }
  void reject(int32_t status, double count) { expected_.rejected[refusal_at(status)] += count; }
  /// An event made room, and came back as erased.
  void evict() { ++expected_.dropped[reason_at("evicted")]; }
  /// An event ended since the visitor does not want it.
  void deny() { ++expected_.dropped[reason_at("denied")]; }
  /// Events were taken, and found no room later.
  void refuse(double count) { expected_.dropped[reason_at("queue_full")] += count; }
  /// Events made room that were not given back yet.
  bool has_untold(const LedgerReading& reading) const {
    return reading.dropped[reason_at("evicted")] > expected_.dropped[reason_at("evicted")];
  }
  /// An event that the tracker made was seen.
  void see_own() { ++own_seen_; }

  /// Events that have not ended.
  double pending() const { return expected_.accepted - expected_.delivered - ended(); }

  /// Compares; empty if all is right. `settled`: the tracker has given out every action.
  std::string differences(const LedgerReading& reading, bool settled);

 private:
  double ended() const { return expected_.rejected_sum() + expected_.dropped_sum(); }
  void accept_own(const LedgerReading& reading);

  LedgerReading expected_;
  bool makes_events_;
  double own_ = 0;       ///< Taken by the tracker without being tracked.
  double own_seen_ = 0;  ///< Of these, those whose row was seen.
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_PAGE_ACCOUNT_H
