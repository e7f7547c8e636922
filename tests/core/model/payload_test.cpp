// Payloads: the keys of each kind of event, in their order, with their values, in both forms.
#include "model/payload.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "support/event_buffer.h"
#include "support/texts.h"

using nlohmann::ordered_json;
using piste::Event;
using piste::EventKind;
using piste::Key;
using piste::Moment;
using piste::Status;
using tests::CommonFields;
using tests::Fields;
using tests::string_of;
using tests::text_of;

namespace {

constexpr Moment kNow{1700000000123.9, 50, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
constexpr piste::Text kEventId = "00010203-0405-4607-8809-0a0b0c0d0e0f";

/// A page with a tracker of its own.
struct Site {
  piste::Settings settings;
  piste::Page page;
  piste::Consent consent;
  piste::IdentityView visitor;
  bool is_impersonal = false;

  void set(Key key, std::string_view value) { REQUIRE(settings.set(key, text_of(value)) == Status::ok); }

  /// Gives every key that goes out with events its own name as value.
  void set_everything() {
    const char* const values[] = {"tv", "tna", "aid", "p",  "cookie", "cs",   "lang", "res",
                                  "cd", "tz",  "vp",  "ds", "uid",    "refr", "url",  "page"};
    for (uint32_t key = 0; key < 16; ++key) set(static_cast<Key>(key), values[key]);
  }

  std::string payload(EventKind kind, const Fields& own, const CommonFields& common = {}, const Fields& guarded = {}) {
    const std::string buffer = tests::event_buffer(own, common) + tests::packed(guarded);
    Event event;
    REQUIRE(piste::read_event(kind, text_of(buffer), event) == Status::ok);
    piste::Bytes out;
    piste::Bytes scratch;
    piste::append_payload(
        out, scratch, event,
        {settings, page, consent, visitor, is_impersonal, kEventId, settings.use_get(), settings.base64(), kNow});
    REQUIRE(out.ok());
    REQUIRE(scratch.ok());
    return string_of(out.text());
  }

  ordered_json json(EventKind kind, const Fields& own, const CommonFields& common = {}) {
    return ordered_json::parse(payload(kind, own, common));
  }
};

std::string keys_of(const ordered_json& payload) {
  std::string keys;
  for (const auto& [key, value] : payload.items()) {
    CHECK(value.is_string());
    keys += keys.empty() ? key : ' ' + key;
  }
  return keys;
}

std::string keys_of_query(const std::string& query) {
  std::string keys;
  for (size_t start = 0; start < query.size();) {
    const size_t end = std::min(query.find('&', start), query.size());
    keys += (keys.empty() ? "" : " ") + query.substr(start, query.find('=', start) - start);
    start = end + 1;
  }
  return keys;
}

/// The own fields of each kind with all of them given, and the keys of the payload under full settings.
const struct {
  EventKind kind;
  Fields own;
  std::string keys;
} kKinds[] = {
    {EventKind::page_view, {"T"}, "e url page refr eid tv tna aid p cookie cs lang res cd tz dtm vp ds uid co"},
    {EventKind::structured,
     {"c", "a", "l", "p", "1.5"},
     "e se_ca se_ac se_la se_pr se_va eid tv tna aid p cookie cs lang res cd tz dtm vp ds uid refr url co"},
    {EventKind::self_describing,
     {"iglu:x", "{\"k\":1}"},
     "e eid tv tna aid p cookie cs lang res cd tz dtm vp ds uid refr url ue_pr co"},
    {EventKind::page_ping,
     {"T", "1", "2", "3", "4"},
     "e url page refr pp_mix pp_max pp_miy pp_may eid tv tna aid p cookie cs lang res cd tz dtm vp ds uid co"},
};

constexpr std::string_view kWebPage =
    R"({"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":")";
constexpr std::string_view kSession =
    R"({"schema":"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2","data":)";
constexpr std::string_view kContexts =
    R"({"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what)) text.replace(at, what.size(), by);
  return text;
}

