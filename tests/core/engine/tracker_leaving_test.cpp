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
  CHECK(host.settle() == ActionKind::idle);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 2);
  CHECK(host.track("three") == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 3);
}

TEST_CASE("keepalive requests together stay within their allowance, and the tracker rests") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 2);
  CHECK(bytes_under_way(host) <= 60000);
  CHECK(bytes_under_way(host) > 57000);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 2);
  CHECK(host.stored.size() == 100);
}

TEST_CASE("an answer makes room for the next keepalive request") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  while (host.open_count() > 0) {
    host.answer_all(200);
    CHECK(host.settle() == ActionKind::idle);
    CHECK(bytes_under_way(host) <= 60000);
  }
  CHECK(host.count("delivered") == 100);
}

TEST_CASE("at most eight requests are under way") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "1") == Status::ok);
  for (int i = 0; i < 20; ++i) CHECK(host.track() == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 8);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 8);
}

TEST_CASE("an event that no keepalive request can carry stays, and the tracker rests") {
  // A body of one byte more than the allowance: envelope, sending time, payload.
  const size_t row_bytes = 60000 - 88 - 22 + 3;
  for (const size_t size : {row_bytes + 1, size_t{300000}}) {
    ScriptedHost host;
    CHECK(host.track_bytes(size) == Status::ok);
    host.signal(Signal::leaving);
    for (int i = 0; i < 5; ++i) CHECK(host.settle() == ActionKind::idle);
    CHECK(host.requests.empty());
    CHECK(host.stored.size() == 1);
    host.signal(Signal::visible);
    CHECK(host.settle() == ActionKind::idle);
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
  CHECK(host.open_count() == 2);
  CHECK(host.last().keepalive);
}

TEST_CASE("a page that is seen again sends one request at a time") {
  ScriptedHost host;
  for (int i = 0; i < 60; ++i) CHECK(host.track_bytes(2000) == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.open_count() == 2);
  host.signal(Signal::visible);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 2);
  CHECK(host.answer(host.requests[0].id, 200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 1);
  CHECK(host.answer(host.requests[1].id, 200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 1);
}

TEST_CASE("a request without keepalive takes nothing of the allowance") {
  ScriptedHost host;
  CHECK(host.track_bytes(300000) == Status::ok);
  host.settle();
  CHECK_FALSE(host.last().keepalive);
  CHECK(host.track_bytes(50000) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::idle);
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
  CHECK(host.answer(host.requests[2].id, 200) == Status::ok);
  CHECK(host.answer(host.requests[0].id, 500) == Status::ok);
  CHECK(host.answer(host.requests[3].id, 422) == Status::rejected);
  CHECK(host.answer(host.requests[1].id, 200) == Status::ok);
  CHECK(host.count("delivered") == 2);
  CHECK(host.count("rejected/422") == 1);
  CHECK(host.count("pending") == 1);
}

TEST_CASE("what is too large for the last requests does not hold up what is behind it") {
  ScriptedHost host;
  CHECK(host.track_bytes(70000) == Status::ok);
  CHECK(host.track("small") == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::idle);
  REQUIRE(host.open_count() == 1);
  CHECK(host.last().body.find("small") != std::string::npos);
  CHECK(host.answer(host.last().id, 200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  host.signal(Signal::visible);
  host.settle();
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
  for (const tests::Request& request : sent) CHECK(host.answer(request.id, 503) == Status::ok);
  CHECK(host.count("failures") == 1);
  CHECK(host.count("pending") == 8);
}

TEST_CASE("what fails between hiding and leaving does not go out once more at once") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  host.signal(Signal::leaving);
  CHECK(host.answer(host.last().id, static_cast<int>(piste::Outcome::offline)) == Status::ok);
  host.signal(Signal::leaving);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.open_count() == 0);
  host.run();
  CHECK(host.open_count() == 1);
}
