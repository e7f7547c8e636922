// When a page view gets a new id.
#include "model/page.h"

namespace piste {

bool Page::begin_view(Text title, Text entities, const Moment& now) {
  if (is_viewed_) has_id_ = false;
  (void)id(now);
  is_viewed_ = true;
  title_.assign(title);
  entities_.assign(entities);
  return title_.ok() && entities_.ok();
}

Text Page::id(const Moment& now) {
  if (!has_id_) {
    // The entropy itself makes the event's id.
    id_ = make_further_uuid(now.entropy, 0);
    has_id_ = true;
  }
  return id_.text();
}

}  // namespace piste
