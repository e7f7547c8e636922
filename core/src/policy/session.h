// Who the visitor is, when a session begins, and what is to be remembered of it (protocol facts, section 3).
#ifndef PISTE_POLICY_SESSION_H
#define PISTE_POLICY_SESSION_H

#include "base/moment.h"
#include "model/client_session.h"
#include "model/settings.h"

namespace piste {

// What is to be done outside, by bit, in this order.
constexpr uint8_t kEraseIdentity = 1;
constexpr uint8_t kEraseMarker = 2;
constexpr uint8_t kWriteIdentity = 4;
constexpr uint8_t kWriteMarker = 8;
constexpr uint8_t kTellNews = 16;  ///< A session has begun.

/// Two texts are kept outside: the identity, and a marker that lives as long as the session. The host tells what stands
/// there before each event, since other pages write it too.
class Session {
 public:
  constexpr explicit Session(const Settings& settings) : settings_(settings) {}

  /// What stands outside as identity; empty: nothing.
  void find_identity(Text text);
  /// Whether the marker stands outside.
  void find_marker(bool found) { is_marked_ = found; }

  // Times are `wall_ms`, by the clock that events are told; of the moment only the entropy counts.

#ifndef PISTE_CONSENT
  static constexpr bool is_permitted() { return true; }
#else
  /// Whether the visitor may have an identity at all. A change begins as the tracker began; what was still to be
  /// written is not.
  void permit(bool permitted) {
    if (permitted != is_permitted_) begin_anew();
    if (!permitted) chores_ &= kEraseIdentity | kEraseMarker;
    is_permitted_ = permitted;
  }
  bool is_permitted() const { return is_permitted_; }
#endif
  /// Whether there is anything of one, here or outside.
  bool has_identity() const { return is_known_ || is_marked_ || identity_.ids[Identity::session].size > 0; }

  /// The tracker begins, or begins anew with what it may show now; nothing if it has.
  void begin(double wall_ms, const Moment& now);
  void begin_anew() { has_begun_ = false; }
  /// An event happens at `wall_ms`, which is `event_ms` to others. Makes what is missing.
  void take_event(Text event_id, double event_ms, double wall_ms, const Moment& now);
  /// A new session begins by order.
  void renew(double wall_ms, const Moment& now);
  /// Everything is forgotten but what is to be kept; the next event begins anew.
  void clear(bool keep_session, bool keep_user);

  /// What is to be done next; 0 if nothing is.
  uint32_t take_chore();

  /// What events carry.
  IdentityView view() const;
  /// Appends the identity as it is now.
  void append_text(Bytes& out) const;

 private:
  bool is_tracking() const;
  bool shows_user() const { return is_permitted() && settings_.anonymity() == Anonymity::none; }
  /// Something happens: the session goes on, or a new one begins.
  void advance(bool forced, double wall_ms, const Moment& now);
  void start(double wall_ms, const Moment& now);
  void forget_events();
  void touch(double wall_ms, const Moment& now);

  const Settings& settings_;
  Identity identity_;
  double last_event_ms_ = 0;
#ifdef PISTE_CONSENT
  bool is_permitted_ = true;
#endif
  bool has_begun_ = false;
  bool is_known_ = false;   ///< The identity stands outside.
  bool is_marked_ = false;  ///< The marker stands outside.
  bool is_told_ = false;    ///< That the session has begun was told before its first event.
  uint8_t chores_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_SESSION_H