/// An identity in each of whose fields stands its own number.
piste::Identity numbered_identity() {
  piste::Identity identity;
  piste::read_identity("u1.2.3.4.5.s6.p7.f8.9.10", identity);
  return identity;
}

}  // namespace

TEST_CASE("a POST payload of each kind has the protocol's keys in the protocol's order") {
  for (const auto& row : kKinds) {
    Site site;
    site.set_everything();
    CHECK(keys_of(site.json(row.kind, row.own)) == row.keys);
  }
}

TEST_CASE("a GET payload of each kind has the same keys in the same order, with encoded JSON") {
  for (const auto& row : kKinds) {
    Site site;
    site.set_everything();
    site.set(Key::method, "get");
    const std::string expected = replaced(replaced(row.keys, "ue_pr", "ue_px"), " co", " cx");
    // "cookie" begins as " co" does.
    CHECK(keys_of_query(site.payload(row.kind, row.own)) == replaced(expected, " cxokie", " cookie"));
  }
}

TEST_CASE("values stand under their own keys") {
  Site site;
  site.set_everything();
  const ordered_json payload = site.json(EventKind::structured, {"c", "a", "l", "p", "1.5"});
  for (const char* key :
       {"tv", "tna", "aid", "p", "cookie", "cs", "lang", "res", "cd", "tz", "vp", "ds", "uid", "refr", "url"}) {
    CHECK(payload[key] == key);
  }
  CHECK(payload["e"] == "se");
  CHECK(payload["eid"] == "00010203-0405-4607-8809-0a0b0c0d0e0f");
  CHECK(payload["dtm"] == "1700000000123");
  CHECK(payload["se_ca"] == "c");
  CHECK(payload["se_ac"] == "a");
  CHECK(payload["se_la"] == "l");
  CHECK(payload["se_pr"] == "p");
  CHECK(payload["se_va"] == "1.5");
}

TEST_CASE("the order of setting options does not change the payload") {
  Site forward;
  Site backward;
  forward.set_everything();
  const char* const values[] = {"tv", "tna", "aid", "p",  "cookie", "cs",   "lang", "res",
                                "cd", "tz",  "vp",  "ds", "uid",    "refr", "url",  "page"};
  for (uint32_t key = 16; key-- > 0;) backward.set(static_cast<Key>(key), values[key]);
  CHECK(forward.payload(EventKind::page_view, {""}) == backward.payload(EventKind::page_view, {""}));
}

TEST_CASE("empty values are dropped, zeros are kept, offsets of zero are not") {
  Site site;
  site.set(Key::web_page, "0");
  CHECK(keys_of(site.json(EventKind::page_view, {""})) == "e eid p dtm");
  CHECK(site.json(EventKind::structured, {"c", "a", "", "", "0"})["se_va"] == "0");
  CHECK(keys_of(site.json(EventKind::structured, {"c", "a", "", "", ""})) == "e se_ca se_ac eid p dtm");
  CHECK(keys_of(site.json(EventKind::page_ping, {"", "0", "0", "0", "0"})) == "e eid p dtm");
  const ordered_json ping = site.json(EventKind::page_ping, {"", "0", "100", "-5", "0"});
  CHECK(keys_of(ping) == "e pp_max pp_miy eid p dtm");
  CHECK(ping["pp_miy"] == "-5");
  site.set(Key::cookies_enabled, "0");
  CHECK(site.json(EventKind::page_view, {""})["cookie"] == "0");
}

TEST_CASE("a true timestamp replaces the device's, a device timestamp replaces the moment's") {
  Site site;
  const struct {
    CommonFields common;
    std::string_view dtm, ttm;
  } rows[] = {
      {{}, "1700000000123", ""},           {{"", "", "456", ""}, "456", ""}, {{"", "123", "", ""}, "", "123"},
      {{"", "123", "456", ""}, "", "123"}, {{"", "0", "", ""}, "", "0"},
  };
  for (const auto& row : rows) {
    const ordered_json payload = site.json(EventKind::page_view, {""}, row.common);
    CHECK(payload.value("dtm", "") == row.dtm);
    CHECK(payload.value("ttm", "") == row.ttm);
  }
}

