// One tracker: takes inputs, asks the policies, and says what the host is to do next.
#ifndef PISTE_ENGINE_TRACKER_H
#define PISTE_ENGINE_TRACKER_H

#include "engine/action.h"
#include "engine/in_flight.h"
#include "model/consent.h"
#include "model/event.h"
#include "model/page.h"
#include "model/settings.h"
#include "policy/activity.h"
#include "policy/batch.h"
#include "policy/bisection.h"
#include "policy/device_clock.h"
#include "policy/firewall.h"
#include "policy/ledger.h"
#include "policy/outbox.h"
#include "policy/retry.h"
#include "policy/session.h"

namespace piste {

/// The state of a tracker. Every member function is the function of the same name in piste.h, where its contract
/// stands.
class Tracker {
 public:
#ifdef PISTE_LEAN
  /// To be called once, first.
  void begin() { settings_.begin(); }
#endif
  Status set(Key key, Text value);
  Status track(EventKind kind, Text buffer, const Moment& now);
  Status refuse(Status why);
  Status restore(Text row, const Moment& now);
  void signal(Signal kind, const Moment& now);
  Status draft(EventKind kind, Text buffer, const Moment& now);
  Status commit(Text payload, const Moment& now);
  bool guard(Text purposes);
  uint32_t set_activity(double active_ms, const double (&offsets)[field::kOffsetCount], const Moment& now);
  ActionKind next(const Moment& now);
  Status done(double id, int32_t outcome, double retry_after_ms, const Moment& now);

  /// The last action.
  const Action& action() const { return action_; }
  /// A number of the ledger.
  double read(Count count) const;
#ifdef PISTE_FIREWALL
  const Redactions& redactions() const { return firewall_.redactions(); }
#endif
#ifndef PISTE_LEAN
  /// The payload of the draft; empty if there is none.
  Text draft_payload() const { return has_draft_ ? payload_of(row_.text()) : Text(); }
#endif

 private:
  /// Counts a call for one event that ended in `status`, which it returns.
  Status count(Status status);
  /// What is set but not kept as a setting.
  Status set_rare(Key key, Text value);
  Status set_consent(Text text);
  /// What stands outside of the visitor, who wants nothing to stand there.
  void forget_outside();
  /// Takes an event as the visitor's consent will have it.
  Status accept(const Event& event, const Moment& now);
  Status admit(const Event& event, const Moment& now);
  /// An event that is not taken at all.
  Status turn_away(const Event& event);
  /// Keeps an event in memory until the visitor has answered. `draft`: the id of a draft; 0: it is none.
  Status hold(const Event& event, double draft, const Moment& now);
  /// Takes the events that were held and whose purpose is granted now; destroys those of which it is denied.
  void release_held();
  /// Makes the row of an event that was held, as if it happened now, when it did.
  Status revive(Text held, RowHead& head);
  void swap_facts(Bytes* facts);
  /// Adds the entity that marks what waited for `purposes` to others.
  void append_mark(Bytes& entities, uint32_t purposes);
  /// What an event begins besides itself.
  Status begin(const Event& event, const Moment& now);
  /// `taken`: the moment of the event, by the clock that events are told.
  Status build_row(const Event& event, bool query, bool base64, Page& page, const Moment& taken, RowHead& head);
  /// All that an event is for, by bit. `shows_visitor`: the collector, at least, may know him by it.
  uint8_t purposes_of(const Event& event, bool shows_visitor, bool is_impersonal) const;
  /// Takes a finished row into the outbox, through the firewall.
  Status take(Text row, const RowHead& head, const Moment& now);
  /// Puts the row without personal data, which is valid until the next call, in its place.
  Status clean(Text& row, RowKind kind);
  Status append(Text row, const RowHead& head);
  void begin_activity(const Moment& now);
  void stop_activity();
  /// The moment by the clock that events are told.
  Moment told(const Moment& now);
  Status read(EventKind kind, EventKind end, Text buffer, Event& event) const;
  Status read_and_accept(EventKind kind, Text buffer, const Moment& now);
  Status read_and_draft(EventKind kind, Text buffer, const Moment& now);
  void await_company(const Moment& now);

  /// A place in the order in which rows go out.
  struct Candidate {
    Row* row;
    uint8_t worth;  ///< When the page is left: of the rows that go now, see Row::worth.
  };

  bool prepare_store(const Moment& now);
  bool prepare_erase();
#ifdef PISTE_FULL_CONSENT
  bool prepare_draft();
#else
  static constexpr bool prepare_draft() { return false; }
#endif
  bool prepare_state(const Moment& now);
  bool prepare_probe();
  bool prepare_send(const Moment& now);
  double lasting_at_ms() const;
  uint32_t keepalive_left() const;
  bool is_sendable(const Row& row, uint8_t worth) const;
  Candidate next_candidate(Candidate last) const;
  Candidate first_candidate() const;
  bool may_send(const Row* row, const Moment& now) const;
  Batch dispatch_batch(Candidate candidate, uint32_t limit_bytes, double sent_ms);
  void write_url(const Batch& batch, Text query_payload, double sent_ms);
  ActionKind wait(const Moment& now);
  double next_send_ms() const;
  Status conclude(double id, uint32_t event_count, int32_t outcome, double retry_after_ms, const Moment& now);
  void fail(double id, double retry_after_ms, const Moment& now);
  void leave(const Moment& now);
  void clear_visitor(Signal kind);

  // Small and often used first: in the wasm near members cost a byte less for each use.
  bool hidden_ = false;   ///< Since the last LEAVING: each new event goes out at once.
  bool exiting_ = false;  ///< The exit plan is being carried out.
  bool gone_ = false;     ///< Rows that are stored are another's.
  bool closed_ = false;
  Bytes row_;  ///< The row that is being built.
  Bytes scratch_;
  Bytes url_;
  Bytes body_;
  Outbox outbox_;
  double last_id_ = 0;
  double company_until_ms_ = 0;   ///< From when the waiting events go out, company or not.
  double fleeting_since_ms_ = 0;  ///< Since when there are rows that the host's death would take.
  Retry retry_;
  Action action_;
  double last_seen_ms_ = 0;  ///< mono_ms of the last next() or failure: what the wait is told from.
  Bisection bisection_;
  DeviceClock clock_;
  Activity activity_;
  Consent consent_;
  Page page_;
  Session session_{settings_};
  Ledger ledger_;
  InFlight in_flight_;
  Settings settings_;
#ifndef PISTE_LEAN
  RowHead draft_head_;      ///< Of the draft in row_.
  Activity told_activity_;  ///< The clock that only tells.
  /// As company_until_ms_: no time will do.
  static constexpr double kNever = kLatestMs;
  uint32_t company_count_ = 0;   ///< Events since the first that waits for company.
  bool has_draft_ = false;       ///< row_ is a draft.
  bool keeps_activity_ = false;  ///< A page view has set the clocks that KEEP_ACTIVITY lets go on.
#endif
#ifdef PISTE_FIREWALL
  Firewall firewall_;
  Bytes clean_row_;
#endif
#ifdef PISTE_FULL_CONSENT
  Bytes held_;        ///< Events that wait for the visitor's answer, a field each.
  Bytes held_names_;  ///< See PISTE_KEY_HELD_NAMES.
#endif
#ifdef PISTE_CONSENT
  uint8_t view_purposes_ = kUsualPurposes;  ///< Of the page view, hence of its pings.
#endif
};

}  // namespace piste

#endif  // PISTE_ENGINE_TRACKER_H
