/* The numbers of the boundary: options, events, signals, actions, their fields, outcomes, statuses. Part of piste.h,
 * which includes it and says how they are used. A number that was given once is never given to anything else.
 */
#ifndef PISTE_VALUES_H
#define PISTE_VALUES_H

/** What piste_set() sets. All values are text; an empty one clears a key that is free text, but for the platform and
 * the collector. Those marked "payload" go out with every event (Snowplow tracker protocol, section 1.1), in the
 * protocol's order whatever the order of the calls. */
typedef enum piste_key {
  PISTE_KEY_TRACKER_VERSION = 0,  /**< payload `tv`. Required by the protocol; a host sets its own, as "web-0.1.0". */
  PISTE_KEY_NAMESPACE = 1,        /**< payload `tna`. */
  PISTE_KEY_APP_ID = 2,           /**< payload `aid`. */
  PISTE_KEY_PLATFORM = 3,         /**< payload `p`. Default "web". */
  PISTE_KEY_COOKIES_ENABLED = 4,  /**< payload `cookie`: "1" or "0". */
  PISTE_KEY_CHARSET = 5,          /**< payload `cs`. */
  PISTE_KEY_LANGUAGE = 6,         /**< payload `lang`. */
  PISTE_KEY_RESOLUTION = 7,       /**< payload `res`: "WxH" of the screen. */
  PISTE_KEY_COLOR_DEPTH = 8,      /**< payload `cd`: bits. */
  PISTE_KEY_TIMEZONE = 9,         /**< payload `tz`: IANA name. */
  PISTE_KEY_VIEWPORT = 10,        /**< payload `vp`: "WxH". */
  PISTE_KEY_DOCUMENT_SIZE = 11,   /**< payload `ds`: "WxH". */
  PISTE_KEY_USER_ID = 12,         /**< payload `uid`. */
  PISTE_KEY_PAGE_REFERRER = 13,   /**< payload `refr`. Replaced by the former page URL when the page URL changes. */
  PISTE_KEY_PAGE_URL = 14,        /**< payload `url`. */
  PISTE_KEY_PAGE_TITLE = 15,      /**< payload `page` of page views and pings that bring no title of their own. */
  PISTE_KEY_COLLECTOR = 16,       /**< Required: "https://host[:port]". A trailing slash is taken off. */
  PISTE_KEY_POST_PATH = 17,       /**< Default "/com.snowplowanalytics.snowplow/tp2". */
  PISTE_KEY_METHOD = 18,          /**< "post" (default) or, not in the lean wasm, "get". */
  PISTE_KEY_BASE64 = 19,          /**< "1", not in the lean wasm, or "0". Default: 0 for post, 1 for get. */
  PISTE_KEY_ANONYMOUS = 20,       /**< "1": later events go out with `SP-Anonymous: *`. Default "0". */
  PISTE_KEY_WEB_PAGE = 21,        /**< "1" (default): every event carries the web_page entity. */
  PISTE_KEY_PING_FIRST_MS = 22,   /**< Page pings: visible time before the first one. See piste_set_activity(). */
  PISTE_KEY_PING_EVERY_MS = 23,   /**< Page pings: interval. 0 (default) switches pings off. */
  PISTE_KEY_BATCH_BYTES = 24,     /**< Largest request body. Default and bounds in limits.h. */
  PISTE_KEY_BATCH_WAIT_MS = 25,   /**< How long an event may wait for company. Default 0. */
  PISTE_KEY_TIMEOUT_MS = 26,      /**< Request time-out. Default and bounds in limits.h. */
  PISTE_KEY_KEEPALIVE_TAKEN = 27, /**< Bytes of keepalive requests on the page that are not this tracker's. */
  PISTE_KEY_IDENTITY = 28,       /**< Where the host keeps the visitor's id and session: "0" nowhere, and there are none
                                      (default), "1" in cookies, "2" in localStorage, "3" as long as it lives. */
  PISTE_KEY_ANONYMITY = 29,      /**< "0" (default); "1": no ids go out, and none are written; "2": sessions, but no
                                      user ids. A change begins as the tracker began. */
  PISTE_KEY_SESSION_ENTITY = 30, /**< "1": every event carries the client_session entity, with its place in the session.
                                      Default "0". */
  PISTE_KEY_USER_LIFETIME_S = 31,   /**< How long the identity is kept after each event. Default in limits.h. */
  PISTE_KEY_SESSION_TIMEOUT_S = 32, /**< How long a session goes on after each event. Default in limits.h. */
  PISTE_KEY_IDENTITY_STATE = 33, /**< What is kept as identity now; empty: nothing. Told when it has changed by others
                                      than PISTE_ACTION_SET_STATE, before the event that it is to count for. */
  PISTE_KEY_SESSION_STATE = 34,  /**< The same of the session's marker; it is gone when its time is over. */

  /* Not in the lean wasm, but for PISTE_KEY_CONSENT. */
  PISTE_KEY_ENTITIES = 35,     /**< JSON of the entities that every event carries behind web_page: objects with commas
                                    between them, without the brackets of an array. Empty (default): none. Where there
                                    is PISTE_KEY_CONSENT those with purposes of their own may follow: U+001E (RFC 7464),
                                    the purposes as in piste_track(), and the objects, again and again. */
  PISTE_KEY_CUSTOM_TITLE = 36, /**< payload `page` instead of PAGE_TITLE: until a page view brings a title of its own,
                                  or a ping finds that PAGE_TITLE has changed since. Empty: none. */
  PISTE_KEY_PAGE_VIEW_ID = 37, /**< Id of the page view, for trackers that share one; from here on it changes only by
                                    this key. Empty (default): the tracker makes one for each page view. */
  PISTE_KEY_BATCH_EVENTS = 38, /**< Events wait for so many; with BATCH_WAIT_MS, so long. Default 1. */
  PISTE_KEY_OPTED_OUT = 39,    /**< "1": the visitor is forgotten, and no event is taken (PISTE_DENIED). Default "0". */
  PISTE_KEY_PINGS_TOLD = 40,   /**< "1": piste_set_activity() tells that a ping is due, and does not track it. Default
                                    "0". */
  PISTE_KEY_ACTIVITY_FIRST_MS = 41, /**< As PING_FIRST_MS, of another clock that tracks nothing but tells. */
  PISTE_KEY_ACTIVITY_EVERY_MS = 42, /**< As PING_EVERY_MS, of that clock. */
  PISTE_KEY_KEEP_ACTIVITY = 43, /**< "1": of both clocks only the first page view sets them, later ones let them go on.
                                     Default "0". */
  PISTE_KEY_RETRY_FAILED = 44,  /**< "0": whatever a request that failed carried is given up. Default "1". */
  PISTE_KEY_RETRIED_STATUSES = 45, /**< HTTP statuses after which the same events are sent again, as "401,403"; what
                                      stands between them does not matter. Default "": see limits.h. */
  PISTE_KEY_FINAL_STATUSES = 46,   /**< The same of statuses after which all events of the request are given up at once,
                                      unless RETRIED_STATUSES has them, too. */
  PISTE_KEY_CONSENT = 47,
  PISTE_KEY_FIREWALL = 48,
  PISTE_KEY_HELD_NAMES = 49, /**< Names of the purposes, in the order of PISTE_KEY_CONSENT, a line each: events that
                                  were held carry iglu:piste/held/jsonschema/1-0-0, which tells what they waited for.
                                  Empty (default): they do not. */
  PISTE_KEY_COUNT = 50
} piste_key;

