// Every limit of the core: unit, default, reason.
#ifndef PISTE_MODEL_LIMITS_H
#define PISTE_MODEL_LIMITS_H

#include <stdint.h>

namespace piste {

/// Bytes of one event's input. Same as PISTE_MAX_EVENT_BYTES (asserted in abi/piste.cpp), where the reason stands.
constexpr uint32_t kMaxEventBytes = 500000;

/// Bytes of a payload that the host has made of a draft. Reason: JSON in a JSON text, or in base64, grows by a third or
/// more; and the outbox has room for one.
constexpr uint32_t kMaxPayloadBytes = 2 * kMaxEventBytes;

/// Bytes of all rows in memory: about 3,000 structured events. Beyond, new events are refused and counted. Reason: a
/// page must not grow without bound while its collector is down.
constexpr uint32_t kMaxOutboxBytes = 2 * 1024 * 1024;

/// How long a row may wait for its acknowledgement, in ms, until it must survive the sudden death of the host. Reason:
/// with a collector that answers most rows are gone by then, and the storage that lasts is the dearer one
/// (docs/decisions/0008-storage.md).
constexpr double kLastingAfterMs = 1000;

/// Age in ms at which an event that was found in storage is dropped: 30 days. Reason: whoever comes back later than
/// that is counted in reports that were closed long ago, and storage must not fill up for ever.
constexpr double kMaxAgeMs = 30.0 * 86400000;

/// Times from here on are taken for a mistake of the host's: the year 275760, where JavaScript's dates end.
constexpr double kLatestMs = 8.64e15;

/// How far the wall clock may fall behind the monotonic clock, in ms, before it counts as set back. Reason: both are
/// rounded, and the wall clock is slowed down a little when it is corrected.
constexpr double kClockSlackMs = 1000;

/// Bytes of one request body. Default as the Snowplow browser tracker (protocol facts, section 2.1); the upper bound
/// keeps one body within what a keepalive request may carry.
constexpr uint32_t kLeastBatchBytes = 1;  // an event that does not fit goes out alone
constexpr uint32_t kDefaultBatchBytes = 40000;
constexpr uint32_t kMaxBatchBytes = 60000;

/// Bytes of all keepalive requests of a page at one time. Fetch allows 65,536, shared by everyone on the page; what is
/// left is for others.
constexpr uint32_t kMaxKeepaliveBytes = 60000;

/// Largest number that a host can tell of others' keepalive requests; anything above the allowance means: none left.
constexpr uint32_t kMaxKeepaliveTaken = 1000000000;

/// Bytes of a request body up to which it is keepalive although nobody leaves, so that a click that is sent survives
/// the navigation that it causes. Larger ones would use the page's allowance up: Chromium counts a request against it
/// until some time after its answer (measured: of two that follow each other with 40,000 bytes each, the second fails).
constexpr uint32_t kMaxCasualKeepaliveBytes = 8192;

/// Requests under way at one time. Reason: one at a time makes batches grow by themselves when the network is slow;
/// only a page that leaves sends several.
constexpr uint32_t kMaxInFlight = 8;

/// Longest wait of an event for company, in ms.
constexpr uint32_t kMaxBatchWaitMs = 3600000;

/// How long a visitor's id is kept after the last event, in s: two years; and after how long without events a session
/// ends: half an hour. Both as the Snowplow browser tracker (protocol facts, section 3.2).
constexpr uint32_t kDefaultUserLifetimeS = 63072000;
constexpr uint32_t kDefaultSessionTimeoutS = 1800;

/// Longest of these, in s. Reason: 32 bits, as some hosts count them; browsers keep cookies for 400 days at most.
constexpr uint32_t kMaxLifetimeS = 2147483647;

/// Bytes of an id that stands in a cookie, which anybody may have written. Reason: ids are 36, and each event carries
/// them.
constexpr uint32_t kMaxIdBytes = 63;

/// Purposes of a tracker. Reason: each is a digit in events.
constexpr uint32_t kMaxPurposes = 8;

/// Bytes of the events that wait for the visitor's answer: some hundreds. Beyond, new ones are refused and counted; the
/// landing page is worth more.
constexpr uint32_t kMaxHeldBytes = 1024 * 1024;

/// What everything is for whose event does not say it, and what the visitor's ids are for.
constexpr uint8_t kAnalytics = 1;
/// What what shows nothing of the visitor is for.
constexpr uint8_t kNecessary = 0;

/// Longest number of events that may wait for each other. Reason: the keepalive allowance of a page that is left.
constexpr uint32_t kMaxBatchEvents = 1000;

/// Whether the core can do what few ask for: not in the lean flavour of the wasm (wasm/CMakeLists.txt). What piste.h
/// says to be "Not in the lean wasm" is refused there as unknown or out of bounds.
#ifdef PISTE_LEAN
constexpr bool kIsFull = false;
#else
constexpr bool kIsFull = true;
#endif

/// Whether it can do what the API of Snowplow's tracker has no words for. The flavour inside `piste/snowplow`
/// (PISTE_FACE) is the full one without that. The lean one heeds consent, but leaves it to its host to hold events, and
/// sends none without what shows the visitor: that takes PISTE_FULL_CONSENT.
#ifdef PISTE_FACE
constexpr bool kHasConsent = false;
#else
#define PISTE_CONSENT
constexpr bool kHasConsent = true;
#ifndef PISTE_LEAN
#define PISTE_FULL_CONSENT
#define PISTE_TRANSACTIONS
#endif
#endif
#ifdef PISTE_FULL_CONSENT
constexpr bool kHasFullConsent = true;
#else
constexpr bool kHasFullConsent = false;
#endif

/// Whether it looks for personal data: PISTE_KEY_FIREWALL. In the wasm only in the full flavour.
#if !defined(PISTE_LEAN) && !defined(PISTE_FACE)
#define PISTE_FIREWALL
#endif

/// Rules of the firewall, the bytes of a rule's name or pattern, and of all of them together. Reason: each is compared
/// with every parameter or path, so these bound the time that a hostile URL can take.
constexpr uint32_t kMaxFirewallRules = 64;
constexpr uint32_t kMaxFirewallPatternBytes = 128;
constexpr uint32_t kMaxFirewallBytes = 8192;

/// Longest first wait and interval of page pings in ms: a day.
constexpr uint32_t kMaxPingMs = 86400000;

/// Request time-out in ms. Default as the Snowplow browser tracker (protocol facts, section 2.1).
constexpr uint32_t kDefaultTimeoutMs = 5000;
constexpr uint32_t kMaxTimeoutMs = 600000;

/// Retry after the n-th failure in a row comes within a random part of first * 2^(n-1) ms, at most the longest. Reason:
/// "full jitter" spreads the returning clients of a collector that was down over the whole interval.
constexpr double kFirstRetryMs = 1000;
constexpr double kLongestRetryMs = 300000;

/// Longest `Retry-After` that is obeyed, in ms: a day. A longer one is a mistake that would silence a client for good.
constexpr double kLongestRetryAfterMs = 86400000;

/// Statuses that no retry of the same event will change (protocol facts, section 2.5; and 413, since a request with one
/// event does not get smaller). Every other status but 2xx is tried again.
constexpr int32_t kFinalStatuses[] = {400, 401, 403, 410, 413, 422};
constexpr uint32_t kFinalStatusCount = sizeof kFinalStatuses / sizeof kFinalStatuses[0];

/// Events refused one by one, with no delivery in between, after which refused requests are no longer divided. Reason:
/// one bad event in a request is to be found, but a collector that refuses everything must not get each event alone.
constexpr uint32_t kMaxRefusals = 4;

}  // namespace piste

#endif  // PISTE_MODEL_LIMITS_H
