// Options: defaults, bounds, and that a bad value leaves the old one.
#include "model/settings.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Key;
using piste::Settings;
using piste::Status;
using tests::string_of;
using tests::text_of;

namespace {

using NumberOf = double (Settings::*)() const;
using FlagOf = bool (Settings::*)() const;

double batch_bytes(const Settings& settings) { return settings.batch_bytes(); }

std::string text(const Settings& settings, Key key) { return string_of(settings.text(key)); }

}  // namespace

TEST_CASE("a new tracker has the documented defaults") {
  const Settings settings;
  for (uint32_t key = 0; key <= static_cast<uint32_t>(Key::collector); ++key) {
    const bool is_platform = static_cast<Key>(key) == Key::platform;
    CHECK(text(settings, static_cast<Key>(key)) == (is_platform ? "web" : ""));
  }
  CHECK(text(settings, Key::post_path) == "/com.snowplowanalytics.snowplow/tp2");
  CHECK_FALSE(settings.use_get());
  CHECK_FALSE(settings.base64());
  CHECK_FALSE(settings.anonymous());
  CHECK(settings.web_page());
  CHECK(settings.ping_first_ms() == 0);
  CHECK(settings.ping_every_ms() == 0);
  CHECK(settings.batch_bytes() == 40000);
  CHECK(settings.batch_wait_ms() == 0);
  CHECK(settings.timeout_ms() == 5000);
  CHECK(settings.keepalive_taken_bytes() == 0);
  CHECK(settings.identity() == piste::IdentityStore::none);
  CHECK(settings.anonymity() == piste::Anonymity::none);
  CHECK_FALSE(settings.session_entity());
  CHECK(settings.user_lifetime_s() == 63072000);
  CHECK(settings.session_timeout_s() == 1800);
}

TEST_CASE("every key that is kept as text takes any text, and clears") {
  for (uint32_t i = 0; i <= static_cast<uint32_t>(Key::post_path); ++i) {
    const Key key = static_cast<Key>(i);
    Settings settings;
    CHECK(settings.set(key, "value é") == Status::ok);
    CHECK(text(settings, key) == "value é");
    CHECK(settings.set(key, "a longer value than before") == Status::ok);
    CHECK(text(settings, key) == "a longer value than before");
    if (key == Key::collector) continue;
    if (key == Key::platform) {
      CHECK(settings.set(key, "") == Status::invalid_value);
      CHECK(text(settings, key) == "a longer value than before");
      continue;
    }
    CHECK(settings.set(key, "") == Status::ok);
    CHECK(text(settings, key).empty());
    CHECK(settings.set(key, {}) == Status::ok);
  }
}

TEST_CASE("a collector loses its trailing slashes and is never empty") {
  Settings settings;
  CHECK(settings.set(Key::collector, "https://c.test/") == Status::ok);
  CHECK(text(settings, Key::collector) == "https://c.test");
  CHECK(settings.set(Key::collector, "https://c.test/path//") == Status::ok);
  CHECK(text(settings, Key::collector) == "https://c.test/path");
  for (const std::string_view bad : {"", "/", "///"}) {
    CHECK(settings.set(Key::collector, text_of(bad)) == Status::invalid_value);
    CHECK(text(settings, Key::collector) == "https://c.test/path");
  }
}

TEST_CASE("numbers are taken within their bounds, else the old one stays") {
  const struct {
    Key key;
    NumberOf number_of;
    double standard;
    std::string_view least, most, above;
  } rows[] = {
      {Key::ping_first_ms, &Settings::ping_first_ms, 0, "0", "86400000", "86400001"},
      {Key::ping_every_ms, &Settings::ping_every_ms, 0, "0", "86400000", "86400001"},
      {Key::batch_bytes, nullptr, 40000, "1", "60000", "60001"},
      {Key::batch_wait_ms, &Settings::batch_wait_ms, 0, "0", "3600000", "3600001"},
      {Key::timeout_ms, &Settings::timeout_ms, 5000, "1", "600000", "600001"},
      {Key::keepalive_taken, &Settings::keepalive_taken_bytes, 0, "0", "1000000000", "1000000001"},
      {Key::user_lifetime_s, &Settings::user_lifetime_s, 63072000, "0", "2147483647", "2147483648"},
      {Key::session_timeout_s, &Settings::session_timeout_s, 1800, "0", "2147483647", "2147483648"},
  };
  for (const auto& row : rows) {
    Settings settings;
    const auto number = [&] { return row.number_of == nullptr ? batch_bytes(settings) : (settings.*row.number_of)(); };
    for (const std::string_view bad :
         {row.above, std::string_view("-1"), std::string_view("1.5"), std::string_view("1e3"), std::string_view("x"),
          std::string_view(" 1"), std::string_view(""), std::string_view("9999999999999999999")}) {
      CHECK(settings.set(row.key, text_of(bad)) == Status::invalid_value);
      CHECK(number() == row.standard);
    }
    for (const std::string_view good : {row.least, row.most, std::string_view("77")}) {
      CHECK(settings.set(row.key, text_of(good)) == Status::ok);
      CHECK(number() == std::stod(std::string(good)));
    }
    if (row.least == "1") CHECK(settings.set(row.key, "0") == Status::invalid_value);
    CHECK(number() == 77);
  }
}

