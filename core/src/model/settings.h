// What a tracker was told about itself and its surroundings.
#ifndef PISTE_MODEL_SETTINGS_H
#define PISTE_MODEL_SETTINGS_H

#include "base/bytes.h"
#include "base/status.h"
#include "model/key.h"
#include "model/limits.h"

namespace piste {

/// Holds the value of every key, checked.
class Settings {
 public:
  Settings();

  /// Sets `key`. A new page URL makes the former one the referrer (protocol facts, section 1.3). Fails with
  /// invalid_value or no_memory, and then changes nothing.
  Status set(Key key, Text value);

  /// The value of a key that is kept as text.
  Text text(Key key) const { return texts_[static_cast<uint32_t>(key)].text(); }

  bool use_get() const { return use_get_; }
  bool base64() const { return base64_is_set_ ? base64_ : use_get_; }
  bool anonymous() const { return anonymous_; }
  bool web_page() const { return web_page_; }
  double ping_first_ms() const { return ping_first_ms_; }
  double ping_every_ms() const { return ping_every_ms_; }
  uint32_t batch_bytes() const { return static_cast<uint32_t>(batch_bytes_); }
  double batch_wait_ms() const { return batch_wait_ms_; }
  double timeout_ms() const { return timeout_ms_; }
  double keepalive_taken_bytes() const { return keepalive_taken_bytes_; }

 private:
  Status set_text(Key key, Text value);
  Status set_method(Text value);
  Status set_base64(Text value);

  static constexpr uint32_t kTextCount = static_cast<uint32_t>(Key::post_path) + 1;

  Bytes texts_[kTextCount];
  double ping_first_ms_ = 0;
  double ping_every_ms_ = 0;
  double batch_bytes_ = kDefaultBatchBytes;
  double batch_wait_ms_ = 0;
  double timeout_ms_ = kDefaultTimeoutMs;
  double keepalive_taken_bytes_ = 0;
  bool use_get_ = false;
  bool base64_ = false;
  bool base64_is_set_ = false;
  bool anonymous_ = false;
  bool web_page_ = true;
};

}  // namespace piste

#endif  // PISTE_MODEL_SETTINGS_H
