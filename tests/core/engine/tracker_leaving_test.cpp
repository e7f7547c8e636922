// A page that may be gone in a moment: what fits into keepalive requests goes out, the rest stays for the next page.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::Key;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

namespace {

constexpr int32_t kOffline = -2;

size_t bytes_under_way(const ScriptedHost& host) {
  size_t bytes = 0;
  for (const tests::Request& request : host.requests) bytes += request.open ? request.body.size() : 0;
  return bytes;
}

}  // namespace

TEST_CASE("a leaving page does not wait for company, nor for the request under way") {
  ScriptedHost host;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  CHECK(host.track("two") == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
  host.signal(Signal::leaving);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(host.track("three") == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 3);
  CHECK(host.last().keepalive);
}

TEST_CASE("keepalive requests together stay within their allowance, and the tracker rests") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(bytes_under_way(host) <= 60000);
  CHECK(bytes_under_way(host) > 57000);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(host.stored.size() == 100);
}

TEST_CASE("what others on the page have under way is left to them") {
  const struct {
    std::string_view taken;
    size_t least, most;
  } rows[] = {{"0", 57000, 60000},   {"20000", 37000, 40000}, {"50000", 7000, 10000},
              {"57000", 1000, 3000}, {"57900", 2000, 2100},   {"58000", 0, 0},
              {"60000", 0, 0},       {"65536", 0, 0},         {"1000000000", 0, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.taken);
    ScriptedHost host;
    for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
    CHECK(host.set(Key::keepalive_taken, row.taken) == Status::ok);
    host.signal(Signal::leaving);
    while (host.step() != ActionKind::wait) {}
    size_t kept_alive = 0;
    for (const tests::Request& request : host.requests) kept_alive += request.keepalive ? request.body.size() : 0;
    CHECK(kept_alive >= row.least);
    CHECK(kept_alive <= row.most);
  }
}

TEST_CASE(
    "what an ordinary request carries goes out again when the page is put away, and what keepalive carries does not") {
  ScriptedHost host;
  CHECK(host.track_bytes(9000) == Status::ok);
  CHECK(host.rests());
  REQUIRE(host.open_count() == 1);
  CHECK_FALSE(host.last().keepalive);
  CHECK(host.track("small") == Status::ok);
  SECTION("a page that is only hidden lets it end") {
    host.signal(Signal::leaving);
    CHECK(host.rests());
    REQUIRE(host.requests.size() == 2);
    CHECK(host.requests[1].events != host.requests[0].events);
  }
  SECTION("one that is put away does not count on it") {
    host.signal(Signal::away);
    CHECK(host.rests());
    REQUIRE(host.requests.size() == 2);
    CHECK(host.last().keepalive);
    CHECK(host.last().events.size() == 2);
    CHECK(host.count("failures") == 0);
    host.signal(Signal::away);
    CHECK(host.rests());
    CHECK(host.requests.size() == 2);
    // Whatever becomes of the first one says nothing any more.
    CHECK(host.answer_to(host.requests[0].id, kOffline) == Status::ok);
    CHECK(host.answer_to(host.requests[0].id, 400) == Status::ok);
    CHECK(host.count("failures") == 0);
    CHECK(host.answer(200) == Status::ok);
    host.run();
    CHECK(host.count("delivered") == 2);
  }
}

TEST_CASE("after the last requests of a page their answers let the rest follow, one request at a time") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.open_count() == 2);
  host.answer_all(200);
  while (host.count("pending") > 0) {
    CHECK(host.rests());
    CHECK(host.open_count() == 1);
    host.answer_all(200);
  }
  CHECK(host.count("delivered") == 100);
}

TEST_CASE("the most valuable events leave first, of those the oldest") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "1") == Status::ok);
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  CHECK(host.set(Key::keepalive_taken, "60000") == Status::ok);
  const std::string_view priorities[] = {"0", "1", "2", "1", "0", "2", "1"};
  int number = 0;
  host.signal(Signal::leaving);
  CHECK(host.rests());
  for (const std::string_view priority : priorities)
    CHECK(host.track(std::to_string(++number), priority) == Status::ok);
  CHECK(host.set(Key::keepalive_taken, "0") == Status::ok);
  host.settle();
  std::string order;
  for (const tests::Request& request : host.requests) {
    order += request.body[request.body.find(R"("se_ac":")") + 9];
  }
  CHECK(order == "3624715");
}

TEST_CASE("what is left of the allowance goes to what is most valuable, not to what is older") {
  ScriptedHost host;
  for (int i = 0; i < 30; ++i) CHECK(host.track_bytes(3000, "0") == Status::ok);
  for (int i = 0; i < 10; ++i) CHECK(host.track_bytes(3000, "2") == Status::ok);
  host.signal(Signal::leaving);
  while (host.step() != ActionKind::send) {}
  CHECK(host.last().events.size() == 13);
  while (host.step() == ActionKind::send) {}
  host.signal(Signal::gone);
  CHECK(host.open_count() == 2);
  size_t sent = 0;
  for (const tests::Request& request : host.requests) sent += request.events.size();
  CHECK(sent == 19);
}

TEST_CASE("at most eight requests are under way") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "1") == Status::ok);
  for (int i = 0; i < 20; ++i) CHECK(host.track() == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.rests());
  CHECK(host.open_count() == 8);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 7);
  CHECK(host.track("new") == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 8);
}

TEST_CASE("while nobody looks, a new event goes out at once with what waits, though a request is under way") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  for (size_t i = 1; i <= 3; ++i) {
    CHECK(host.track() == Status::ok);
    CHECK(host.rests());
    CHECK(host.open_count() == i);
    CHECK(host.last().keepalive);
  }
}

