// One tracker: takes inputs, asks the policies, and says what the host is to do next.
#ifndef PISTE_ENGINE_TRACKER_H
#define PISTE_ENGINE_TRACKER_H

#include "engine/action.h"
#include "engine/in_flight.h"
#include "model/event.h"
#include "model/page.h"
#include "model/settings.h"
#include "policy/activity.h"
#include "policy/batch.h"
#include "policy/ledger.h"
#include "policy/outbox.h"
#include "policy/retry.h"

namespace piste {

/// The state of a tracker. Every member function is the function of the same name in piste.h, where its contract
/// stands.
class Tracker {
 public:
  Status set(Key key, Text value);
  Status track(EventKind kind, Text buffer, const Moment& now);
  Status refuse(Status why);
  Status restore(Text row, const Moment& now);
  void signal(Signal kind, const Moment& now);
  bool set_activity(double active_ms, const double (&offsets)[field::kOffsetCount], const Moment& now);
  ActionKind next(const Moment& now);
  Status done(double id, int32_t outcome, Text retry_after, const Moment& now);

  /// The last action.
  const Action& action() const { return action_; }
  double timeout_ms() const { return settings_.timeout_ms(); }
  /// The ledger as JSON.
  Text stats();

 private:
  Status accept(const Event& event, const Moment& now);
  Status build_row(const Event& event, const Moment& now);
  Status read_and_accept(EventKind kind, Text buffer, const Moment& now);
  void await_company(const Moment& now);

  bool prepare_store();
  bool prepare_erase();
  bool prepare_send(const Moment& now);
  bool fits_exit(const Row& row) const;
  Row* first_sendable() const;
  bool may_send(const Row* row, const Moment& now) const;
  Batch dispatch_batch(Row* row, uint32_t limit_bytes, const Moment& now);
  void write_url(const Batch& batch, Text query_payload, const Moment& now);
  ActionKind wait(const Moment& now);
  double next_send_ms(const Row* row) const;
  Status conclude(double id, int32_t outcome, Text retry_after, const Moment& now);

  Settings settings_;
  Page page_;
  Outbox outbox_;
  InFlight in_flight_;
  Retry retry_;
  Ledger ledger_;
  Activity activity_;
  Action action_;
  Bytes row_;  ///< The row that is being built; later the text of stats().
  Bytes scratch_;
  Bytes url_;
  Bytes body_;
  double last_id_ = 0;
  double company_until_ms_ = 0;  ///< From when the waiting events go out, company or not.
  double last_seen_ms_ = 0;      ///< mono_ms of the last next().
  bool leaving_ = false;
  bool closed_ = false;
};

}  // namespace piste

#endif  // PISTE_ENGINE_TRACKER_H
