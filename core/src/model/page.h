// The page view that is going on: what its events and pings have in common.
#ifndef PISTE_MODEL_PAGE_H
#define PISTE_MODEL_PAGE_H

#include "base/bytes.h"
#include "base/moment.h"
#include "base/uuid.h"

namespace piste {

/// Begins empty: the id is made when the first event asks for it, so that events before the first page view share it
/// (protocol facts, section 3.9).
class Page {
 public:
  /// Starts a page view with a title of its own (or none: the document's counts) and entities that its pings repeat.
  /// False when memory ran out.
  bool begin_view(Text title, Text entities, const Moment& now);

  /// The id of the page view, made now if there is none.
  Text id(const Moment& now);

  /// The next one who asks for the id gets a new one.
  void forget_id() { has_id_ = false; }

  /// Title that the page view brought; empty if none.
  Text title() const { return title_.text(); }
  /// Forgets the title: the document's has changed since.
  void drop_title() { title_.clear(); }
  Text entities() const { return entities_.text(); }

 private:
  Bytes title_;
  Bytes entities_;
  Uuid id_{};
  bool has_id_ = false;
  bool is_viewed_ = false;
};

}  // namespace piste

#endif  // PISTE_MODEL_PAGE_H
