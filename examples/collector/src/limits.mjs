// The limits that keep hostile input from costing more than it should, each with its reason.

/** JSON nested deeper is bad: serialising it again would overflow the stack. Real data stays below ten. */
export const MAX_JSON_DEPTH = 200;

/** Reasons told per event; a payload can break a schema in a million places. */
export const MAX_REASONS = 20;

/** With so many reasons found, the rest of an event's JSON is not looked at. */
export const ENOUGH_REASONS = 1000;

/** Characters of one reason; keys and values quoted in it come from outside. */
export const MAX_REASON_LENGTH = 300;

/** Up to this length of JSON text all errors are collected, beyond it only the first: each costs memory. */
export const MAX_LENGTH_FOR_ALL_ERRORS = 64 * 1024;

/** Characters of a bad request's body that are kept. */
export const MAX_BODY_EXCERPT = 4096;

/** An oversize body is read and thrown away up to this size, so that its sender can read the answer. */
export const MAX_DRAINED_BYTES = 256 * 1024 * 1024;

/** Request line and headers, in bytes: room for GET requests with large payloads. */
export const MAX_HEADER_BYTES = 256 * 1024;

/** Events replayed to a newly opened stream. The JSON API has the rest. */
export const MAX_REPLAYED_EVENTS = 500;

/** A stream whose reader is further behind is cut off; it comes back with its last id. */
export const MAX_STREAM_BACKLOG_BYTES = 16 * 1024 * 1024;

/** How long requests under way may go on after `close()`. */
export const CLOSE_GRACE_MS = 1000;
