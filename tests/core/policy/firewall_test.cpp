// Payloads in both forms: which values are looked at, and that the rest is copied as it is.
#include "policy/firewall.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "base/base64.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "support/texts.h"

using piste::Firewall;
using piste::Status;
using tests::text_of;

namespace {

std::string through(Firewall& firewall, std::string_view payload, bool query = false) {
  return tests::written([&](piste::Bytes& out) { CHECK(firewall.append(out, text_of(payload), query) == Status::ok); });
}

std::string safe(std::string_view payload, bool query = false) {
  Firewall firewall;
  REQUIRE(firewall.set("safe") == Status::ok);
  return through(firewall, payload, query);
}

std::string base64(std::string_view text) {
  return tests::written([&](piste::Bytes& out) { piste::append_base64url(out, text_of(text)); });
}

std::string encoded(std::string_view text) {
  return tests::written([&](piste::Bytes& out) { piste::append_percent_encoded(out, text_of(text)); });
}

}  // namespace

TEST_CASE("it is off until rules are set, and refuses others") {
  Firewall firewall;
  CHECK_FALSE(firewall.is_on());
  CHECK(firewall.set("x") == Status::invalid_value);
  CHECK_FALSE(firewall.is_on());
  CHECK(firewall.set("safe") == Status::ok);
  CHECK(firewall.is_on());
}

TEST_CASE("each key of a payload is looked at for what it is") {
  const struct {
    std::string_view payload, clean;
  } rows[] = {
      {"{}", "{}"},
      {R"({"e":"pv","url":"/?token=1","refr":"/?token=2","page":"a@b.co /?token=3"})",
       R"({"e":"pv","url":"/?token=***","refr":"/?token=***","page":"*** /?token=3"})"},
      {R"({"se_ca":"a@b.co","se_ac":"a@b.co","se_la":"https://a.test/?token=1","se_pr":"4111111111111111"})",
       R"({"se_ca":"***","se_ac":"***","se_la":"https://a.test/?token=***","se_pr":"4111111111111111"})"},
      {R"({"tr_af":"a@b.co","ti_nm":"a@b.co"})", R"({"tr_af":"***","ti_nm":"***"})"},
      {R"({"uid":"a@b.co","duid":"a@b.co","aid":"a@b.co"})", R"({"uid":"a@b.co","duid":"a@b.co","aid":"a@b.co"})"},
      {R"({"page":"\u0061@b.co \"x\" \u00e9\n\/"})", R"({"page":"*** \"x\" é\n/"})"},
      {R"({"page":"\u0061 \"x\" \u00e9\n\/"})", R"({"page":"\u0061 \"x\" \u00e9\n\/"})"},
      {R"({ "page" : "a@b.co" , "n":1,"url":)", R"({ "page" : "***" , "n":1,"url":)"},
      {R"({"page":"a@b.co)", R"({"page":"***)"},
      {"{\"page\":\"a\\", "{\"page\":\"a\\"},
  };
  for (const auto& row : rows) CHECK(safe(row.payload) == row.clean);
}

TEST_CASE("strings in the data of events and entities are looked at, names of members and schemas are not") {
  const std::string data =
      R"({"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a@b.co":"a@b.co","n":[1,"x","https://a.test/?token=1"],)"
      R"("t":"é \"a@b.co\"","u":"/a/4111111111111111"}})";
  const std::string clean =
      R"({"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a@b.co":"***","n":[1,"x","https://a.test/?token=***"],)"
      R"("t":"é \"***\"","u":"/a/***"}})";
  for (const char* key : {"ue_pr", "co"}) {
    const nlohmann::json before = {{key, data}};
    const nlohmann::json after = {{key, clean}};
    CHECK(safe(before.dump()) == after.dump());
    CHECK(safe(std::string(key) + '=' + encoded(data), true) == std::string(key) + '=' + encoded(clean));
  }
  for (const char* key : {"ue_px", "cx"}) {
    const nlohmann::json before = {{key, base64(data)}};
    const nlohmann::json after = {{key, base64(clean)}};
    CHECK(safe(before.dump()) == after.dump());
    CHECK(safe(std::string(key) + '=' + base64(data), true) == std::string(key) + '=' + base64(clean));
  }
}

TEST_CASE("queries keep what is not redacted as it is written") {
  CHECK(safe("", true).empty());
  CHECK(safe("e=pv&url=%2f%3Fx%3d1&page=a+b&&x&", true) == "e=pv&url=%2f%3Fx%3d1&page=a+b&&x&");
  CHECK(safe("url=%2f%3Ftoken%3d1&page=a%40b.co+c&uid=a%40b.co", true) ==
        "url=%2F%3Ftoken%3D***&page=***%2Bc&uid=a%40b.co");
}

TEST_CASE("base64 that is none, or loses nothing, stays") {
  CHECK(safe(R"({"ue_px":"!!!","cx":"e30="})") == R"({"ue_px":"!!!","cx":"e30="})");
}

