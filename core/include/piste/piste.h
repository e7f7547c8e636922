/* The boundary of Piste: every name that another language may call.
 *
 * The core decides, the host performs. The host hands in inputs, each with a Moment (the outside world at the instant
 * of the call), then asks piste_next() what to do until it answers PISTE_ACTION_IDLE or PISTE_ACTION_WAIT, performs
 * each action, and reports the outcome with piste_done(). The core has no clock, random, file, socket or callback.
 *
 * Rules for the whole header
 * - Text is (pointer, size in bytes), UTF-8, not terminated. Null is allowed when the size is 0.
 * - Times are milliseconds and, like ids, doubles: exact up to 2^53.
 * - Inputs are copied before a function returns. Text that a function returns belongs to the tracker and is valid until
 *   the next call on the same tracker that is not piste_text(), piste_text_size() or piste_number(). The only thing
 *   that the caller frees is the tracker, by piste_destroy().
 * - One tracker is used by one thread at a time; different trackers share nothing and need no locks.
 * - A call that fails changes nothing but the counts of the ledger. Nothing here throws, aborts, prints or blocks.
 *
 * Compiles as C11 and as C++17.
 */
#ifndef PISTE_PISTE_H
#define PISTE_PISTE_H

#include <stddef.h>
#include <stdint.h>

#include "piste/values.h"

#if defined(__EMSCRIPTEN__)
#define PISTE_EXPORT __attribute__((used, visibility("default")))
#elif defined(__GNUC__)
#define PISTE_EXPORT __attribute__((visibility("default")))
#else
#define PISTE_EXPORT
#endif

#ifdef __cplusplus
#define PISTE_API extern "C" PISTE_EXPORT
#else
#define PISTE_API extern PISTE_EXPORT
#endif

/* ------------------------------------------------------------------ Versions */

/** Rises only when something that exists changes its meaning; additions do not raise it. */
#define PISTE_ABI_VERSION 2

/** Returns PISTE_ABI_VERSION of the library that runs. A binding compares it once, when it loads. */
PISTE_API int32_t piste_abi_version(void);

/* ------------------------------------------------------------------ Values */

/** A tracker: opaque, made by piste_create(), owned by the caller. */
typedef struct piste_tracker piste_tracker;

/** The outside world at the instant of a call: 32 bytes without padding on every target. */
typedef struct piste_moment {
  double wall_ms;      /**< Unix time. May jump. */
  double mono_ms;      /**< From any origin. Never goes back. */
  uint8_t entropy[16]; /**< Fresh random bytes, each time. */
} piste_moment;

/* ------------------------------------------------------------------ Engine */

/** An event whose fields and entities together exceed this many bytes is refused with PISTE_TOO_LARGE. Reason: several
 * collectors write one record for each event, and their streams' limit is 1,000,000 bytes. */
#define PISTE_MAX_EVENT_BYTES 500000

/** Makes a tracker with default settings. Returns null when memory ran out. The lean wasm, whose host is ours, has one
 * tracker, which ends with its instance; and it does not check pointers, signals, and what piste_refuse() is given. */
PISTE_API piste_tracker* piste_create(void);

/** Ends a tracker. Rows that are not stored are lost; stored ones can be restored into another tracker. Null is
 * allowed. */
PISTE_API void piste_destroy(piste_tracker* tracker);

/** Gives the number, of four hexadecimal digits, that ends the names of what is kept: `<prefix>id.<hash>` the identity,
 * `<prefix>ses.<hash>` the session's marker. `scope`: domain and path of the cookies, as "example.com/". */
PISTE_API int32_t piste_hash(const char* scope, size_t size);

/** Sets one option. Takes effect for later events and requests. */
PISTE_API piste_status piste_set(piste_tracker* tracker, piste_key key, const char* text, size_t size);

/** Takes one event into the outbox.
 *
 * `buffer` holds the fields of `kind` in the order that piste_event gives, then four more that every kind has: entities
 * (a JSON array of {"schema","data"}, or empty), true timestamp and device timestamp (Unix ms as decimal text, or
 * empty: then `now` tells the time), and priority ("0" low, "1" normal, "2" high, or empty: page pings low, all others
 * normal). Where there is PISTE_KEY_CONSENT purposes may follow (digits: their places there, of which all are needed;
 * or empty: "1", analytics), and, not in the lean wasm, any number of pairs of purposes (empty: "0", what is necessary)
 * and an array of entities, which go out only where these are granted, too; page pings do not repeat them. Each field
 * is a size (uint32, little-endian, not aligned) followed by so many bytes of UTF-8. A size of 0 means that the field
 * is absent. When the outbox is full, events of a lower priority make room for the new one.
 *
 * An event that is held is taken (PISTE_OK), or refused if there is no room for more of them (PISTE_QUEUE_FULL).
 * In the lean wasm it is not taken, and not counted (PISTE_HELD): the host makes the same calls again, in their order,
 * after each change of PISTE_KEY_CONSENT. Before each it tells where the page was (PISTE_KEY_PAGE_URL) and then, as
 * PISTE_KEY_PAGE_REFERRER, what PISTE_FIELD_URL has given right after the call was held first. Page pings that
 * piste_set_activity() makes are never held there: there are none while the purposes of their page view are not
 * granted. Every call with a tracker, text and a moment counts in the ledger: as accepted, and, when it fails, as
 * dropped with the reason. A page view that there is no room for still begins: later events belong to it. JSON is
 * copied as it is: its syntax is the host's responsibility. */
