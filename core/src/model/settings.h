// What a tracker was told about itself and its surroundings.
#ifndef PISTE_MODEL_SETTINGS_H
#define PISTE_MODEL_SETTINGS_H

#include "base/bytes.h"
#include "base/status.h"
#include "model/key.h"
#include "model/limits.h"
#include "model/status_set.h"

namespace piste {

/// Where the identity is kept: see PISTE_KEY_IDENTITY.
enum class IdentityStore : uint8_t { none = 0, cookie, local, memory };

/// How much of an identity goes out: see PISTE_KEY_ANONYMITY.
enum class Anonymity : uint8_t { none = 0, full, sessions };

/// Holds the value of every key, checked.
class Settings {
 public:
#ifdef PISTE_LEAN
  /// A constant, so that it costs no code; begin() does the rest.
  constexpr Settings() = default;
#else
  Settings() { begin(); }
#endif
  /// Sets the texts that are there from the beginning.
  void begin();

  /// Sets `key`. A new page URL makes the former one the referrer (protocol facts, section 1.3). Fails with
  /// invalid_value or no_memory, and then changes nothing.
  Status set(Key key, Text value);

  /// The value of a key that is kept as text.
  Text text(Key key) const { return texts_[static_cast<uint32_t>(key)].text(); }

  /// Changes places: `other` becomes the value of a key that is kept as text, unchecked. Needs no memory.
  void swap_text(Key key, Bytes& other) { texts_[static_cast<uint32_t>(key)].swap(other); }

  bool use_get() const { return kIsFull && use_get_; }
  bool base64() const { return kIsFull && (base64_is_set_ ? number(Key::base64) != 0 : use_get_); }
  bool anonymous() const { return number(Key::anonymous) != 0; }
  bool web_page() const { return number(Key::web_page) != 0; }
  double ping_first_ms() const { return number(Key::ping_first_ms); }
  double ping_every_ms() const { return number(Key::ping_every_ms); }
  uint32_t batch_bytes() const { return number(Key::batch_bytes); }
  double batch_wait_ms() const { return number(Key::batch_wait_ms); }
  double timeout_ms() const { return number(Key::timeout_ms); }
  double keepalive_taken_bytes() const { return number(Key::keepalive_taken); }
  IdentityStore identity() const { return static_cast<IdentityStore>(number(Key::identity)); }
  Anonymity anonymity() const { return static_cast<Anonymity>(number(Key::anonymity)); }
  bool session_entity() const { return number(Key::session_entity) != 0; }
  double user_lifetime_s() const { return number(Key::user_lifetime_s); }
  double session_timeout_s() const { return number(Key::session_timeout_s); }
  uint32_t batch_events() const { return rare(Key::batch_events); }
  bool opted_out() const { return rare(Key::opted_out) != 0; }
  bool pings_told() const { return rare(Key::pings_told) != 0; }
  double activity_first_ms() const { return rare(Key::activity_first_ms); }
  double activity_every_ms() const { return rare(Key::activity_every_ms); }
  bool keep_activity() const { return rare(Key::keep_activity) != 0; }
#ifndef PISTE_LEAN
  bool retry_failed() const { return number(Key::retry_failed) != 0; }
  const StatusSet& retried_statuses() const { return statuses_[0]; }
  const StatusSet& final_statuses() const { return statuses_[1]; }
#endif
  /// Of every event: objects with commas between them.
  Text entities() const { return kIsFull ? texts_[kTextCount - 1].text() : Text(); }

 private:
  static constexpr uint32_t kCommonTextCount = static_cast<uint32_t>(Key::post_path) + 1;
  static constexpr uint32_t kTextCount = kCommonTextCount + (kIsFull ? 1 : 0);
  static constexpr uint32_t kFirstNumber = static_cast<uint32_t>(Key::base64);
  static constexpr uint32_t kCommonNumberCount = static_cast<uint32_t>(Key::session_timeout_s) + 1 - kFirstNumber;
  static constexpr uint32_t kRareNumberCount =
      static_cast<uint32_t>(Key::retried_statuses) - static_cast<uint32_t>(Key::batch_events);
  static constexpr uint32_t kNumberCount = kCommonNumberCount + (kIsFull ? kRareNumberCount : 0);

  /// In the order of Key from base64 on.
  struct Numbers {
    uint32_t at[kNumberCount];
  };
  static constexpr Numbers kStandards = {{
      0,                        // base64: by the method, until it is set
      0,                        // anonymous
      1,                        // web_page
      0,                        // ping_first_ms
      0,                        // ping_every_ms
      kDefaultBatchBytes,       // batch_bytes
      0,                        // batch_wait_ms
      kDefaultTimeoutMs,        // timeout_ms
      0,                        // keepalive_taken
      0,                        // identity
      0,                        // anonymity
      0,                        // session_entity
      kDefaultUserLifetimeS,    // user_lifetime_s
      kDefaultSessionTimeoutS,  // session_timeout_s
#ifndef PISTE_LEAN
      1,  // batch_events
      0,  // opted_out
      0,  // pings_told
      0,  // activity_first_ms
      0,  // activity_every_ms
      0,  // keep_activity
      1   // retry_failed
#endif
  }};

  /// Where a number is kept.
  static constexpr uint32_t place_of(Key key) {
    const uint32_t before =
        key < Key::batch_events ? kFirstNumber : static_cast<uint32_t>(Key::batch_events) - kCommonNumberCount;
    return static_cast<uint32_t>(key) - before;
  }
  uint32_t number(Key key) const { return numbers_.at[place_of(key)]; }
  /// Of a number that the lean flavour does not have: 0.
  uint32_t rare(Key key) const { return kIsFull ? number(key) : 0; }
  Status set_text(Key key, Text value);
  Status set_method(Text value);
  Status set_number(Key key, Text value);

  Bytes texts_[kTextCount];
  Numbers numbers_ = kStandards;
  bool use_get_ = false;
  bool base64_is_set_ = false;
#ifndef PISTE_LEAN
  StatusSet statuses_[2];
#endif
};

}  // namespace piste

#endif  // PISTE_MODEL_SETTINGS_H
