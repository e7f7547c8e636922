// Pages as a tracker sees them: titles, ids of page views, and pings.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/scripted_host.h"

using nlohmann::json;
using piste::ActionKind;
using piste::EventKind;
using piste::Key;
using piste::Signal;
using piste::Status;
using tests::event_buffer;
using tests::ScriptedHost;

namespace {

void view(ScriptedHost& host, std::string_view title = "", std::string_view entities = "") {
  CHECK(host.track(EventKind::page_view, event_buffer({title}, {entities, "", "", ""})) == Status::ok);
}

/// The newest event, after everything before it has arrived.
json newest(ScriptedHost& host) {
  host.settle();
  json event = json::parse(host.last().events.back());
  host.answer_all(200);
  host.settle();
  return event;
}

std::string page_id(const json& event) {
  const json entities = json::parse(event.at("co").get<std::string>());
  return entities.at("data").back().at("data").at("id").get<std::string>();
}

}  // namespace

TEST_CASE("events of one page view share its id, and the next page view has another") {
  ScriptedHost host;
  CHECK(host.set(Key::web_page, "1") == Status::ok);
  CHECK(host.track("before any page view") == Status::ok);
  const std::string first = page_id(newest(host));
  view(host);
  CHECK(page_id(newest(host)) == first);
  CHECK(host.track() == Status::ok);
  CHECK(page_id(newest(host)) == first);
  view(host);
  const std::string second = page_id(newest(host));
  CHECK(second != first);
  CHECK(host.track() == Status::ok);
  CHECK(page_id(newest(host)) == second);
}

TEST_CASE("a page view's own title lasts until the document's changes") {
  ScriptedHost host;
  const auto ping_title = [&] {
    CHECK(host.track(EventKind::page_ping, event_buffer({"", "", "", "", ""})) == Status::ok);
    return newest(host).value("page", "");
  };
  CHECK(host.set(Key::page_title, "Document") == Status::ok);
  view(host, "Own");
  CHECK(newest(host)["page"] == "Own");
  CHECK(ping_title() == "Own");
  CHECK(host.set(Key::page_title, "Document") == Status::ok);
  CHECK(ping_title() == "Own");
  CHECK(host.set(Key::page_title, "Changed") == Status::ok);
  CHECK(ping_title() == "Changed");
  view(host);
  CHECK(newest(host)["page"] == "Changed");
}

TEST_CASE("a new page URL makes the former one the referrer of every later event") {
  ScriptedHost host;
  CHECK(host.set(Key::page_url, "https://a.test/1") == Status::ok);
  CHECK(host.set(Key::page_url, "https://a.test/2") == Status::ok);
  CHECK(host.track() == Status::ok);
  const json event = newest(host);
  CHECK(event["url"] == "https://a.test/2");
  CHECK(event["refr"] == "https://a.test/1");
}

TEST_CASE("a ping is tracked when it is due, with the page view's entities and rounded offsets") {
  ScriptedHost host;
  CHECK(host.set(Key::ping_first_ms, "10000") == Status::ok);
  CHECK(host.set(Key::ping_every_ms, "5000") == Status::ok);
  view(host, "Own", R"([{"schema":"iglu:x","data":{}}])");
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 10000);
  const double active_ms = ScriptedHost::kStartMonoMs + 9000;
  host.pass(9999);
  CHECK_FALSE(host.ping(active_ms));
  host.pass(1);
  CHECK(host.ping(active_ms, {-0.6, 10.4, 10.5, 1e300}));
  const json ping = newest(host);
  CHECK(ping["e"] == "pp");
  CHECK(ping["page"] == "Own");
  CHECK(ping["pp_mix"] == "-1");
  CHECK(ping["pp_max"] == "10");
  CHECK(ping["pp_miy"] == "11");
  CHECK_FALSE(ping.contains("pp_may"));
  CHECK(json::parse(ping["co"].get<std::string>())["data"][0]["schema"] == "iglu:x");
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 5000);
}

TEST_CASE("without activity there is no ping, and the next check is awaited") {
  ScriptedHost host;
  CHECK(host.set(Key::ping_every_ms, "5000") == Status::ok);
  view(host);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  host.pass(5000);
  CHECK_FALSE(host.ping(0));
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 5000);
  CHECK(host.count("accepted") == 1);
}

TEST_CASE("the earlier of the next check and a retry's turn is awaited") {
  const struct {
    std::string_view every_ms;
    double expected;
  } rows[] = {{"5000", 5000}, {"60000", 30000}};
  for (const auto& row : rows) {
    ScriptedHost host;
    CHECK(host.set(Key::ping_every_ms, row.every_ms) == Status::ok);
    view(host);
    host.settle();
    CHECK(host.answer(503, 30000) == Status::ok);
    CHECK(host.settle() == ActionKind::wait);
    CHECK(host.wait_ms() == row.expected);
  }
}

TEST_CASE("pings are off by default, and end when the tracker is closed") {
  ScriptedHost host;
  view(host);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  host.pass(1e9);
  CHECK_FALSE(host.ping(ScriptedHost::kStartMonoMs + 1e9));
  CHECK(host.settle() == ActionKind::idle);

  CHECK(host.set(Key::ping_every_ms, "5000") == Status::ok);
  view(host);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  host.signal(Signal::close);
  host.pass(5000);
  CHECK_FALSE(host.ping(ScriptedHost::kStartMonoMs + 1e9 + 4999));
  CHECK(host.settle() == ActionKind::idle);
}

TEST_CASE("pings are of low priority") {
  ScriptedHost host;
  CHECK(host.set(Key::ping_every_ms, "5000") == Status::ok);
  view(host);
  host.settle();
  host.pass(5000);
  CHECK(host.ping(ScriptedHost::kStartMonoMs + 4000));
  host.settle();
  CHECK(host.stored.at(1).substr(0, 4) == "2p-1");
  CHECK(host.stored.rbegin()->second.substr(0, 4) == "2p-0");
}

TEST_CASE("a ping that finds the outbox full is counted as dropped") {
  ScriptedHost host;
  CHECK(host.set(Key::ping_every_ms, "5000") == Status::ok);
  view(host);
  for (int i = 0; i < 20; ++i) (void)host.track_bytes(104850);
  while (host.track_bytes(130) == Status::ok) {}
  const double refused = host.count("dropped/queue_full");
  host.pass(5000);
  CHECK(host.ping(ScriptedHost::kStartMonoMs + 4000, {1000000, 1000000, 1000000, 1000000}));
  CHECK(host.count("dropped/queue_full") == refused + 1);
}
