// The page view that is going on: what its events and pings have in common.
#ifndef PISTE_MODEL_PAGE_H
#define PISTE_MODEL_PAGE_H

#include "base/bytes.h"
#include "base/moment.h"
#include "base/uuid.h"
#include "model/identity.h"

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

  /// Sets the id for good, for pages whose trackers share one; an empty one ends that. False if it cannot be an id.
  bool give_id(Text id);

  /// Title of the page view: its own or the custom one; empty if none.
  Text title() const { return title_.text(); }
  /// Forgets the title: the document's has changed since.
  void drop_title() {
    title_.clear();
#ifndef PISTE_LEAN
    is_custom_stale_ = true;
#endif
  }
  /// Sets the title of this page view and of later ones that bring none. False when memory ran out.
  bool set_custom_title(Text title);
  /// A ping is made: if the document's title has changed since the custom one was set, that one is over.
  void take_ping();
  Text entities() const { return entities_.text(); }

 private:
  Bytes title_;
  Bytes entities_;
  Uuid id_{};
  bool has_id_ = false;
  bool is_viewed_ = false;
#ifndef PISTE_LEAN
  Id given_id_{};
  Bytes custom_title_;
  bool is_custom_stale_ = false;  ///< The document's title has changed since the last page view, ping, or custom title.
#endif
};

}  // namespace piste

#endif  // PISTE_MODEL_PAGE_H
