// Checks and keeps options. Numbers are bounded here, so that no other place has to doubt them.
#include "model/settings.h"

#include "base/decimal.h"

namespace piste {

namespace {

struct Bounds {
  uint32_t least;
  uint32_t most;
  uint32_t standard;
};

/// Of each number, in the order of Key from base64 on.
constexpr Bounds kBounds[] = {
    {0, 1, 0},                                               // base64: by the method, until it is set
    {0, 1, 0},                                               // anonymous
    {0, 1, 1},                                               // web_page
    {0, kMaxPingMs, 0},                                      // ping_first_ms
    {0, kMaxPingMs, 0},                                      // ping_every_ms
    {kLeastBatchBytes, kMaxBatchBytes, kDefaultBatchBytes},  // batch_bytes
    {0, kMaxBatchWaitMs, 0},                                 // batch_wait_ms
    {1, kMaxTimeoutMs, kDefaultTimeoutMs},                   // timeout_ms
    {0, kMaxKeepaliveTaken, 0},                              // keepalive_taken
    {0, static_cast<uint32_t>(IdentityStore::memory), 0},    // identity
    {0, static_cast<uint32_t>(Anonymity::sessions), 0},      // anonymity
    {0, kIsFull ? 1 : 0, 0},                                 // session_entity
    {0, kMaxLifetimeS, kDefaultUserLifetimeS},               // user_lifetime_s
    {0, kMaxLifetimeS, kDefaultSessionTimeoutS},             // session_timeout_s
#ifndef PISTE_LEAN
    {1, kMaxBatchEvents, 1},  // batch_events
    {0, 1, 0},                // opted_out
    {0, 1, 0},                // pings_told
    {0, kMaxPingMs, 0},       // activity_first_ms
    {0, kMaxPingMs, 0},       // activity_every_ms
    {0, 1, 0},                // keep_activity
    {0, 1, 1},                // retry_failed
#endif
};

}  // namespace

Settings::Settings() {
  static_assert(sizeof kBounds / sizeof kBounds[0] == kNumberCount);
  for (uint32_t i = 0; i < kNumberCount; ++i) numbers_[i] = kBounds[i].standard;
  (void)set(Key::platform, "web");
  (void)set(Key::post_path, "/com.snowplowanalytics.snowplow/tp2");
}

Status Settings::set(Key key, Text value) {
  if (kIsFull && key == Key::entities) {
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
  const bool get = value == Text("get");
  if (!get && !(value == Text("post"))) return Status::invalid_value;
  use_get_ = get;
  return Status::ok;
}

Status Settings::set_number(Key key, Text value) {
  const uint32_t place = kIsFull ? place_of(key) : static_cast<uint32_t>(key) - kFirstNumber;
  const double number = parse_digits(value);
  if (number < kBounds[place].least || number > kBounds[place].most) return Status::invalid_value;
  numbers_[place] = static_cast<uint32_t>(number);
  if (key == Key::base64) base64_is_set_ = true;
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
