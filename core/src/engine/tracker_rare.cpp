// What few ask for, and the lean flavour does not have: settings that are more than kept, and events that the host
// changes before they are taken, for plugins.
#ifndef PISTE_LEAN
#include "base/utf8.h"
#include "engine/tracker.h"

namespace piste {

Status Tracker::set_rare(Key key, Text value) {
#ifdef PISTE_CONSENT
  if (key == Key::consent) return set_consent(value);
#endif
#ifdef PISTE_FIREWALL
  if (key == Key::firewall) return firewall_.set(value);
#endif
  if (key == Key::custom_title) return page_.set_custom_title(value) ? Status::ok : Status::no_memory;
  if (key == Key::page_view_id) return page_.give_id(value) ? Status::ok : Status::invalid_value;
#ifdef PISTE_FULL_CONSENT
  if (key == Key::held_names) {
    held_names_.assign(value);
    return held_names_.ok() ? Status::ok : Status::no_memory;
  }
#endif
  PISTE_TRY(settings_.set(key, value));
  // There may be enough by the new number.
  if (company_until_ms_ == kNever && company_count_ >= settings_.batch_events()) company_until_ms_ = 0;
  if (settings_.activity_every_ms() == 0) told_activity_.stop();
  if (key == Key::opted_out && settings_.opted_out()) {
    clear_visitor(Signal::clear);
    stop_activity();
#ifdef PISTE_CONSENT
    release_held();
#endif
  }
  return Status::ok;
}

void Tracker::stop_activity() {
  activity_.stop();
  told_activity_.stop();
  keeps_activity_ = false;
}

Status Tracker::draft(EventKind kind, Text buffer, const Moment& now) {
  has_draft_ = false;
  const Status status = read_and_draft(kind, buffer, now);
  return status == Status::ok ? status : count(status);
}

Status Tracker::read_and_draft(EventKind kind, Text buffer, const Moment& now) {
  Event event;
  PISTE_TRY(read(kind, EventKind::count, buffer, event));
#ifdef PISTE_CONSENT
  const Treatment treatment = consent_.treatment(event.purposes);
  if (treatment == Treatment::refuse) return turn_away(event);
  if (treatment == Treatment::hold) {
    PISTE_TRY(hold(event, last_id_ + 1, now));
    action_.set(Number::id, ++last_id_);
    return Status::ok;
  }
#endif
  PISTE_TRY(begin(event, now));
  PISTE_TRY(build_row(event, false, false, page_, told(now), draft_head_));
  has_draft_ = true;
  return Status::ok;
}

bool Tracker::guard(Text purposes) {
  if (!has_draft_) return false;
#ifdef PISTE_FULL_CONSENT
  uint8_t needed = 0;
  if (draft_head_.is_impersonal || !read_purposes(purposes, needed) || !consent_.grants(needed)) return false;
  draft_head_.purposes |= needed;
#else
  (void)purposes;
#endif
  return true;
}

Status Tracker::commit(Text payload, const Moment& now) {
  if (!has_draft_ || payload.empty()) return Status::malformed_event;
  has_draft_ = false;
  if (closed_) return count(Status::closed);
  if (!is_utf8(payload)) return count(Status::invalid_utf8);
  if (payload.size > kMaxPayloadBytes) return count(Status::too_large);
  // The host decides in which form each event goes: what is no JSON is a query.
  draft_head_.kind.query = payload[0] != '{';
  // The visitor may have answered since it was made.
  if (draft_head_.is_impersonal ? consent_.refuses(draft_head_.purposes) : consent_.denies(draft_head_.purposes)) {
    return count(Status::denied);
  }
  // Not into row_: the payload may be what draft_payload() gave.
  scratch_.clear();
  append_row_head(scratch_, draft_head_);
  scratch_.append(payload);
  scratch_.push(kRowEnd);
  const Status status = count(scratch_.ok() ? take(scratch_.text(), draft_head_, now) : Status::no_memory);
#ifdef PISTE_CONSENT
  if (!consent_.grants(draft_head_.purposes)) (void)outbox_.heed(consent_);
#endif
  return status;
}

}  // namespace piste

#endif  // PISTE_LEAN
