// piste.h implemented: checks what a host hands in, converts it, and delegates.
#include "piste/piste.h"

#include <stdlib.h>
#include <new>

#include "abi/handle.h"
#include "abi/stats_text.h"
#include "base/sha1.h"
#include "base/utf8.h"

namespace {

using piste::Action;
using piste::Key;
using piste::Moment;
using piste::Status;
using piste::Text;

constexpr piste_status code(Status status) { return static_cast<piste_status>(status); }

#define PISTE_SAME(c_name, cpp_value) static_assert(static_cast<int>(c_name) == static_cast<int>(cpp_value))
PISTE_SAME(PISTE_OK, Status::ok);
PISTE_SAME(PISTE_INVALID_ARGUMENT, Status::invalid_argument);
PISTE_SAME(PISTE_INVALID_UTF8, Status::invalid_utf8);
PISTE_SAME(PISTE_INVALID_VALUE, Status::invalid_value);
PISTE_SAME(PISTE_MISSING_FIELD, Status::missing_field);
PISTE_SAME(PISTE_INVALID_NUMBER, Status::invalid_number);
PISTE_SAME(PISTE_MALFORMED_EVENT, Status::malformed_event);
PISTE_SAME(PISTE_TOO_LARGE, Status::too_large);
PISTE_SAME(PISTE_UNSERIALISABLE, Status::unserialisable);
PISTE_SAME(PISTE_QUEUE_FULL, Status::queue_full);
PISTE_SAME(PISTE_CLOSED, Status::closed);
PISTE_SAME(PISTE_REJECTED, Status::rejected);
PISTE_SAME(PISTE_EVICTED, Status::evicted);
PISTE_SAME(PISTE_EXPIRED, Status::expired);
PISTE_SAME(PISTE_DENIED, Status::denied);
PISTE_SAME(PISTE_HELD, Status::held);
PISTE_SAME(PISTE_NO_MEMORY, Status::no_memory);
PISTE_SAME(PISTE_UNREADABLE_ROW, Status::unreadable_row);
PISTE_SAME(PISTE_INTERNAL, Status::internal);
PISTE_SAME(PISTE_KEY_TIMEZONE, Key::timezone);
PISTE_SAME(PISTE_KEY_PAGE_TITLE, Key::page_title);
PISTE_SAME(PISTE_KEY_POST_PATH, Key::post_path);
PISTE_SAME(PISTE_KEY_WEB_PAGE, Key::web_page);
PISTE_SAME(PISTE_KEY_IDENTITY, Key::identity);
PISTE_SAME(PISTE_KEY_SESSION_STATE, Key::session_state);
PISTE_SAME(PISTE_KEY_BATCH_EVENTS, Key::batch_events);
PISTE_SAME(PISTE_KEY_CONSENT, Key::consent);
PISTE_SAME(PISTE_KEY_FIREWALL, Key::firewall);
PISTE_SAME(PISTE_KEY_HELD_NAMES, Key::held_names);
PISTE_SAME(PISTE_KEY_COUNT, Key::count);
PISTE_SAME(PISTE_EVENT_STRUCTURED, piste::EventKind::structured);
PISTE_SAME(PISTE_EVENT_COUNT, piste::EventKind::count);
PISTE_SAME(PISTE_SIGNAL_LEAVING, piste::Signal::leaving);
PISTE_SAME(PISTE_SIGNAL_CLOSE, piste::Signal::close);
PISTE_SAME(PISTE_SIGNAL_AWAY, piste::Signal::away);
PISTE_SAME(PISTE_SIGNAL_CLEAR_BUT_BOTH, piste::Signal::clear_but_both);
PISTE_SAME(PISTE_ACTION_WAIT, piste::ActionKind::wait);
PISTE_SAME(PISTE_ACTION_SEND, piste::ActionKind::send);
PISTE_SAME(PISTE_ACTION_DRAFT, piste::ActionKind::draft);
PISTE_SAME(PISTE_OUTCOME_OK, piste::Outcome::ok);
PISTE_SAME(PISTE_OUTCOME_FAILED, piste::Outcome::failed);
PISTE_SAME(PISTE_OUTCOME_OFFLINE, piste::Outcome::offline);
PISTE_SAME(PISTE_MAX_EVENT_BYTES, piste::kMaxEventBytes);
PISTE_SAME(PISTE_FIELD_REJECTED_400 - PISTE_FIELD_ACCEPTED, piste::Count::rejected);
PISTE_SAME(PISTE_FIELD_DROPPED_INVALID - PISTE_FIELD_ACCEPTED, piste::Count::dropped_invalid);
PISTE_SAME(PISTE_FIELD_RETRY_IN_MS - PISTE_FIELD_ACCEPTED, piste::Count::retry_in_ms);
PISTE_SAME(PISTE_FIELD_TIMEOUT_MS, piste::Number::timeout_ms);
PISTE_SAME(PISTE_FIELD_LASTING, piste::Number::lasting);
PISTE_SAME(PISTE_FIELD_OUTCOME, piste::Number::outcome);
PISTE_SAME(PISTE_FIELD_ACCEPTED, piste::Number::count);
#undef PISTE_SAME

static_assert(sizeof(piste_moment) == 32 && sizeof(Moment) == sizeof(piste_moment));
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "field_reader.cpp reads sizes as they are");

