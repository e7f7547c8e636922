// The device's time: tables of readings of both clocks, and what events are to tell.
#include "policy/device_clock.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "model/limits.h"

using piste::DeviceClock;
using piste::kClockSlackMs;

namespace {

constexpr double kWall = 1700000000000.0;
constexpr double kYear = 365.0 * 86400000;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Both clocks, each as ms since the start, and the time that is expected, in the same way.
struct Reading {
  double wall, mono, expected;
};

void check(const std::vector<Reading>& readings, double mono_origin = 5000) {
  DeviceClock clock;
  for (const Reading& reading : readings) {
    CAPTURE(reading.wall, reading.mono);
    CHECK(clock.read({kWall + reading.wall, mono_origin + reading.mono, {}}) == kWall + reading.expected);
  }
}

}  // namespace

TEST_CASE("the device's time is that of the wall clock, whatever the origin of the monotonic one") {
  for (const double origin : {0.0, 5000.0, 1e12, -1e9}) {
    check({{0, 0, 0}, {1, 1, 1}, {1.5, 1.5, 1.5}, {1000, 1000, 1000}, {86400000, 86400000, 86400000}}, origin);
  }
}

TEST_CASE("a wall clock that is set back by a year is left, and the time goes on with the monotonic clock") {
  check({{0, 0, 0},
         {10000, 10000, 10000},
         {20000 - kYear, 20000, 20000},
         {20500 - kYear, 20500, 20500},
         {86420000 - kYear, 86420000, 86420000}});
}

TEST_CASE("a wall clock that is set right again, or on from where the time is, leads again") {
  check({{0, 0, 0}, {-kYear, 1000, 1000}, {2000, 2000, 2000}, {2500, 2500, 2500}});
  check({{0, 0, 0}, {-kYear, 1000, 1000}, {kYear, 2000, kYear}, {kYear + 5, 2005, kYear + 5}});
}

TEST_CASE("a wall clock that is set forward leads, and is not followed back") {
  check({{0, 0, 0}, {kYear, 1000, kYear}, {2000, 2000, kYear + 1000}, {3000, 3000, kYear + 2000}});
}

TEST_CASE("a small lag is no setting back: the time follows, and stands still rather than go back") {
  check({{0, 0, 0}, {900, 1000, 900}, {1850, 2000, 1850}});
  check({{0, 0, 0}, {1000, 1000, 1000}, {998, 1001, 1000}, {999, 1002, 1000}, {1001, 1003, 1001}});
  check({{0, 0, 0}, {kClockSlackMs, 2 * kClockSlackMs, kClockSlackMs}});
  check({{0, 0, 0}, {kClockSlackMs - 1, 2 * kClockSlackMs, 2 * kClockSlackMs}});
}

TEST_CASE("slow drift of the wall clock is followed however far it comes, since each reading lags a little") {
  DeviceClock clock;
  for (int minute = 0; minute < 100000; ++minute) {
    const double wall_ms = kWall + minute * (60000.0 - 100);
    CHECK(clock.read({wall_ms, minute * 60000.0, {}}) == wall_ms);
  }
}

TEST_CASE("a monotonic clock that stands still while the device sleeps holds nothing up") {
  check({{0, 0, 0}, {8 * 3600000.0, 10, 8 * 3600000.0}, {8 * 3600000.0 + 5, 15, 8 * 3600000.0 + 5}});
}

TEST_CASE("readings that are no numbers do not turn the time back, and the next good one counts") {
  DeviceClock clock;
  CHECK(clock.read({kWall, 1000, {}}) == kWall);
  CHECK(clock.read({kNan, 1001, {}}) == kWall);
  CHECK(clock.read({kWall + 5, kNan, {}}) == kWall + 5);
  CHECK(clock.read({kNan, kNan, {}}) == kWall + 5);
  CHECK(clock.read({kWall + 10, 1010, {}}) == kWall + 10);
  CHECK(clock.read({-kInfinity, 1010, {}}) == kWall + 10);
  DeviceClock fresh;
  (void)fresh.read({kNan, kNan, {}});
  CHECK(fresh.read({kWall, 1000, {}}) == kWall);
}

TEST_CASE("a time that no clock can show is not followed, and does not spoil the next") {
  for (const double odd : {kInfinity, 1e300, 8.64e15}) {
    DeviceClock clock;
    CHECK(clock.read({kWall, 1000, {}}) == kWall);
    CHECK(clock.read({odd, 1005, {}}) == kWall);
    CHECK(clock.read({kWall + 10, 1010, {}}) == kWall + 10);
    CHECK(clock.read({kWall + 20, odd, {}}) <= kWall + 20);
    CHECK(clock.read({kWall + 30, 1030, {}}) == kWall + 30);
  }
}

TEST_CASE("whatever the clocks do, no time is before an earlier one") {
  uint32_t state = 99;
  const auto dice = [&](uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 200; ++round) {
    DeviceClock clock;
    double shift_ms = 0;
    double mono_ms = 0;
    double last_ms = 0;
    for (int i = 0; i < 200; ++i) {
      mono_ms += dice(3000);
      if (dice(10) == 0) shift_ms = (static_cast<double>(dice(2000)) - 1000) * 1e7;
      if (dice(10) == 0) shift_ms += static_cast<double>(dice(2000)) - 1000;
      const double ms = clock.read({kWall + 1e11 + mono_ms + shift_ms, mono_ms, {}});
      CHECK(ms >= last_ms);
      CHECK(ms >= kWall + 1e11 + mono_ms + shift_ms);
      last_ms = ms;
    }
  }
}

TEST_CASE("an event that its host has held has the time of then, and changes nothing for those of now") {
  check({{0, 0, 0}, {10000, 10000, 10000}, {2000, 2000, 2000}, {3000, 3000, 3000}, {10001, 10001, 10001}});
  // It happened before the clock was set back, or after.
  check({{0, 0, 0},
         {20000 - kYear, 20000, 20000},
         {2000, 2000, 2000},
         {11000 - kYear, 11000, 11000},
         {20000 - kYear, 20000, 20000},
         {21000 - kYear, 21000, 21000}});
}
