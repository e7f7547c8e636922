// When a page view gets a new id.
#include "model/page.h"

namespace piste {

bool Page::begin_view(Text title, Text entities, const Moment& now) {
  if (is_viewed_) has_id_ = false;
  (void)id(now);
  is_viewed_ = true;
#ifdef PISTE_LEAN
  title_.assign(title);
#else
  // A title of its own ends the custom one (protocol facts, section 1.3).
  if (!title.empty()) custom_title_.clear();
  title_.assign(title.empty() ? custom_title_.text() : title);
  is_custom_stale_ = false;
#endif
  entities_.assign(entities);
  return title_.ok() && entities_.ok();
}

#ifndef PISTE_LEAN
bool Page::set_custom_title(Text title) {
  custom_title_.assign(title);
  title_.assign(title);
  is_custom_stale_ = false;
  return title_.ok() && custom_title_.ok();
}

void Page::take_ping() {
  if (is_custom_stale_) custom_title_.clear();
  is_custom_stale_ = false;
}

bool Page::give_id(Text id) {
  given_id_.assign(id);
  return given_id_.size == id.size;
}
#endif

Text Page::id(const Moment& now) {
#ifndef PISTE_LEAN
  if (given_id_.size > 0) return given_id_.text();
#endif
  if (!has_id_) {
    // The entropy itself makes the event's id.
    id_ = make_further_uuid(now.entropy, 0);
    has_id_ = true;
  }
  return id_.text();
}

}  // namespace piste
