// Who a visitor is and in which session: what the id cookie holds, and its text (protocol facts, section 3.4).
#ifndef PISTE_MODEL_IDENTITY_H
#define PISTE_MODEL_IDENTITY_H

#include "base/bytes.h"
#include "model/limits.h"

namespace piste {

/// An id: usually a UUID, but anybody may have written it. One that is too long, or has other characters than those of
/// ASCII that JSON takes as they are, is none.
struct Id {
  uint8_t size = 0;
  char characters[kMaxIdBytes] = {};

  Text text() const { return {characters, size}; }
  void assign(Text text);
};

/// A number that is not there. None of the times is this one, and an event's index is 0 before the first one.
constexpr double kMissing = 0;

/// The ten fields of the id cookie: its four ids and its six numbers, each in the cookie's order.
struct Identity {
  enum IdPlace : uint8_t { user, session, previous_session, first_event, id_count };
  enum NumberPlace : uint8_t {
    created_s,      ///< Unix time at which the user id was made.
    session_index,  ///< Counts sessions, from 1.
    now_s,          ///< Unix time of the last event.
    last_visit_s,   ///< now_s at the end of the session before.
    first_event_ms,
    event_index,  ///< Counts the events of the session.
    number_count
  };

  Id ids[id_count];
  double numbers[number_count] = {};
};

/// Reads the text of an id cookie into `identity`, whatever it is: of ten fields or, in older forms, of five or six.
/// What is missing or cannot be read is missing then, but the index of the session, which stays.
void read_identity(Text text, Identity& identity);

/// Appends the text.
void append_identity(Bytes& out, const Identity& identity);

}  // namespace piste

#endif  // PISTE_MODEL_IDENTITY_H
