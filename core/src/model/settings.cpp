// Checks and keeps options. Numbers are bounded here, so that no other place has to doubt them.
#include "model/settings.h"

#include "base/decimal.h"
#include "model/attached.h"

namespace piste {

namespace {

/// Least of each number.
uint32_t least_of(Key key) {
  const bool is_some = key == Key::batch_bytes || key == Key::timeout_ms || (kIsFull && key == Key::batch_events);
  return is_some ? 1 : 0;
}

/// Most of each number, in the order of Key from base64 on.
constexpr uint32_t kMost[] = {
    kIsFull ? 1 : 0,                               // base64: by the method, until it is set
    1,                                             // anonymous
    1,                                             // web_page
    kMaxPingMs,                                    // ping_first_ms
    kMaxPingMs,                                    // ping_every_ms
    kMaxBatchBytes,                                // batch_bytes
    kMaxBatchWaitMs,                               // batch_wait_ms
    kMaxTimeoutMs,                                 // timeout_ms
    kMaxKeepaliveTaken,                            // keepalive_taken
    static_cast<uint32_t>(IdentityStore::memory),  // identity
    static_cast<uint32_t>(Anonymity::sessions),    // anonymity
    kIsFull ? 1 : 0,                               // session_entity
    kMaxLifetimeS,                                 // user_lifetime_s
    kMaxLifetimeS,                                 // session_timeout_s
#ifndef PISTE_LEAN
    kMaxBatchEvents,  // batch_events
    1,                // opted_out
    1,                // pings_told
    kMaxPingMs,       // activity_first_ms
    kMaxPingMs,       // activity_every_ms
    1,                // keep_activity
    1,                // retry_failed
#endif
};

}  // namespace

void Settings::begin() {
  (void)set(Key::platform, "web");
  (void)set(Key::post_path, "/com.snowplowanalytics.snowplow/tp2");
}

Status Settings::set(Key key, Text value) {
  if (kIsFull && key == Key::entities) {
#ifdef PISTE_FULL_CONSENT
    if (!is_attached(value)) return Status::invalid_value;
#endif
    texts_[kTextCount - 1].assign(value);
    return texts_[kTextCount - 1].ok() ? Status::ok : Status::no_memory;
  }
#ifndef PISTE_LEAN
  if (key >= Key::retried_statuses) {
    statuses_[key == Key::final_statuses ? 1 : 0].read(value);
    return Status::ok;
  }
#endif
  if (key == Key::method) return set_method(value);
  return key < Key::method ? set_text(key, value) : set_number(key, value);
}

Status Settings::set_method(Text value) {
  const bool get = kIsFull && value == Text("get");
  if (!get && !(value == Text("post"))) return Status::invalid_value;
  if (kIsFull) use_get_ = get;
  return Status::ok;
}

Status Settings::set_number(Key key, Text value) {
  const uint32_t place = kIsFull ? place_of(key) : static_cast<uint32_t>(key) - kFirstNumber;
  static_assert(sizeof kMost / sizeof kMost[0] == kNumberCount);
  const double number = parse_digits(value);
  if (number < least_of(key) || number > kMost[place]) return Status::invalid_value;
  numbers_.at[place] = static_cast<uint32_t>(number);
  if (kIsFull && key == Key::base64) base64_is_set_ = true;
  return Status::ok;
}

Status Settings::set_text(Key key, Text value) {
  if (key == Key::collector) {
    while (!value.empty() && value.back() == '/') --value.size;
  }
  // Without these two nothing could be sent that a collector accepts.
  if (value.empty() && (key == Key::collector || key == Key::platform)) return Status::invalid_value;
  Bytes& kept = texts_[static_cast<uint32_t>(key)];
  if (kept.text() == value) return Status::ok;
  if (kept.reserve(value.size) == nullptr) return Status::no_memory;
  if (key == Key::page_url && kept.size() > 0) {
    Bytes& referrer = texts_[static_cast<uint32_t>(Key::page_referrer)];
    if (referrer.reserve(kept.size()) == nullptr) return Status::no_memory;
    referrer.assign(kept.text());
  }
  kept.assign(value);
  return Status::ok;
}

}  // namespace piste
