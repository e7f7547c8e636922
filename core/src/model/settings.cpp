// Checks and keeps options. Numbers are bounded here, so that no other place has to doubt them.
#include "model/settings.h"

#include "base/decimal.h"

namespace piste {

namespace {

Status read_number(Text value, uint32_t least, uint32_t most, double& to) {
  const double number = parse_digits(value);
  if (number < least || number > most) return Status::invalid_value;
  to = number;
  return Status::ok;
}

Status read_flag(Text value, bool& to) {
  if (value.size != 1 || (value[0] != '0' && value[0] != '1')) return Status::invalid_value;
  to = value[0] == '1';
  return Status::ok;
}

}  // namespace

Settings::Settings() {
  (void)set(Key::platform, "web");
  (void)set(Key::post_path, "/com.snowplowanalytics.snowplow/tp2");
}

Status Settings::set(Key key, Text value) {
  switch (key) {
    case Key::method:
      return set_method(value);
    case Key::base64:
      return set_base64(value);
    case Key::anonymous:
      return read_flag(value, anonymous_);
    case Key::web_page:
      return read_flag(value, web_page_);
    case Key::ping_first_ms:
      return read_number(value, 0, kMaxPingMs, ping_first_ms_);
    case Key::ping_every_ms:
      return read_number(value, 0, kMaxPingMs, ping_every_ms_);
    case Key::batch_bytes:
      return read_number(value, kLeastBatchBytes, kMaxBatchBytes, batch_bytes_);
    case Key::batch_wait_ms:
      return read_number(value, 0, kMaxBatchWaitMs, batch_wait_ms_);
    case Key::timeout_ms:
      return read_number(value, 1, kMaxTimeoutMs, timeout_ms_);
    case Key::keepalive_taken:
      return read_number(value, 0, kMaxKeepaliveTaken, keepalive_taken_bytes_);
    default:
      return set_text(key, value);
  }
}

Status Settings::set_method(Text value) {
  const bool get = value == Text("get");
  if (!get && !(value == Text("post"))) return Status::invalid_value;
  use_get_ = get;
  return Status::ok;
}

Status Settings::set_base64(Text value) {
  PISTE_TRY(read_flag(value, base64_));
  base64_is_set_ = true;
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