PISTE_API piste_status piste_track(piste_tracker* tracker, piste_event kind, const char* buffer, size_t size,
                                   const piste_moment* now);

#ifndef PISTE_LEAN
/** Makes an event for the host to change before it is taken: as piste_track(), but it waits as a draft, whose payload
 * PISTE_FIELD_DRAFT gives as a JSON object, never with base64. Its session and its page view have taken note of it. A
 * draft that another call of this function follows was no event, and is not counted. Not in the lean wasm.
 * While PISTE_KEY_CONSENT has the event held there is no draft yet, and PISTE_FIELD_DRAFT is empty: it is held under
 * the id that piste_number(tracker, PISTE_FIELD_ID) gives until the next call, and comes with PISTE_ACTION_DRAFT once
 * its purpose is granted, behind what piste_track() has taken meanwhile. If it is denied nothing comes, and it counts
 * as dropped. */
PISTE_API piste_status piste_draft(piste_tracker* tracker, piste_event kind, const char* buffer, size_t size,
                                   const piste_moment* now);

/** Takes the draft into the outbox with the payload that the host has made of it: a JSON object, which goes by POST, or
 * a query string, which goes by GET, whatever the method is; all values as text, not empty; JSON or query are not
 * checked. PISTE_MALFORMED_EVENT: there is no draft, or its payload is empty. Not in the lean wasm. */
PISTE_API piste_status piste_commit(piste_tracker* tracker, const char* payload, size_t size, const piste_moment* now);

/** Asks whether an entity that the host adds to the draft may go with it, by its purposes (as in piste_track(), at
 * least one). 1: it may, and from here on the draft is for these purposes, too; 0: it may not, or there is no draft.
 * Not in the lean wasm. */
PISTE_API int32_t piste_guard(piste_tracker* tracker, const char* purposes, size_t size);
#endif

/** Counts an event that the host could not hand in, and returns `why`. One of PISTE_TOO_LARGE, PISTE_UNSERIALISABLE,
 * PISTE_QUEUE_FULL (the host's own buffer, before it had a tracker); else PISTE_INVALID_ARGUMENT and no effect. */
PISTE_API piste_status piste_refuse(piste_tracker* tracker, piste_status why);

/** Takes over a row that a tracker which is gone gave out with PISTE_ACTION_STORE. It stays stored where it is, under a
 * new id, which piste_number(tracker, PISTE_FIELD_ID) gives until the next call, and is asked to be made LASTING.
 * PISTE_QUEUE_FULL, PISTE_NO_MEMORY and PISTE_CLOSED: the row is none of this tracker's.
 * PISTE_QUEUE_FULL is also the answer while nobody knows whether the visitor lets its data be used: it may be offered
 * again when he has answered.
 * PISTE_UNREADABLE_ROW, PISTE_EXPIRED and PISTE_DENIED: the event ended as dropped, and the host takes its copy out of
 * the way. */
PISTE_API piste_status piste_restore(piste_tracker* tracker, const char* row, size_t size, const piste_moment* now);

/** Tells what happened to the host. */
PISTE_API piste_status piste_signal(piste_tracker* tracker, piste_signal_kind kind, const piste_moment* now);

/** Tells how the visitor used the page since the last call that returned 1, and tracks a page ping when one is due.
 * `active_ms` is the mono_ms of the last sign of activity; the other numbers are the extreme scroll offsets.
 * A host that has set PISTE_KEY_PING_EVERY_MS calls it when a PISTE_ACTION_WAIT has passed, before piste_next().
 * Returns 1 if a ping was tracked or is due (the host starts its extremes anew), 2 if the clock of
 * PISTE_KEY_ACTIVITY_EVERY_MS tells (it starts them anew, too, and calls again: the other may be due as well), else 0.
 */
PISTE_API int32_t piste_set_activity(piste_tracker* tracker, double active_ms, double least_x, double greatest_x,
                                     double least_y, double greatest_y, const piste_moment* now);

/** Decides what the host is to do next. */
PISTE_API piste_action piste_next(piste_tracker* tracker, const piste_moment* now);

/** Gives a text of the last action; null when there is none. */
PISTE_API const char* piste_text(piste_tracker* tracker, piste_field field);

/** Gives the size in bytes of what piste_text() gives for the same field. */
PISTE_API size_t piste_text_size(piste_tracker* tracker, piste_field field);

/** Gives a number of the last action; 0 when there is none. */
PISTE_API double piste_number(piste_tracker* tracker, piste_field field);

/** Reports what became of the action `id`: an HTTP status, or a piste_outcome. `retry_after_ms`: how long from now the
 * collector wants to be left alone, by the header of that name (RFC 9110, section 10.2.3: seconds or a date, for which
 * the host's HTTP library has a parser); 0 if it does not say. Returns PISTE_REJECTED if the request's events were lost
 * for good by it; PISTE_OK after a request that failed: they are all sent again. An unknown id is no mistake: an answer
 * may come late. A rejected request of several events loses none yet: its events are sent again in smaller ones until
 * the one is found that the collector refuses. */
PISTE_API piste_status piste_done(piste_tracker* tracker, double id, int32_t outcome, double retry_after_ms,
                                  const piste_moment* now);

/* ------------------------------------------------------------------ Native only */

#ifndef __EMSCRIPTEN__
/** Gives a sentence for people, in English, terminated; never null. Not in the wasm: texts are bytes that every visitor
 * would pay. */
PISTE_API const char* piste_status_message(piste_status status);
#endif

#endif /* PISTE_PISTE_H */