/* PISTE_KEY_CONSENT: for what the visitor lets data be used. Empty (default): for everything, nobody asks. Else two
 * letters for what becomes of events whose purpose is unknown, and denied: "h" held in memory until the answer (not
 * for what is denied), "a" sent without what shows the visitor (docs/privacy.md; without PISTE_KEY_ENTITIES, and
 * entities with purposes of their own) and never
 * stored, "r" refused (PISTE_DENIED). Then a letter for each purpose: "g" granted, "d" denied, "u" unknown, as what is
 * left out: necessary, analytics, marketing, and five of the site's. As "hrguu". Analytics is also what ids are for:
 * while it is not granted no event has ids, none are kept, and requests are anonymous; once it is denied those outside
 * are forgotten, and the user id and the page view's; later ones are new.
 * What is granted releases what was held, in order, with the times, URLs, referrers, titles, page views and sessions
 * of then; other settings count as they are now. What is denied destroys it, and the events that wait or are under way
 * (PISTE_ACTION_ERASE tells, with PISTE_DENIED) and have that purpose, an entity for it, or, if it is analytics,
 * something by which the collector may know the visitor. What becomes unknown again waits where it is, neither sent
 * nor stored. To be set before what it is to count for, and the first piste_next(). The lean wasm leaves holding to
 * its host (PISTE_HELD), and takes "a" for "h", or for "r" of what is denied. */