TEST_CASE("an event that no keepalive request can carry stays, and the tracker rests") {
  // A body of one byte more than the allowance: envelope, sending time, payload.
  const size_t row_bytes = 60000 - 88 - 22 + 19;
  for (const size_t size : {row_bytes + 1, size_t{300000}}) {
    ScriptedHost host;
    CHECK(host.track_bytes(size) == Status::ok);
    host.signal(Signal::leaving);
    CHECK(host.step() == ActionKind::store);
    CHECK(host.step() == ActionKind::wait);
    CHECK(host.requests.empty());
    CHECK(host.stored.size() == 1);
    CHECK(host.rests());
    CHECK(host.open_count() == 1);
    CHECK_FALSE(host.last().keepalive);
  }
  ScriptedHost host;
  CHECK(host.track_bytes(row_bytes) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  CHECK(host.last().body.size() == 60000);
}

TEST_CASE("a retry's turn is awaited on a leaving page too, without a busy loop") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  host.answer_all(kOffline);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() > 0);
  CHECK(host.open_count() == 0);
  host.pass(host.wait_ms());
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 1);
  CHECK_FALSE(host.last().keepalive);
}

TEST_CASE("while the collector is down only events that are not stored leave, whatever the gate and the probe") {
  for (const bool grants : {true, false}) {
    ScriptedHost host;
    host.grants_probe = grants;
    CHECK(host.track("stored") == Status::ok);
    host.settle();
    CHECK(host.answer(503, 600000) == Status::ok);
    host.settle();
    host.storage_fails = true;
    CHECK(host.track("unstored") == Status::ok);
    CHECK(host.track("unstored, too") == Status::ok);
    host.settle();
    REQUIRE(host.open_count() == 0);
    host.signal(Signal::leaving);
    host.settle();
    REQUIRE(host.open_count() == 1);
    CHECK(host.last().events.size() == 2);
    CHECK(host.last().keepalive);
    CHECK(host.last().body.find("unstored, too") != std::string::npos);
    CHECK(host.answer(503) == Status::ok);
    host.settle();
    CHECK(host.open_count() == 0);
  }
}

TEST_CASE("an event that is tracked while the page leaves does not end its last requests") {
  ScriptedHost host;
  host.storage_fails = true;
  CHECK(host.track("first") == Status::ok);
  host.settle();
  CHECK(host.answer(503, 600000) == Status::ok);
  host.settle();
  host.signal(Signal::leaving);
  CHECK(host.track("last") == Status::ok);
  host.settle();
  REQUIRE(host.open_count() == 1);
  CHECK(host.last().events.size() == 2);
}

TEST_CASE("an event of a page that left and came back waits for company as before") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "600") == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  host.pass(5000);
  host.signal(Signal::visible);
  CHECK(host.track() == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 600);
  CHECK(host.requests.empty());
}

TEST_CASE("while nobody looks and the collector is down, new events wait for their turn") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(503, 30000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  CHECK(host.track() == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 30000);
  CHECK(host.open_count() == 0);
}

TEST_CASE("a page that is seen again sends one request at a time") {
  ScriptedHost host;
  for (int i = 0; i < 60; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.open_count() == 2);
  host.signal(Signal::visible);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(host.track() == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(host.answer_to(host.requests[0].id, 200) == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
  CHECK(host.answer_to(host.requests[1].id, 200) == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
}

TEST_CASE("a request without keepalive takes nothing of the allowance") {
  ScriptedHost host;
  CHECK(host.track_bytes(300000) == Status::ok);
  host.settle();
  CHECK_FALSE(host.last().keepalive);
  CHECK(host.track_bytes(50000) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.rests());
  CHECK(host.open_count() == 2);
  CHECK(host.last().keepalive);
}

TEST_CASE("an answer to a leaving page's request may come in any order") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "1") == Status::ok);
  for (int i = 0; i < 4; ++i) CHECK(host.track() == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.requests.size() == 4);
  CHECK(host.answer_to(host.requests[2].id, 200) == Status::ok);
  CHECK(host.answer_to(host.requests[0].id, 500) == Status::ok);
  CHECK(host.answer_to(host.requests[3].id, 422) == Status::rejected);
  CHECK(host.answer_to(host.requests[1].id, 200) == Status::ok);
  CHECK(host.count("delivered") == 2);
  CHECK(host.count("rejected/422") == 1);
  CHECK(host.count("pending") == 1);
}

TEST_CASE("what is too large for the last requests does not hold up what is behind it") {
  ScriptedHost host;
  CHECK(host.track_bytes(70000) == Status::ok);
  CHECK(host.track("small") == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.rests());
  REQUIRE(host.open_count() == 1);
  CHECK(host.last().body.find("small") != std::string::npos);
  CHECK(host.answer_to(host.last().id, 200) == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
  CHECK_FALSE(host.last().keepalive);
}

TEST_CASE("requests that fail together count as one failure") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "1") == Status::ok);
  for (int i = 0; i < 8; ++i) CHECK(host.track() == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.open_count() == 8);
  const std::vector<tests::Request> sent = host.requests;
  for (const tests::Request& request : sent) CHECK(host.answer_to(request.id, 503) == Status::ok);
  CHECK(host.count("failures") == 1);
  CHECK(host.count("pending") == 8);
}

TEST_CASE("what fails between hiding and leaving does not go out once more at once") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  host.signal(Signal::leaving);
  CHECK(host.answer_to(host.last().id, static_cast<int>(piste::Outcome::offline)) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.open_count() == 0);
  host.run();
  CHECK(host.open_count() == 1);
}
