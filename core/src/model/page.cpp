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
    uint8_t entropy[16];
    expand_entropy(now.entropy, 0, entropy);
    id_ = make_uuid(entropy);
    has_id_ = true;
  }
  return id_.text();
}

}  // namespace piste