/* PISTE_KEY_FIREWALL: what is taken out of events before they are kept. Empty (default): nothing. Else lines: "safe",
 * and up to 64 of a place, a thing, what to do, and for some a name, in 8,192 bytes. The first for a thing counts.
 * Exactly: docs/reference.md, "Firewall". */

/** The kind of an event. Behind each: the fields of its buffer, in order. See piste_track(). */
typedef enum piste_event {
  PISTE_EVENT_PAGE_VIEW = 0,       /**< title */
  PISTE_EVENT_STRUCTURED = 1,      /**< category (required), action (required), label, property, value (a number) */
  PISTE_EVENT_SELF_DESCRIBING = 2, /**< schema (required), data (required): schema is an Iglu URI, data is JSON */
  PISTE_EVENT_PAGE_PING = 3,       /**< title, least x, greatest x, least y, greatest y: offsets in CSS pixels */

  /* Not in the lean wasm. */
  PISTE_EVENT_TRANSACTION = 4,      /**< order id (required), affiliation, total (required, a number), tax (a number),
                                         shipping (a number), city, state, country, currency. This kind and the next are
                                         not in the face's wasm either. */
  PISTE_EVENT_TRANSACTION_ITEM = 5, /**< order id (required), SKU (required), name, category, price (required, a
                                       number), quantity (a number), currency */
  PISTE_EVENT_OTHER = 6,            /**< Nothing: only for piste_draft(); the host puts the event's own keys in. */
  PISTE_EVENT_COUNT = 7
} piste_event;

/** Something that happened to the host. See piste_signal(). */
typedef enum piste_signal_kind {
  PISTE_SIGNAL_FLUSH = 0,         /**< Send what is there now; no waiting for company or for a retry's turn. */
  PISTE_SIGNAL_ONLINE = 1,        /**< The network is back: the wait for a retry's turn ends. */
  PISTE_SIGNAL_VISIBLE = 2,       /**< The page is seen (again). */
  PISTE_SIGNAL_LEAVING = 3,       /**< The page may be gone in a moment: what fits goes out in keepalive requests. */
  PISTE_SIGNAL_CLOSE = 4,         /**< No event is taken from here on; what is there is still sent. */
  PISTE_SIGNAL_GONE = 5,          /**< Stored rows are another's from here on: the tracker forgets them, uncounted. */
  PISTE_SIGNAL_PROBE_GRANTED = 6, /**< The right that PISTE_ACTION_CLAIM_PROBE asked for is given. */
  PISTE_SIGNAL_PROBE_LOST = 7,    /**< It was taken away; the host stands in the queue for it again. */
  PISTE_SIGNAL_AWAY = 8,          /**< LEAVING, for certain: requests that are not keepalive end with the page, so what
                                       they carry goes out again. Their outcomes need not be reported any more. */
  PISTE_SIGNAL_NEW_SESSION = 9,   /**< A new session begins, whatever the old one is like. */
  PISTE_SIGNAL_CLEAR = 10,        /**< The visitor's ids are forgotten, outside too; new ones take their place. */
  PISTE_SIGNAL_CLEAR_BUT_SESSION = 11, /**< The same, but the session goes on. */
  PISTE_SIGNAL_CLEAR_BUT_USER = 12,    /**< The same, but the user id stays. */
  PISTE_SIGNAL_CLEAR_BUT_BOTH = 13     /**< The same, but both stay: what is kept outside begins anew. */
} piste_signal_kind;