TEST_CASE("the title is the event's, else the page view's, else the document's") {
  Site site;
  const auto title = [&](EventKind kind, std::string_view own) {
    const Fields fields = kind == EventKind::page_view ? Fields{own} : Fields{own, "", "", "", ""};
    return site.json(kind, fields).value("page", "");
  };
  CHECK(title(EventKind::page_ping, "").empty());
  site.set(Key::page_title, "Document");
  CHECK(title(EventKind::page_view, "") == "Document");
  REQUIRE(site.page.begin_view("Viewed", "", kNow));
  CHECK(title(EventKind::page_ping, "") == "Viewed");
  CHECK(title(EventKind::page_ping, "Own") == "Own");
  CHECK_FALSE(site.json(EventKind::structured, {"c", "a", "", "", ""}).contains("page"));
}

TEST_CASE("a self-describing event is wrapped, its data copied as it is") {
  Site site;
  site.set(Key::web_page, "0");
  const std::string_view data = R"({ "n": 1.0, "s":"é\"" })";
  const std::string expected =
      R"({"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":)"
      R"({"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{ "n": 1.0, "s":"é\"" }}})";
  CHECK(site.json(EventKind::self_describing, {"iglu:com.acme/x/jsonschema/1-0-0", data})["ue_pr"] == expected);
  const ordered_json odd = site.json(EventKind::self_describing, {"a\"b\n", "{}"});
  CHECK(ordered_json::parse(odd["ue_pr"].get<std::string>())["data"]["schema"] == "a\"b\n");
}

TEST_CASE("entities are wrapped in order, the page's last") {
  const struct {
    std::string_view entities, web_page, expected;
  } rows[] = {
      {"", "1", "{page}"},
      {"[]", "1", "{page}"},
      {" [ ] ", "1", "{page}"},
      {"[{\"a\":1}]", "1", "{\"a\":1},{page}"},
      {"[{\"a\":1}, {}]", "1", "{\"a\":1}, {},{page}"},
      {"[{\"a\":1}, {}]", "0", "{\"a\":1}, {}"},
      {"", "0", ""},
      {"[\n]", "0", ""},
  };
  for (const auto& row : rows) {
    Site site;
    site.set(Key::web_page, row.web_page);
    const std::string id = string_of(site.page.id(kNow));
    const ordered_json payload = site.json(EventKind::page_view, {""}, {row.entities, "", "", ""});
    CHECK(payload.contains("co") == !row.expected.empty());
    if (row.expected.empty()) continue;
    const std::string page = std::string(kWebPage) + id + R"("}})";
    CHECK(payload["co"] == std::string(kContexts) + replaced(std::string(row.expected), "{page}", page) + "]}");
  }
}

TEST_CASE("base64 changes the JSON values and their keys, and nothing else") {
  Site site;
  const Fields own = {"iglu:x", R"({"k":"é✓~~?>"})"};
  const ordered_json plain = site.json(EventKind::self_describing, own);
  site.set(Key::base64, "1");
  const ordered_json encoded = site.json(EventKind::self_describing, own);
  CHECK(keys_of(encoded) == "e eid p dtm ue_px cx");
  const auto base64 = [](const ordered_json& json) {
    const std::string text = json.get<std::string>();
    return tests::written([&](piste::Bytes& out) { piste::append_base64url(out, text_of(text)); });
  };
  CHECK(encoded["ue_px"] == base64(plain["ue_pr"]));
  CHECK(encoded["cx"] == base64(plain["co"]));
}

