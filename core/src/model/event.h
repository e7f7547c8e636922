// An event as the host gives it: views of the host's buffer, checked.
#ifndef PISTE_MODEL_EVENT_H
#define PISTE_MODEL_EVENT_H

#include "base/bytes.h"
#include "base/status.h"
#include "base/text.h"
#include "model/limits.h"
#include "model/row.h"

namespace piste {

/// See piste_event in piste.h for the fields of each kind.
enum class EventKind : uint32_t {
  page_view = 0,
  structured,
  self_describing,
  page_ping,
  transaction,
  transaction_item,
  other,
  count
};

/// From here on a kind cannot be tracked as it is.
constexpr EventKind kFirstUntrackable = kIsFull ? EventKind::other : EventKind::transaction;

/// The flavour without transactions has a gap there.
constexpr bool has_kind(EventKind kind) {
  return !kIsFull || kHasConsent || (kind != EventKind::transaction && kind != EventKind::transaction_item);
}

constexpr uint32_t kMaxFields = kIsFull ? 9 : 5;

/// Places of fields, by kind.
namespace field {
constexpr uint32_t kTitle = 0;
constexpr uint32_t kSchema = 0;
constexpr uint32_t kData = 1;
constexpr uint32_t kFirstOffset = 1;
constexpr uint32_t kOffsetCount = 4;
}  // namespace field

/// One event. Owns nothing: valid as long as the buffer that it was read from.
struct Event {
  EventKind kind = EventKind::page_view;
  Text fields[kMaxFields];
  Text entities;   ///< The inside of the JSON array: without its brackets. Empty: no entities.
  Text true_ms;    ///< Digits, or empty.
  Text device_ms;  ///< Digits, or empty.
  Priority priority = Priority::normal;
  uint8_t purposes = kUsualPurposes;  ///< All that it is for, by bit; at least one.
#ifdef PISTE_FULL_CONSENT
  Text guarded;  ///< The rest of the buffer: pairs of a purpose and an array of entities, checked.
#endif
};

#ifdef PISTE_CONSENT
/// Reads purposes, by bit, from their text: a digit for each; if there are none they stay as they are. False if it is
/// something else.
bool read_purposes(Text digits, uint8_t& purposes);
#endif

#ifdef PISTE_FULL_CONSENT
/// The purposes of a pair in `guarded`, by their text, which is checked.
uint8_t read_guard(Text digits);
#endif

/// Takes the brackets off a JSON array; empty text is an empty one. Fails with malformed_event.
Status open_array(Text& array);

/// Reads a buffer in the form of piste_track() into `event`. Fails with malformed_event, invalid_utf8, missing_field or
/// invalid_number.
Status read_event(EventKind kind, Text buffer, Event& event);

/// Appends what read_event() reads `event` from.
void append_event(Bytes& out, const Event& event);

}  // namespace piste

#endif  // PISTE_MODEL_EVENT_H