TEST_CASE("what became of values is counted") {
  Firewall firewall;
  REQUIRE(firewall.set("safe\nteh\nxed") == Status::ok);
  CHECK(through(firewall, R"({"url":"/?token=1&email=2","page":"a@b.co c@d.eu","se_la":"a@b.co","se_pr":"x"})") ==
        R"({"url":"/?token=***&email=***","page":"*22a9ae647493aaf5* *b53f9e53d3727c99*","se_la":"","se_pr":"x"})");
  CHECK(firewall.redactions().masked == 2);
  CHECK(firewall.redactions().hashed == 2);
  CHECK(firewall.redactions().dropped == 1);
}

namespace {

constexpr const char* kPieces[] = {
    "a@b.co",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x",
    "4111 1111 1111 1111",
    "4111111111111111",
    "d41d8cd98f00b204e9800998ecf8427e",
    "https://",
    "/",
    "?",
    "&",
    "=",
    "#",
    ";",
    "token",
    "code",
    "_",
    "-",
    ".",
    "@",
    "%",
    "%40",
    "%2540",
    "%3F",
    "%26",
    "%25",
    "***",
    "*",
    "*0123456789abcdef*",
    "é",
    "🍕",
    " ",
    "+",
    "\\",
    "\"",
    "a",
    "users",
    "1",
    ":",
    "iglu:",
    "utm_x",
    "\n",
    "x1y2z3",
    "[email]",
    "%C3",
    "://j:p@h",
};

std::string drawn(std::minstd_rand& random) {
  std::string text;
  for (auto left = random() % 14; left > 0; --left) text += kPieces[random() % (sizeof kPieces / sizeof kPieces[0])];
  return text;
}

/// A payload whose values are drawn.
nlohmann::ordered_json drawn_payload(std::minstd_rand& random) {
  const nlohmann::json data = {{"schema", "iglu:a/b"}, {"data", {{"t", drawn(random)}, {"l", {drawn(random), 1}}}}};
  nlohmann::ordered_json payload = {{"e", "ue"}};
  for (const char* key : {"url", "page", "refr", "uid", "se_la", "tr_af"}) payload[key] = drawn(random);
  payload["ue_pr"] = data.dump();
  payload["cx"] = base64(data.dump());
  return payload;
}

constexpr const char* kRules[] = {
    "safe",
    "safe\nueh\nteh\nxeh\nxch\nxth\nujh\nuch\nuth",
    "safe\nued\ntcd\nxcd\nxtm\nuqdutm_*\nuqdcode",
    "safe\nusm/users/*\nush/a/**\npfm\nlfd",
    "safe\nuqkcode\nuqd*",
    "safe\nusd/**\nuqh*",
};

}  // namespace

TEST_CASE("any payload stays JSON in UTF-8, grows within bounds, and goes through twice as once") {
  std::minstd_rand random(2026);
  for (int round = 0; round < 3000; ++round) {
    Firewall firewall;
    REQUIRE(firewall.set(text_of(kRules[round % 6])) == Status::ok);
    const nlohmann::ordered_json before = drawn_payload(random);
    const std::string payload = before.dump();
    const std::string clean = through(firewall, payload);
    INFO(payload << '\n' << clean);
    const auto count = [&] {
      return firewall.redactions().dropped + firewall.redactions().masked + firewall.redactions().hashed;
    };
    const double redacted = count();
    REQUIRE(piste::is_utf8(text_of(clean)));
    const nlohmann::ordered_json after = nlohmann::ordered_json::parse(clean);
    REQUIRE(after.size() == before.size());
    REQUIRE(after["uid"] == before["uid"]);
    REQUIRE_NOTHROW(nlohmann::json::parse(after["ue_pr"].get<std::string>()));
    // Twice, since what is base64 grows with it.
    REQUIRE(static_cast<double>(clean.size()) <= static_cast<double>(payload.size()) + 2 * 18 * redacted);
    REQUIRE(through(firewall, clean) == clean);
    REQUIRE(count() == redacted);
    if (redacted == 0) REQUIRE(clean == payload);
  }
}

TEST_CASE("any bytes go through as a query, and twice as once") {
  std::minstd_rand random(2027);
  for (int round = 0; round < 3000; ++round) {
    Firewall firewall;
    REQUIRE(firewall.set(text_of(kRules[round % 6])) == Status::ok);
    const bool is_encoded = random() % 2 == 0;
    std::string query = "e=se";
    for (const char* key : {"url", "page", "se_la", "co", "cx"}) {
      const std::string value = drawn(random);
      query += std::string("&") + key + '=' + (is_encoded ? encoded(value) : value);
    }
    const std::string clean = through(firewall, query, true);
    INFO(query);
    REQUIRE(piste::is_utf8(text_of(clean)));
    REQUIRE(through(firewall, clean, true) == clean);
  }
}
