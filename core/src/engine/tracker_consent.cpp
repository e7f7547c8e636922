// What the visitor's consent does to events: they pass, wait for the answer, lose what shows the visitor, or are
// refused.
#include "base/field_reader.h"
#include "engine/tracker.h"
#include "model/attached.h"

#ifdef PISTE_CONSENT

namespace piste {

Status Tracker::set_consent(Text text) {
  const bool was_denied = consent_.denies(kUsualPurposes);
  PISTE_TRY(consent_.set(text));
  for (uint32_t left = outbox_.heed(consent_); left > 0; --left) ledger_.drop(Status::denied);
  if (consent_.denies(kUsualPurposes)) {
    forget_outside();
    if (!was_denied) {
      (void)settings_.set(Key::user_id, {});
      page_.forget_id();
    }
  }
  session_.permit(consent_.grants(kUsualPurposes));
#ifdef PISTE_FULL_CONSENT
  if (consent_.treatment(view_purposes_) == Treatment::refuse) stop_activity();
  release_held();
#endif
  return Status::ok;
}

void Tracker::forget_outside() {
  if (session_.has_identity()) session_.clear(false, false);
}

Status Tracker::accept(const Event& event, const Moment& now) {
  const Treatment treatment = consent_.treatment(event.purposes);
  if (treatment == Treatment::refuse) return turn_away(event);
#ifdef PISTE_FULL_CONSENT
  return treatment == Treatment::hold ? hold(event, 0, now) : admit(event, now);
#else
  if (treatment == Treatment::pass) return admit(event, now);
  // For the host, which takes it back to the page that it happened on.
  action_.url = settings_.text(Key::page_referrer);
  return Status::held;
#endif
}

Status Tracker::turn_away(const Event& event) {
  // The page view before is over all the same.
  if (event.kind == EventKind::page_view) {
#ifdef PISTE_FULL_CONSENT
    stop_activity();
#endif
    page_.forget_id();
  }
  return Status::denied;
}

uint8_t Tracker::purposes_of(const Event& event, bool shows_visitor, bool is_impersonal) const {
  uint32_t purposes = event.purposes | (shows_visitor ? kUsualPurposes : 0);
#ifdef PISTE_FULL_CONSENT
  if (is_impersonal) return static_cast<uint8_t>(purposes);
  // Those of the entities that go with it: see add_attached_entities() and add_guarded_entities().
  for (Text value = settings_.entities(); !value.empty();) {
    const uint32_t needed = take_attached(value).purposes;
    if (consent_.grants(needed)) purposes |= needed;
  }
  for (FieldReader reader(event.guarded); !reader.at_end(); (void)reader.next()) {
    const uint32_t guards = read_guard(reader.next());
    if (consent_.grants(guards)) purposes |= guards;
  }
#else
  (void)is_impersonal;
#endif
  return static_cast<uint8_t>(purposes);
}

}  // namespace piste

#endif  // PISTE_CONSENT