/// A pointer that a host has forgotten. The only host of the lean flavour is ours.
constexpr bool is_missing(const void* pointer) { return piste::kIsFull && pointer == nullptr; }

/// Text that the host gave; no text at all if it cannot be text.
bool read_text(const char* data, size_t size, Text& text) {
  if (piste::kIsFull && ((data == nullptr && size > 0) || size > UINT32_MAX)) return false;
  text = {data, static_cast<uint32_t>(size)};
  return true;
}

const Moment& moment_of(const piste_moment* now) { return *reinterpret_cast<const Moment*>(now); }

bool has_key(piste_key key) {
  constexpr piste_key kFirstUnknown = piste::kHasConsent ? PISTE_KEY_COUNT : PISTE_KEY_CONSENT;
  return static_cast<uint32_t>(key) < (piste::kIsFull ? kFirstUnknown : PISTE_KEY_ENTITIES) ||
         (!piste::kIsFull && key == PISTE_KEY_CONSENT);
}

Text text_of(piste_tracker& tracker, piste_field field) {
  const Action& action = tracker.tracker.action();
  switch (field) {
#ifndef __EMSCRIPTEN__
    case PISTE_FIELD_STATS:
      return piste::write_stats(tracker.stats, tracker.tracker);
#endif
    case PISTE_FIELD_URL:
      return action.url;
    case PISTE_FIELD_BODY:
      return action.body;
    case PISTE_FIELD_ROW:
      return action.row;
    case PISTE_FIELD_STATE_VALUE:
      return action.state_value;
#ifndef PISTE_LEAN
    case PISTE_FIELD_DRAFT:
      return tracker.tracker.draft_payload();
#endif
    default:
      return {};
  }
}

}  // namespace

int32_t piste_abi_version(void) { return PISTE_ABI_VERSION; }

#ifndef PISTE_LEAN
piste_tracker* piste_create(void) {
  void* memory = malloc(sizeof(piste_tracker));
  return memory == nullptr ? nullptr : new (memory) piste_tracker;
}

void piste_destroy(piste_tracker* tracker) {
  if (tracker == nullptr) return;
  tracker->~piste_tracker();
  free(tracker);
}
#endif

int32_t piste_hash(const char* scope, size_t size) {
  Text text;
  return read_text(scope, size, text) ? static_cast<int32_t>(piste::sha1_head(text) >> 16) : 0;
}

piste_status piste_set(piste_tracker* tracker, piste_key key, const char* text, size_t size) {
  Text value;
  if (is_missing(tracker) || !has_key(key) || !read_text(text, size, value)) return PISTE_INVALID_ARGUMENT;
  if (value.size > PISTE_MAX_EVENT_BYTES) return PISTE_TOO_LARGE;
  if (!piste::is_utf8(value)) return PISTE_INVALID_UTF8;
  return code(tracker->tracker.set(static_cast<Key>(key), value));
}

piste_status piste_track(piste_tracker* tracker, piste_event kind, const char* buffer, size_t size,
                         const piste_moment* now) {
  Text fields;
  if (is_missing(tracker) || is_missing(now) || !read_text(buffer, size, fields)) return PISTE_INVALID_ARGUMENT;
  return code(tracker->tracker.track(static_cast<piste::EventKind>(kind), fields, moment_of(now)));
}