TEST_CASE("flags are 1 or 0, else the old one stays") {
  const struct {
    Key key;
    FlagOf flag_of;
  } rows[] = {{Key::base64, &Settings::base64},
              {Key::anonymous, &Settings::anonymous},
              {Key::web_page, &Settings::web_page},
              {Key::session_entity, &Settings::session_entity}};
  for (const auto& row : rows) {
    Settings settings;
    for (const bool value : {true, false, true}) {
      CHECK(settings.set(row.key, value ? piste::Text("1") : piste::Text("0")) == Status::ok);
      for (const std::string_view bad : {"", "2", "true", "false", "11", " 1", "-1"}) {
        CHECK(settings.set(row.key, text_of(bad)) == Status::invalid_value);
      }
      CHECK((settings.*row.flag_of)() == value);
    }
  }
}

TEST_CASE("leading zeros of a number count for nothing") {
  Settings settings;
  CHECK(settings.set(Key::batch_bytes, "000000000000077") == Status::ok);
  CHECK(settings.batch_bytes() == 77);
  CHECK(settings.set(Key::batch_bytes, "0000000000000078") == Status::invalid_value);
  CHECK(settings.set(Key::anonymous, "01") == Status::ok);
  CHECK(settings.anonymous());
  CHECK(settings.set(Key::anonymous, "00") == Status::ok);
  CHECK_FALSE(settings.anonymous());
}

TEST_CASE("identity and anonymity take the numbers that piste.h has for them, else the old one stays") {
  Settings settings;
  const std::string_view numbers[] = {"0", "1", "2", "3"};
  using Store = piste::IdentityStore;
  const Store stores[] = {Store::none, Store::cookie, Store::local, Store::memory};
  for (size_t i = 0; i < 4; ++i) {
    CHECK(settings.set(Key::identity, text_of(numbers[i])) == Status::ok);
    CHECK(settings.identity() == stores[i]);
  }
  using piste::Anonymity;
  const Anonymity kinds[] = {Anonymity::none, Anonymity::full, Anonymity::sessions};
  for (size_t i = 0; i < 3; ++i) {
    CHECK(settings.set(Key::anonymity, text_of(numbers[i])) == Status::ok);
    CHECK(settings.anonymity() == kinds[i]);
  }
  CHECK(settings.set(Key::anonymity, "3") == Status::invalid_value);
  for (const std::string_view bad : {"", "4", "-1", "1.0", "cookie", "true", "256", "4294967296"}) {
    CHECK(settings.set(Key::identity, text_of(bad)) == Status::invalid_value);
    CHECK(settings.set(Key::anonymity, text_of(bad)) == Status::invalid_value);
  }
  CHECK(settings.identity() == Store::memory);
  CHECK(settings.anonymity() == Anonymity::sessions);
}

TEST_CASE("the method is post or get, and decides about base64 until that is set") {
  Settings settings;
  CHECK(settings.set(Key::method, "get") == Status::ok);
  CHECK(settings.use_get());
  CHECK(settings.base64());
  for (const std::string_view bad : {"", "GET", "Post", "put", "beacon", "get "}) {
    CHECK(settings.set(Key::method, text_of(bad)) == Status::invalid_value);
    CHECK(settings.use_get());
  }
  CHECK(settings.set(Key::base64, "0") == Status::ok);
  CHECK_FALSE(settings.base64());
  CHECK(settings.set(Key::method, "post") == Status::ok);
  CHECK_FALSE(settings.base64());
  CHECK(settings.set(Key::base64, "1") == Status::ok);
  CHECK(settings.base64());
}

TEST_CASE("a bad value for base64 does not count as set") {
  Settings settings;
  CHECK(settings.set(Key::base64, "no") == Status::invalid_value);
  CHECK(settings.set(Key::method, "get") == Status::ok);
  CHECK(settings.base64());
}

TEST_CASE("a new page URL makes the former one the referrer") {
  Settings settings;
  const auto referrer = [&] { return text(settings, Key::page_referrer); };
  CHECK(settings.set(Key::page_referrer, "https://search.test/") == Status::ok);
  CHECK(settings.set(Key::page_url, "https://a.test/1") == Status::ok);
  CHECK(referrer() == "https://search.test/");
  CHECK(settings.set(Key::page_url, "https://a.test/1") == Status::ok);
  CHECK(referrer() == "https://search.test/");
  CHECK(settings.set(Key::page_url, "https://a.test/2#x") == Status::ok);
  CHECK(referrer() == "https://a.test/1");
  CHECK(settings.set(Key::page_url, "https://a.test/3") == Status::ok);
  CHECK(referrer() == "https://a.test/2#x");
  CHECK(settings.set(Key::page_referrer, "https://own.test/") == Status::ok);
  CHECK(referrer() == "https://own.test/");
}

TEST_CASE("a text changes places with another, and nothing follows from it") {
  Settings settings;
  CHECK(settings.set(Key::page_referrer, "https://search.test/") == Status::ok);
  CHECK(settings.set(Key::page_url, "https://a.test/1") == Status::ok);
  piste::Bytes other;
  other.append("https://then.test/");
  settings.swap_text(Key::page_url, other);
  CHECK(text(settings, Key::page_url) == "https://then.test/");
  CHECK(text(settings, Key::page_referrer) == "https://search.test/");
  CHECK(tests::string_of(other.text()) == "https://a.test/1");
}
