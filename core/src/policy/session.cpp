// One object in memory follows what stands outside.
#include "policy/session.h"

#include "base/uuid.h"

namespace piste {

namespace {

/// Which of a moment's further ids each is; the page view's is the first.
constexpr uint32_t kSessionEntropy = 1;
constexpr uint32_t kUserEntropy = 2;
constexpr uint32_t kUnreadEntropy = 3;

/// Makes an id where there is none.
void fill_id(Id& id, uint32_t index, const Moment& now) {
  if (id.size > 0) return;
  id.assign(make_further_uuid(now.entropy, index).text());
}

void fill_number(double& number, double with) {
  if (number == kMissing) number = with;
}

/// Nothing before 1970.
double seconds(double ms) { return ms > 0 ? __builtin_floor(ms / 1000 + 0.5) : kMissing; }

}  // namespace

bool Session::is_tracking() const {
  return is_permitted() && settings_.identity() != IdentityStore::none && settings_.anonymity() != Anonymity::full &&
         !settings_.opted_out();
}

void Session::find_identity(Text text) {
  is_known_ = !text.empty();
  if (is_known_) read_identity(text, identity_);
}

void Session::begin(double wall_ms, const Moment& now) {
  if (!has_begun_ && is_tracking()) advance(false, wall_ms, now);
}

void Session::advance(bool forced, double wall_ms, const Moment& now) {
#ifdef PISTE_CONSENT
  // An event that was held may be older than what the session has begun with.
  if (has_begun_ && wall_ms < last_event_ms_) wall_ms = last_event_ms_;
#endif
  if (!has_begun_) last_event_ms_ = wall_ms;
  has_begun_ = true;
  // Where nothing is kept outside, time tells.
  const bool is_over = is_known_ ? !is_marked_ : wall_ms - last_event_ms_ > settings_.session_timeout_s() * 1000;
  // Who has no session yet begins the first one.
  const bool is_new = !is_known_ && identity_.ids[Identity::session].size == 0;
  if ((forced || is_over) && !is_new) start(wall_ms, now);
  last_event_ms_ = wall_ms;
  touch(wall_ms, now);
}

void Session::start(double wall_ms, const Moment& now) {
  Id& session = identity_.ids[Identity::session];
  // Cookies of five fields have none: the one before gets an invented id, as the Snowplow browser tracker does.
  fill_id(session, kUnreadEntropy, now);
  identity_.ids[Identity::previous_session] = session;
  session.size = 0;  // touch() makes a new one
  fill_number(identity_.numbers[Identity::now_s], seconds(wall_ms));
  identity_.numbers[Identity::last_visit_s] = identity_.numbers[Identity::now_s];
  fill_number(identity_.numbers[Identity::session_index], 1);
  ++identity_.numbers[Identity::session_index];
  forget_events();
}

void Session::forget_events() {
  is_told_ = false;
  identity_.numbers[Identity::event_index] = 0;
  identity_.ids[Identity::first_event].size = 0;
  identity_.numbers[Identity::first_event_ms] = kMissing;
}

void Session::touch(double wall_ms, const Moment& now) {
  identity_.numbers[Identity::now_s] = seconds(wall_ms);
  fill_number(identity_.numbers[Identity::created_s], seconds(wall_ms));
  fill_number(identity_.numbers[Identity::session_index], 1);
  fill_id(identity_.ids[Identity::session], kSessionEntropy, now);
  if (shows_user()) {
    fill_id(identity_.ids[Identity::user], kUserEntropy, now);
  } else {
    // Forgotten for good: later he is another.
    identity_.ids[Identity::user].size = identity_.ids[Identity::previous_session].size = 0;
  }
  is_marked_ = true;
  chores_ |= kWriteIdentity | kWriteMarker;
}

void Session::take_event(Text event_id, double event_ms, double wall_ms, const Moment& now) {
  if (!is_tracking()) return;
  advance(false, wall_ms, now);
  if (identity_.numbers[Identity::event_index]++ > 0) return;
  identity_.ids[Identity::first_event].assign(event_id);
  identity_.numbers[Identity::first_event_ms] = event_ms > 0 ? event_ms : kMissing;
  if (!is_told_) chores_ |= kTellNews;
}

void Session::renew(double wall_ms, const Moment& now) {
  if (!is_tracking()) return;
  advance(true, wall_ms, now);
  chores_ |= kTellNews;
  is_told_ = true;
}

void Session::clear(bool keep_session, bool keep_user) {
  if (!keep_session) {
    identity_.ids[Identity::session].size = 0;
    identity_.numbers[Identity::session_index] = kMissing;
  }
  if (!keep_user) identity_.ids[Identity::user].size = 0;
  identity_.ids[Identity::previous_session].size = 0;
  identity_.numbers[Identity::created_s] = identity_.numbers[Identity::last_visit_s] = kMissing;
  forget_events();
  is_known_ = is_marked_ = false;
  chores_ = kEraseIdentity | kEraseMarker;
}

uint32_t Session::take_chore() {
  const uint32_t chore = chores_ & -chores_;
  chores_ ^= chore;
  if (chore == kWriteIdentity) is_known_ = settings_.identity() != IdentityStore::memory;
  return chore;
}

IdentityView Session::view() const {
  const bool shows = has_begun_ && is_tracking();
  return {shows ? &identity_ : nullptr, shows_user(), settings_.session_entity(),
          settings_.identity() == IdentityStore::local};
}

void Session::append_text(Bytes& out) const { append_identity(out, identity_); }

}  // namespace piste
