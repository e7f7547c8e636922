// The inputs of a tracker: options, events, rows, signals. What goes out is in tracker_actions.cpp, what comes back in
// tracker_answers.cpp.
#include "engine/tracker.h"

#include "base/decimal.h"
#include "model/payload.h"

namespace piste {

namespace {

/// When the event happened, as its payload says.
double time_of(const Event& event, const Moment& now) {
  if (!event.true_ms.empty()) return parse_digits(event.true_ms);
  return event.device_ms.empty() ? now.wall_ms : parse_digits(event.device_ms);
}

}  // namespace

Status Tracker::set(Key key, Text value) {
  if (key == Key::identity_state) session_.find_identity(value);
  if (key == Key::session_state) session_.find_marker(!value.empty());
#ifdef PISTE_CONSENT
  if (consent_.denies(kUsualPurposes)) forget_outside();
#endif
#ifndef PISTE_LEAN
  if (key >= Key::entities) return set_rare(key, value);
#else
  if (key == Key::consent) return set_consent(value);
#endif
  if (key >= Key::identity_state) return Status::ok;
  const bool changes_title = key == Key::page_title && !(settings_.text(key) == value);
  PISTE_TRY(settings_.set(key, value));
#ifndef PISTE_LEAN
  if (settings_.ping_every_ms() == 0) activity_.stop();
#endif
  if (key == Key::anonymity) {
    session_.begin_anew();
    // Who becomes anonymous is not to be known by what he did before (protocol facts, section 3.6).
    if (settings_.anonymity() == Anonymity::full) page_.forget_id();
  }
  // The document's title changed: from here on pings tell the new one (protocol facts, section 1.3).
  if (changes_title) page_.drop_title();
  return Status::ok;
}

Status Tracker::track(EventKind kind, Text buffer, const Moment& now) {
  const Status status = read_and_accept(kind, buffer, now);
  return status == Status::held ? status : count(status);
}

Status Tracker::count(Status status) {
  ledger_.accept();
  if (status != Status::ok) ledger_.drop(status);
  return status;
}

Status Tracker::read(EventKind kind, EventKind end, Text buffer, Event& event) const {
  if (closed_) return Status::closed;
  if (kind >= end || !has_kind(kind)) return Status::invalid_argument;
  if (buffer.size > kMaxEventBytes) return Status::too_large;
  return read_event(kind, buffer, event);
}

Status Tracker::read_and_accept(EventKind kind, Text buffer, const Moment& now) {
  Event event;
  PISTE_TRY(read(kind, kFirstUntrackable, buffer, event));
  return accept(event, now);
}

#ifndef PISTE_CONSENT
Status Tracker::accept(const Event& event, const Moment& now) { return admit(event, now); }
#endif

Status Tracker::admit(const Event& event, const Moment& now) {
  PISTE_TRY(begin(event, now));
  RowHead head;
  PISTE_TRY(build_row(event, settings_.use_get(), settings_.base64(), page_, told(now), head));
  return take(row_.text(), head, now);
}

Status Tracker::begin(const Event& event, const Moment& now) {
  if (settings_.opted_out()) return Status::denied;
#ifndef PISTE_LEAN
  if (event.kind == EventKind::page_ping) page_.take_ping();
#endif
  if (event.kind != EventKind::page_view) return Status::ok;
  if (!page_.begin_view(event.fields[field::kTitle], event.entities, now)) return Status::no_memory;
#ifdef PISTE_CONSENT
  view_purposes_ = event.purposes;
#endif
  begin_activity(now);
  return Status::ok;
}

void Tracker::begin_activity(const Moment& now) {
#ifndef PISTE_LEAN
  if (settings_.keep_activity() && keeps_activity_) return;
  keeps_activity_ = settings_.ping_every_ms() > 0 || settings_.activity_every_ms() > 0;
  told_activity_.begin(settings_.activity_first_ms(), settings_.activity_every_ms(), now.mono_ms);
#endif
  activity_.begin(settings_.ping_first_ms(), settings_.ping_every_ms(), now.mono_ms);
}

Status Tracker::take(Text row, const RowHead& head, const Moment& now) {
  PISTE_TRY(clean(row, head.kind));
  PISTE_TRY(append(row, head));
  await_company(now);
  // Whoever is not looked at may be gone before the next chance.
  if (hidden_ && retry_.failures() == 0) exiting_ = true;
  return Status::ok;
}

Status Tracker::clean(Text& row, RowKind kind) {
#ifdef PISTE_FIREWALL
  if (!firewall_.is_on()) return Status::ok;
  clean_row_.assign(row.part(0, kRowHeaderBytes));
  PISTE_TRY(firewall_.append(clean_row_, payload_of(row), kind.query));
  clean_row_.push(kRowEnd);
  if (!clean_row_.ok()) return Status::no_memory;
  row = clean_row_.text();
#else
  (void)row;
  (void)kind;
#endif
  return Status::ok;
}

void Tracker::await_company(const Moment& now) {
  const bool is_first = company_until_ms_ == 0;
  if (is_first) company_until_ms_ = now.mono_ms + settings_.batch_wait_ms();
#ifndef PISTE_LEAN
  if (settings_.batch_events() == 1) return;
  if (is_first) company_count_ = 0;
  if (is_first && settings_.batch_wait_ms() == 0) company_until_ms_ = kNever;
  if (++company_count_ >= settings_.batch_events()) company_until_ms_ = now.mono_ms;
#endif
}

Moment Tracker::told(const Moment& now) {
  Moment taken = now;
  taken.wall_ms = clock_.read(now);
  return taken;
}

Status Tracker::build_row(const Event& event, bool query, bool base64, Page& page, const Moment& taken, RowHead& head) {
  const Uuid event_id = make_uuid(taken.entropy);
  const bool is_impersonal = kHasFullConsent && consent_.treatment(event.purposes) != Treatment::pass;
  if (!is_impersonal) session_.take_event(event_id.text(), time_of(event, taken), taken.wall_ms, taken);
  // The collector's own id of the visitor is an id as well.
  const bool is_anonymous = is_impersonal || !session_.is_permitted() || settings_.anonymous();
  const IdentityView visitor = is_impersonal ? IdentityView{nullptr, false, false, false} : session_.view();
  const bool is_known = !is_anonymous || visitor.identity != nullptr || visitor.shows_user;
  head = {{settings_.use_get(), is_anonymous},
          event.priority,
          taken.wall_ms,
          purposes_of(event, is_known, is_impersonal),
          is_impersonal};
  row_.clear();
  scratch_.clear();
  append_row_head(row_, head);
  append_payload(row_, scratch_, event,
                 {settings_, page, consent_, visitor, is_impersonal, event_id.text(), query, base64, taken});
  row_.push(kRowEnd);
#ifndef PISTE_LEAN
  has_draft_ = false;
#endif
  return row_.ok() && scratch_.ok() ? Status::ok : Status::no_memory;
}

#ifndef PISTE_CONSENT
uint8_t Tracker::purposes_of(const Event&, bool, bool) const { return kUsualPurposes; }
#endif

Status Tracker::append(Text row, const RowHead& head) {
  Status status = outbox_.insert(last_id_ + 1, row, head, false);
  if (status == Status::queue_full) {
    for (uint32_t left = outbox_.make_room(row.size, head.priority); left > 0; --left) {
      ledger_.drop(Status::evicted);
      status = Status::ok;
    }
    if (status == Status::ok) status = outbox_.insert(last_id_ + 1, row, head, false);
  }
  if (status == Status::ok) ++last_id_;
  return status;
}

Status Tracker::refuse(Status why) {
  if (kIsFull && why != Status::too_large && why != Status::unserialisable && why != Status::queue_full) {
    return Status::invalid_argument;
  }
  return count(why);
}

Status Tracker::restore(Text row, const Moment& now) {
  if (closed_) return Status::closed;
  RowHead head;
  Status status = read_row_head(row, head);
  if (status == Status::ok && clock_.read(now) - head.taken_ms > kMaxAgeMs) status = Status::expired;
  if (status == Status::ok && !consent_.grants(head.purposes)) {
    // Until the visitor has answered it stays where it is.
    if (!consent_.denies(head.purposes)) return Status::queue_full;
    status = Status::denied;
  }
  if (status != Status::ok) {
    ledger_.restore();
    ledger_.drop(status);
    return status;
  }
  // When there is no room the row stays where it is stored, and is none of this tracker's.
  // It may be of another tracker, or of other rules.
  PISTE_TRY(clean(row, head.kind));
  PISTE_TRY(outbox_.insert(last_id_ + 1, row, head, true));
  // To be lasting at once: its page has died, and one death often follows another.
  fleeting_since_ms_ = -kMaxAgeMs;
  action_.set(Number::id, ++last_id_);
  ledger_.restore();
  await_company(now);
  return Status::ok;
}

void Tracker::leave(const Moment& now) {
  hidden_ = exiting_ = true;
  if (company_until_ms_ != 0) company_until_ms_ = now.mono_ms;
}

void Tracker::clear_visitor(Signal kind) {
  const uint32_t kept = static_cast<uint32_t>(kind) - static_cast<uint32_t>(Signal::clear);
  const bool keeps_user = (kept & 2) != 0;
  session_.clear((kept & 1) != 0, keeps_user);
  if (!keeps_user) (void)settings_.set(Key::user_id, {});
}

void Tracker::signal(Signal kind, const Moment& now) {
  switch (kind) {
    case Signal::visible:
      hidden_ = exiting_ = gone_ = false;
      return;
    case Signal::away:
      for (double id = 0; (id = in_flight_.remove_ordinary()) != 0;) outbox_.release(id);
      [[fallthrough]];
    case Signal::leaving:
      return leave(now);
    case Signal::gone:
      gone_ = true;
      ledger_.release(outbox_.forget_stored());
      retry_.set_probe(Probe::none);
      return;
    case Signal::probe_granted:
      return retry_.set_probe(Probe::held);
    case Signal::probe_lost:
      return retry_.set_probe(Probe::asked);
    case Signal::new_session:
      if (closed_) return;
      return session_.renew(clock_.read(now), now);
    case Signal::clear:
    case Signal::clear_but_session:
    case Signal::clear_but_user:
    case Signal::clear_but_both:
      return clear_visitor(kind);
    case Signal::close:
      closed_ = true;
      break;
    default:
      break;
  }
  retry_.hurry();
  if (kind != Signal::online && company_until_ms_ != 0) company_until_ms_ = now.mono_ms;
}

uint32_t Tracker::set_activity(double active_ms, const double (&offsets)[field::kOffsetCount], const Moment& now) {
  if (closed_) return 0;
  if (!activity_.is_due(active_ms, now.mono_ms)) {
#ifndef PISTE_LEAN
    if (told_activity_.is_due(active_ms, now.mono_ms)) return 2;
#endif
    return 0;
  }
  if (settings_.pings_told()) return 1;
#if defined(PISTE_LEAN) && defined(PISTE_CONSENT)
  if (!consent_.grants(view_purposes_)) return 1;
#endif
  Bytes numbers[field::kOffsetCount];
  Event ping;
  ping.kind = EventKind::page_ping;
  ping.priority = Priority::low;
#ifdef PISTE_CONSENT
  ping.purposes = view_purposes_;
#endif
  for (uint32_t i = 0; i < field::kOffsetCount; ++i) {
    append_integer(numbers[i], offsets[i] + 0.5);
    ping.fields[field::kFirstOffset + i] = numbers[i].text();
  }
  ping.entities = page_.entities();
  (void)count(accept(ping, now));
  return 1;
}

}  // namespace piste
