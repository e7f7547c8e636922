// The times that a tracker tells: of events, of rows and of sending. They never go back, whatever the wall clock does.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/scripted_host.h"

using nlohmann::json;
using piste::Status;
using tests::ScriptedHost;

namespace {

constexpr double kYearMs = 365.0 * 86400000;

/// The times of the newest request's only event, as ms since the host's start.
struct Times {
  double tracked, sent, row;
};

Times times_of(ScriptedHost& host) {
  REQUIRE(host.last().events.size() == 1);
  const json payload = json::parse(host.last().body).at("data").at(0);
  const auto read = [&](const char* key) {
    return std::stod(payload.at(key).get<std::string>()) - ScriptedHost::kStartWallMs;
  };
  const std::string& row = host.stored.rbegin()->second;
  return {read("dtm"), read("stm"), std::stod(row.substr(4, 14)) - 1e13 - ScriptedHost::kStartWallMs};
}

Times track_and_send(ScriptedHost& host, double between_ms = 0) {
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == piste::ActionKind::store);
  host.pass(between_ms);
  host.settle();
  const Times times = times_of(host);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  return times;
}

}  // namespace

TEST_CASE("an event's time is that of its tracking, its row's too, and the sending's that of its request") {
  ScriptedHost host;
  host.pass(5);
  const Times times = track_and_send(host, 20);
  CHECK(times.tracked == 5);
  CHECK(times.row == 5);
  CHECK(times.sent == 25);
}

TEST_CASE("a wall clock that is set back by a year sets no event's time back, nor its sending's") {
  ScriptedHost host;
  CHECK(track_and_send(host).tracked == 0);
  host.pass(10000);
  host.wall_shift_ms = -kYearMs;
  const Times back = track_and_send(host, 300);
  CHECK(back.tracked == 10000);
  CHECK(back.row == 10000);
  CHECK(back.sent == 10300);
  host.pass(1000);
  host.wall_shift_ms = 0;
  CHECK(track_and_send(host).tracked == 11300);
}

TEST_CASE("a wall clock that is set back between an event and its sending keeps the time between them") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == piste::ActionKind::store);
  host.pass(250);
  host.wall_shift_ms = -kYearMs;
  host.settle();
  const Times times = times_of(host);
  CHECK(times.tracked == 0);
  CHECK(times.sent == 250);
}

TEST_CASE("each attempt tells its own sending time") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(times_of(host).sent == 0);
  CHECK(host.answer(503) == Status::ok);
  host.run();
  const Times times = times_of(host);
  CHECK(times.tracked == 0);
  CHECK(times.sent == 500);
}

TEST_CASE("a wall clock that is set forward leads, and later events do not fall behind it") {
  ScriptedHost host;
  CHECK(track_and_send(host).tracked == 0);
  host.wall_shift_ms = kYearMs;
  CHECK(track_and_send(host).tracked == kYearMs);
  host.wall_shift_ms = 0;
  host.pass(2000);
  CHECK(track_and_send(host).tracked == kYearMs + 2000);
}

TEST_CASE(
    "a row's age is told by the same clock: one set back makes nothing young, one set forward expires nothing "
    "that is not") {
  const std::string row = "2p-111700000000000{\"e\":\"pv\",\"eid\":\"x\"}\n";
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.wall_shift_ms = -kYearMs;
  host.pass(30 * 86400000.0);
  CHECK(host.restore(row) == Status::ok);
  host.pass(1);
  CHECK(host.restore("2p-111700000000000{\"e\":\"pv\",\"eid\":\"y\"}\n") == Status::expired);
}

TEST_CASE("waits go by the monotonic clock, whatever the wall clock says") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(503, 7000) == Status::ok);
  for (const double shift_ms : {-kYearMs, kYearMs, 0.0}) {
    host.wall_shift_ms = shift_ms;
    CHECK(host.settle() == piste::ActionKind::wait);
    CHECK(host.wait_ms() == 7000);
  }
}