/** What the host is to do next. Behind each: the fields that piste_text() and piste_number() give of it. */
typedef enum piste_action {
  PISTE_ACTION_IDLE = 0,  /**< Nothing, until the next input. */
  PISTE_ACTION_WAIT = 1,  /**< Call piste_next() again after WAIT_MS. A later input may make it earlier. */
  PISTE_ACTION_STORE = 2, /**< Keep ROW under ID until it is erased, such that it survives the host's context, or, if
                               LASTING, its sudden death too. May come twice for one ID. Report, now or later. */
  PISTE_ACTION_ERASE = 3, /**< The event of ROW has ended, see WHY and OUTCOME: forget what may be kept under ID. Comes
                               once for each event that was taken. Not reported. */
  PISTE_ACTION_SEND = 4,  /**< Send a request: URL, BODY (empty: GET), ANONYMOUS, KEEPALIVE, TIMEOUT_MS, ID. Report. */
  PISTE_ACTION_CLAIM_PROBE = 5, /**< The collector is down. Ask for the right to be the only one, among the trackers of
                                     all contexts that use this collector, which tries it; then signal. */
  PISTE_ACTION_YIELD_PROBE = 6, /**< Give that right up, or stop asking for it. */
  PISTE_ACTION_SET_STATE = 7,   /**< Keep STATE_VALUE as STATE for STATE_MAX_AGE_S where PISTE_KEY_IDENTITY says, see
                                     piste_hash(); 0: until the host's own session ends. Negative: forget it,
                                     wherever it may be. Not reported. */
  PISTE_ACTION_SESSION = 8,     /**< A session has begun: the identity that was to be kept last tells of it. For whoever
                                     wants to know. */
  PISTE_ACTION_DRAFT = 9        /**< What was held by piste_draft() under ID is granted: it is the draft, as after that
                                     call. To be committed, or not, before the next call of piste_next(). */
} piste_action;

/** The parts of an action, and of the tracker's state, for piste_text(), piste_text_size() and piste_number(). */
typedef enum piste_field {
  PISTE_FIELD_ID = 0,         /**< number: names the action in piste_done(). */
  PISTE_FIELD_WAIT_MS = 1,    /**< number. */
  PISTE_FIELD_ANONYMOUS = 2,  /**< number: 1 if the request must carry the header `SP-Anonymous: *`. */
  PISTE_FIELD_KEEPALIVE = 3,  /**< number: 1 if the request must outlive the page. */
  PISTE_FIELD_TIMEOUT_MS = 4, /**< number. */
  PISTE_FIELD_URL = 5,        /**< text. */
  PISTE_FIELD_BODY = 6,       /**< text: `application/json; charset=UTF-8`. Empty: the request is a GET. */
  PISTE_FIELD_ROW = 7,        /**< text: one event, in the form that piste_restore() takes. */
  PISTE_FIELD_STATS = 8,      /**< text: the ledger as JSON. Native only. Shape: docs/reference.md, "Statistics". */
  PISTE_FIELD_LASTING = 9,    /**< number: 1 if the row must survive the sudden death of the host. */
  PISTE_FIELD_WHY = 10,       /**< number: the piste_status that the event ended with; PISTE_OK: it was delivered. */
  PISTE_FIELD_OUTCOME = 11,   /**< number: the HTTP status that ended the event; 0 if none did. */

  /* The ledger: numbers, which need no action. ACCEPTED is always the sum of DELIVERED, the REJECTED, the DROPPED and
   * PENDING. */
  PISTE_FIELD_ACCEPTED = 12,     /**< Events handed in; the RESTORED are among them. */
  PISTE_FIELD_RESTORED = 13,     /**< By piste_restore(). */
  PISTE_FIELD_DELIVERED = 14,    /**< The collector answered 2xx. */
  PISTE_FIELD_REJECTED_400 = 15, /**< The collector refused them for good: by HTTP status. */
  PISTE_FIELD_REJECTED_401 = 16,
  PISTE_FIELD_REJECTED_403 = 17,
  PISTE_FIELD_REJECTED_410 = 18,
  PISTE_FIELD_REJECTED_413 = 19,
  PISTE_FIELD_REJECTED_422 = 20,    /**< And all others that were given up: see PISTE_KEY_FINAL_STATUSES. */
  PISTE_FIELD_DROPPED_INVALID = 21, /**< Any of the statuses 100 to 105. */
  PISTE_FIELD_DROPPED_TOO_LARGE = 22,
  PISTE_FIELD_DROPPED_UNSERIALISABLE = 23,
  PISTE_FIELD_DROPPED_QUEUE_FULL = 24,
  PISTE_FIELD_DROPPED_CLOSED = 25,
  PISTE_FIELD_DROPPED_UNREADABLE = 26,
  PISTE_FIELD_DROPPED_EVICTED = 27,
  PISTE_FIELD_DROPPED_EXPIRED = 28,
  PISTE_FIELD_DROPPED_DENIED = 29,
  PISTE_FIELD_DROPPED_NO_MEMORY = 30,
  PISTE_FIELD_PENDING = 31,     /**< Events that have not ended. */
  PISTE_FIELD_STORED = 32,      /**< Of these: the host has confirmed a copy. */
  PISTE_FIELD_IN_FLIGHT = 33,   /**< Requests under way. */
  PISTE_FIELD_FAILURES = 34,    /**< Failed requests in a row. */
  PISTE_FIELD_RETRY_IN_MS = 35, /**< Until the next attempt, in ms as of the last piste_next() or failure; 0: none. */

  PISTE_FIELD_STATE = 36,           /**< number: 0 the identity, 1 the session's marker. */
  PISTE_FIELD_STATE_VALUE = 37,     /**< text: of the identity ten fields with dots between (docs/protocol.md). */
  PISTE_FIELD_STATE_MAX_AGE_S = 38, /**< number. */

  PISTE_FIELD_DRAFT = 39,            /**< text: what piste_draft() has made, a JSON object. Needs no action. */
  PISTE_FIELD_FIREWALL_DROPPED = 40, /**< number: values that PISTE_KEY_FIREWALL had dropped. Needs no action. */
  PISTE_FIELD_FIREWALL_MASKED = 41,  /**< number: those that it had masked. */
  PISTE_FIELD_FIREWALL_HASHED = 42   /**< number: those that it had hashed. */
} piste_field;