#ifndef PISTE_LEAN
piste_status piste_draft(piste_tracker* tracker, piste_event kind, const char* buffer, size_t size,
                         const piste_moment* now) {
  Text fields;
  if (is_missing(tracker) || is_missing(now) || !read_text(buffer, size, fields)) return PISTE_INVALID_ARGUMENT;
  return code(tracker->tracker.draft(static_cast<piste::EventKind>(kind), fields, moment_of(now)));
}

piste_status piste_commit(piste_tracker* tracker, const char* payload, size_t size, const piste_moment* now) {
  Text text;
  if (is_missing(tracker) || is_missing(now) || !read_text(payload, size, text)) return PISTE_INVALID_ARGUMENT;
  return code(tracker->tracker.commit(text, moment_of(now)));
}

int32_t piste_guard(piste_tracker* tracker, const char* purposes, size_t size) {
  Text text;
  if (is_missing(tracker) || !read_text(purposes, size, text)) return 0;
  return tracker->tracker.guard(text) ? 1 : 0;
}
#endif

piste_status piste_refuse(piste_tracker* tracker, piste_status why) {
  return is_missing(tracker) ? PISTE_INVALID_ARGUMENT : code(tracker->tracker.refuse(static_cast<Status>(why)));
}

piste_status piste_restore(piste_tracker* tracker, const char* row, size_t size, const piste_moment* now) {
  Text text;
  if (is_missing(tracker) || is_missing(now) || !read_text(row, size, text)) return PISTE_INVALID_ARGUMENT;
  return code(tracker->tracker.restore(text, moment_of(now)));
}

piste_status piste_signal(piste_tracker* tracker, piste_signal_kind kind, const piste_moment* now) {
  const bool known = !piste::kIsFull || static_cast<uint32_t>(kind) <= PISTE_SIGNAL_CLEAR_BUT_BOTH;
  if (is_missing(tracker) || is_missing(now) || !known) return PISTE_INVALID_ARGUMENT;
  tracker->tracker.signal(static_cast<piste::Signal>(kind), moment_of(now));
  return PISTE_OK;
}

int32_t piste_set_activity(piste_tracker* tracker, double active_ms, double least_x, double greatest_x, double least_y,
                           double greatest_y, const piste_moment* now) {
  if (is_missing(tracker) || is_missing(now)) return 0;
  return static_cast<int32_t>(
      tracker->tracker.set_activity(active_ms, {least_x, greatest_x, least_y, greatest_y}, moment_of(now)));
}

piste_action piste_next(piste_tracker* tracker, const piste_moment* now) {
  if (is_missing(tracker) || is_missing(now)) return PISTE_ACTION_IDLE;
  return static_cast<piste_action>(tracker->tracker.next(moment_of(now)));
}

const char* piste_text(piste_tracker* tracker, piste_field field) {
  return is_missing(tracker) ? nullptr : text_of(*tracker, field).data;
}

size_t piste_text_size(piste_tracker* tracker, piste_field field) {
  return is_missing(tracker) ? 0 : text_of(*tracker, field).size;
}

double piste_number(piste_tracker* tracker, piste_field field) {
  if (is_missing(tracker)) return 0;
  const auto number = static_cast<uint32_t>(field);
  if (number < PISTE_FIELD_ACCEPTED) return tracker->tracker.action().numbers[number];
  if (field == PISTE_FIELD_STATE) return tracker->tracker.action().state;
  if (field == PISTE_FIELD_STATE_MAX_AGE_S) return tracker->tracker.action().state_max_age_s;
#ifdef PISTE_FIREWALL
  const piste::Redactions& redactions = tracker->tracker.redactions();
  if (field == PISTE_FIELD_FIREWALL_DROPPED) return redactions.dropped;
  if (field == PISTE_FIELD_FIREWALL_MASKED) return redactions.masked;
  if (field == PISTE_FIELD_FIREWALL_HASHED) return redactions.hashed;
#endif
  if (number > PISTE_FIELD_RETRY_IN_MS) return 0;
  return tracker->tracker.read(static_cast<piste::Count>(number - PISTE_FIELD_ACCEPTED));
}

piste_status piste_done(piste_tracker* tracker, double id, int32_t outcome, double retry_after_ms,
                        const piste_moment* now) {
  if (is_missing(tracker) || is_missing(now)) return PISTE_INVALID_ARGUMENT;
  return code(tracker->tracker.done(id, outcome, retry_after_ms, moment_of(now)));
}