TEST_CASE("a GET payload with base64 off is encoded like every other value") {
  Site site;
  site.set(Key::method, "get");
  site.set(Key::base64, "0");
  site.set(Key::web_page, "0");
  CHECK(site.payload(EventKind::structured, {"a b", "é&", "", "", "0"}, {"[{}]", "", "", ""}) ==
        "e=se&se_ca=a%20b&se_ac=%C3%A9%26&se_va=0&eid=00010203-0405-4607-8809-0a0b0c0d0e0f&p=web&dtm=1700000000123&"
        "co=%7B%22schema%22%3A%22iglu%3Acom.snowplowanalytics.snowplow%2Fcontexts%2Fjsonschema%2F1-0-0%22%2C%22data%22"
        "%3A%5B%7B%7D%5D%7D");
}

TEST_CASE("values are escaped, so that any text makes a payload that can be read") {
  Site site;
  const std::string odd("\"\\\n\x01\0é🍕</script>", 21);
  site.set(Key::user_id, odd);
  const ordered_json payload = site.json(EventKind::structured, {odd, odd, "", "", ""});
  CHECK(payload["se_ca"] == odd);
  CHECK(payload["uid"] == odd);
}

TEST_CASE("a visitor's session and ids come before the business user id, each if it is to be shown") {
  const piste::Identity identity = numbered_identity();
  const struct {
    const piste::Identity* identity;
    bool shows_user;
    std::string_view keys;
  } rows[] = {{&identity, true, "e eid p dtm vp ds vid sid duid uid refr url"},
              {&identity, false, "e eid p dtm vp ds vid sid refr url"},
              {nullptr, true, "e eid p dtm vp ds uid refr url"},
              {nullptr, false, "e eid p dtm vp ds refr url"}};
  for (const auto& row : rows) {
    Site site;
    for (const Key key : {Key::viewport, Key::document_size, Key::user_id, Key::page_referrer, Key::page_url}) {
      site.set(key, "x");
    }
    site.set(Key::web_page, "0");
    site.visitor = {row.identity, row.shows_user, false, false};
    const ordered_json payload = site.json(EventKind::self_describing, {"iglu:x", "{}"});
    CHECK(keys_of(payload) == std::string(row.keys) + " ue_pr");
    CHECK(payload.value("vid", "") == (row.identity != nullptr ? "3" : ""));
    CHECK(payload.value("sid", "") == (row.identity != nullptr ? "s6" : ""));
    CHECK(payload.value("duid", "") == (row.identity != nullptr && row.shows_user ? "u1" : ""));
  }
}

TEST_CASE("a visitor's ids that are missing are left out") {
  Site site;
  piste::Identity identity;
  piste::read_identity(".2.3", identity);
  site.visitor = {&identity, true, false, false};
  CHECK(keys_of(site.json(EventKind::page_view, {""})) == "e eid p dtm vid co");
}

TEST_CASE("the session's entity comes behind the page's, if there is a session and it is asked for") {
  const piste::Identity identity = numbered_identity();
  for (const bool has_identity : {true, false}) {
    for (const bool has_entity : {true, false}) {
      for (const bool web_page : {true, false}) {
        Site site;
        site.set(Key::web_page, web_page ? "1" : "0");
        site.visitor = {has_identity ? &identity : nullptr, true, has_entity, true};
        const std::string page = std::string(kWebPage) + string_of(site.page.id(kNow)) + R"("}})";
        const piste::IdentityView shown{&identity, true, true, true};
        const std::string data = tests::written([&](piste::Bytes& out) { piste::append_client_session(out, shown); });
        std::string expected = R"({"own":1})";
        if (web_page) expected += ',' + page;
        if (has_identity && has_entity) expected += ',' + std::string(kSession) + data + '}';
        const ordered_json payload = site.json(EventKind::page_view, {""}, {R"([{"own":1}])", "", "", ""});
        CHECK(payload["co"] == std::string(kContexts) + expected + "]}");
      }
    }
  }
}