/** Outcomes that are not an HTTP status, for piste_done(). */
typedef enum piste_outcome {
  PISTE_OUTCOME_OK = 0,      /**< The row is stored. */
  PISTE_OUTCOME_FAILED = -1, /**< The row could not be stored. */
  PISTE_OUTCOME_OFFLINE = -2 /**< The request got no answer: no network, time-out, aborted, blocked. */
} piste_outcome;

/* ------------------------------------------------------------------ Status */

/** What became of a call. The band says whose fault it is: 1xx the caller's, 2xx refused by policy, 3xx the
 * environment's, 900 ours. */
typedef enum piste_status {
  PISTE_OK = 0,
  PISTE_INVALID_ARGUMENT = 100, /**< A null handle, null text with a size, an unknown key, kind, field or signal. */
  PISTE_INVALID_UTF8 = 101,     /**< The text is not UTF-8 (RFC 3629). Native only: TextEncoder gives no other. */
  PISTE_INVALID_VALUE = 102,    /**< The value of an option is outside of what its key allows. */
  PISTE_MISSING_FIELD = 103,    /**< A required field of the event is empty. */
  PISTE_INVALID_NUMBER = 104,   /**< A field that must be a number is not one. */
  PISTE_MALFORMED_EVENT = 105,  /**< The buffer is cut short, entities are no array, or data is no object or array. */
  PISTE_TOO_LARGE = 106,        /**< The event is larger than PISTE_MAX_EVENT_BYTES. */
  PISTE_UNSERIALISABLE = 107,   /**< The host could not make JSON of the event's data. Only by piste_refuse(). */
  PISTE_QUEUE_FULL = 200,       /**< The outbox holds all it may; the event is not taken. */
  PISTE_CLOSED = 201,           /**< The tracker was closed; the event is not taken. */
  PISTE_REJECTED = 202,         /**< The collector refused the event, or some of a request, for good. */
  PISTE_EVICTED = 203,          /**< The event made room in a full outbox for one of higher priority. */
  PISTE_EXPIRED = 204,          /**< The stored event is older than any collector would want it. */
  PISTE_DENIED = 205,           /**< The visitor does not want to be tracked; the event is not taken. */
  PISTE_HELD = 206,             /**< Lean wasm only: nobody knows yet whether he does; see piste_track(). */
  PISTE_NO_MEMORY = 300,        /**< Memory ran out; the call had no effect. */
  PISTE_UNREADABLE_ROW = 301,   /**< A stored row is broken, or of a version that this library does not know. */
  PISTE_INTERNAL = 900          /**< A mistake in Piste. */
} piste_status;

#endif /* PISTE_VALUES_H */
