// Page pings: tables of checks, with the time of each and the visitor's last activity before it. Times in seconds.
#include "policy/activity.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using piste::Activity;

namespace {

/// What is asked at one time, and what is to come of it.
struct Step {
  double now;
  double active;
  bool due;
  double next_check;
};

void check(double first, double every, const std::vector<Step>& steps) {
  Activity activity;
  const double begun_ms = 1000000;
  activity.begin(first * 1000, every * 1000, begun_ms);
  for (const Step& step : steps) {
    CAPTURE(step.now, step.active);
    CHECK(activity.is_due(begun_ms + step.active * 1000, begun_ms + step.now * 1000) == step.due);
    CHECK(activity.next_check_ms() == begun_ms + step.next_check * 1000);
  }
}

}  // namespace

TEST_CASE("nothing is due before a page view, or without an interval") {
  Activity activity;
  CHECK(activity.next_check_ms() == 0);
  CHECK_FALSE(activity.is_due(5, 10));
  activity.begin(10000, 0, 1000);
  CHECK(activity.next_check_ms() == 0);
  CHECK_FALSE(activity.is_due(1e9, 1e9));
}

TEST_CASE("activity within the first wait makes the first ping, then one each interval") {
  check(10, 5,
        {{9.999, 9, false, 10}, {10, 9, true, 15}, {12, 12, false, 15}, {15, 12, true, 20}, {20, 15.001, true, 25}});
}

TEST_CASE("a page view alone causes no ping, since activity exactly a window ago does not count") {
  check(10, 5, {{10, 0, false, 15}, {15, 10, false, 20}, {20, 15, false, 25}, {25, 20.001, true, 30}});
}

TEST_CASE("activity before the page view does not count") {
  check(10, 5, {{10, -1, false, 15}, {15, -100, false, 20}});
  check(10, 20, {{10, 0.001, true, 30}, {30, 0.001, false, 50}});
}

TEST_CASE("without a first wait there is a check each interval from the start") {
  check(0, 10, {{5, 5, false, 10}, {10, 5, true, 20}, {20, 5, false, 30}, {30, 29, true, 40}});
}

TEST_CASE("the first check looks back over the first wait, later ones over the interval") {
  check(30, 5, {{30, 1, true, 35}, {35, 29, false, 40}});
  check(5, 30, {{5, 0.5, true, 35}, {35, 6, true, 65}});
}

TEST_CASE("a late check keeps the rhythm if it is in time for the next, else starts anew") {
  check(10, 10, {{12, 11, true, 20}, {20, 19, true, 30}});
  check(10, 10, {{20, 19, true, 30}});
  check(10, 10, {{47, 46, true, 57}, {50, 49, false, 57}, {57, 50, true, 67}});
  check(10, 10, {{47, 20, false, 57}});
}

TEST_CASE("a new page view starts the times anew, and may switch pings off") {
  Activity activity;
  activity.begin(10, 10, 1000);
  activity.begin(10, 10, 1005);
  CHECK_FALSE(activity.is_due(1006, 1010));
  CHECK(activity.is_due(1006, 1015));
  activity.begin(10, 0, 1020);
  CHECK(activity.next_check_ms() == 0);
  CHECK_FALSE(activity.is_due(1029, 1030));
}

TEST_CASE("activity that is told to come from the future counts as activity") { check(10, 10, {{10, 1000, true, 20}}); }

TEST_CASE("a clock that is stopped has no check, until a page view sets it again") {
  Activity activity;
  activity.begin(5000, 10000, 0);
  activity.stop();
  CHECK(activity.next_check_ms() == 0);
  CHECK_FALSE(activity.is_due(4000, 5000));
  activity.begin(5000, 10000, 6000);
  CHECK(activity.next_check_ms() == 11000);
}