TEST_CASE("the session's entity alone makes a list of one") {
  Site site;
  site.set(Key::web_page, "0");
  const piste::Identity identity = numbered_identity();
  site.visitor = {&identity, true, true, false};
  const ordered_json payload = site.json(EventKind::page_view, {""});
  const ordered_json contexts = ordered_json::parse(payload["co"].get<std::string>());
  REQUIRE(contexts["data"].size() == 1);
  CHECK(contexts["data"][0]["data"]["sessionId"] == payload["sid"]);
  CHECK(contexts["data"][0]["data"]["userId"] == payload["duid"]);
}

TEST_CASE("entities with purposes go out where these are granted, behind those without, and before the page's") {
  const struct {
    std::string_view consent;
    std::string_view entities;
    Fields guarded;
    std::string_view expected;
  } rows[] = {
      {"", "", {"", "2", R"([{"m":1}])"}, R"({"m":1})"},
      {"hrggg", R"([{"own":1}])", {"", "2", R"([{"m":1}])", "", R"( [ {"n":1} ] )"}, R"({"own":1},{"m":1},{"n":1})"},
      {"hrggu", R"([{"own":1}])", {"", "2", R"([{"m":1}])"}, R"({"own":1})"},
      {"hrggd", R"([{"own":1}])", {"", "2", R"([{"m":1}])", "0", R"([{"n":1}])"}, R"({"own":1},{"n":1})"},
      {"hrggd", "", {"", "2", R"([{"m":1}])"}, ""},
      {"hrug", "", {"", "", R"([{"n":1}])"}, ""},
      {"hrgg", "", {"", "0", "[]", "1", "", "0", R"([{"a":1},{"b":2}])"}, R"({"a":1},{"b":2})"},
      {"hrggguuuug", "", {"", "7", R"([{"site":1}])", "6", R"([{"no":1}])"}, R"({"site":1})"},
  };
  for (const bool web_page : {false, true}) {
    for (const auto& row : rows) {
      Site site;
      REQUIRE(site.consent.set(text_of(row.consent)) == Status::ok);
      site.set(Key::web_page, web_page ? "1" : "0");
      const std::string payload = site.payload(EventKind::page_view, {""}, {row.entities, "", "", ""}, row.guarded);
      const ordered_json read = ordered_json::parse(payload);
      std::string expected(row.expected);
      if (web_page)
        expected += (expected.empty() ? "" : ",") + std::string(kWebPage) + string_of(site.page.id(kNow)) + R"("}})";
      CHECK(read.value("co", "") == (expected.empty() ? "" : std::string(kContexts) + expected + "]}"));
    }
  }
}

TEST_CASE("an event that must not show its visitor loses what the table says, and all else stays") {
  Site site;
  site.set_everything();
  site.set(Key::web_page, "0");
  site.set(Key::entities, R"({"schema":"iglu:a/device/jsonschema/1-0-0","data":{}})");
  site.set(Key::page_url, "https://a.example/p?utm_source=x&q=ann#f");
  site.set(Key::page_referrer, "https://b.example/?q=ann");
  site.is_impersonal = true;
  const std::string gone[] = {"cookie", "lang", "res", "cd", "tz", "vp", "ds", "uid", "co"};
  for (const auto& [kind, own, keys] : kKinds) {
    CAPTURE(keys);
    std::string left = ' ' + keys + ' ';
    for (const std::string& key : gone) left = replaced(left, ' ' + key + ' ', " ");
    const ordered_json payload = site.json(kind, own);
    CHECK(' ' + keys_of(payload) + ' ' == left);
    CHECK(payload["url"] == "https://a.example/p?utm_source=x");
    CHECK(payload["refr"] == "https://b.example/");
  }
}

TEST_CASE("entities of the site, and the page view's id, stay with an event that must not show its visitor") {
  Site site;
  site.is_impersonal = true;
  CommonFields common;
  common.entities = R"([{"schema":"iglu:a/b/jsonschema/1-0-0","data":{}}])";
  const std::string entities = site.json(EventKind::structured, {"c", "a", "", "", ""}, common)["co"];
  CHECK(entities.find("iglu:a/b/") != std::string::npos);
  CHECK(entities.find(kWebPage) != std::string::npos);
}
