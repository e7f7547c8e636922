// How refused requests are divided: a table of sizes, and runs against a collector that refuses some or all events.
#include "policy/bisection.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <deque>
#include <functional>
#include <vector>

using piste::Bisection;
using piste::kMaxRefusals;

namespace {

/// What became of `count` events in one request, the way the engine goes about it: refused rows go first the next time.
struct Outcome {
  int requests = 0;
  int alone = 0;
  std::vector<int> refused;
};

Outcome run(int count, const std::function<bool(int)>& is_bad) {
  struct Entry {
    int event;
    uint32_t company;
  };
  std::deque<Entry> waiting;
  for (int i = 0; i < count; ++i) waiting.push_back({i, UINT32_MAX});
  Bisection bisection;
  Outcome outcome;
  while (!waiting.empty()) {
    uint32_t size = 0;
    uint32_t company = UINT32_MAX;
    bool refused = false;
    while (size < waiting.size()) {
      company = std::min(company, waiting[size].company);
      if (size >= company) break;
      refused = is_bad(waiting[size].event) || refused;
      ++size;
    }
    ++outcome.requests;
    if (size == 1) ++outcome.alone;
    if (!refused) bisection.deliver();
    const uint32_t smaller = refused ? bisection.refuse(size) : 0;
    for (uint32_t i = 0; i < size; ++i) {
      if (smaller > 0) {
        waiting[i].company = smaller;
      } else {
        if (refused) outcome.refused.push_back(waiting.front().event);
        waiting.pop_front();
      }
    }
  }
  return outcome;
}

}  // namespace

TEST_CASE("a refused request is halved, rounded up, and one event is refused for good") {
  const struct {
    uint32_t count, expected;
  } rows[] = {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 2}, {5, 3}, {8, 4}, {9, 5}, {1000, 500}, {1001, 501}};
  for (const auto& row : rows) {
    Bisection bisection;
    CHECK(bisection.refuse(row.count) == row.expected);
  }
}

TEST_CASE("after so many events refused one by one, requests are refused whole, until one is delivered") {
  Bisection bisection;
  for (uint32_t i = 0; i < kMaxRefusals; ++i) {
    CHECK(bisection.refuse(10) == 5);
    CHECK(bisection.refuse(1) == 0);
  }
  for (int i = 0; i < 3; ++i) CHECK(bisection.refuse(10) == 0);
  bisection.deliver();
  CHECK(bisection.refuse(10) == 5);
}

TEST_CASE("a delivery between refusals starts their count anew") {
  Bisection bisection;
  for (int round = 0; round < 5; ++round) {
    for (uint32_t i = 0; i + 1 < kMaxRefusals; ++i) CHECK(bisection.refuse(1) == 0);
    CHECK(bisection.refuse(2) == 1);
    bisection.deliver();
  }
}

TEST_CASE("one bad event of any number is found wherever it stands, in few requests, and no other is refused") {
  for (const int count : {1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 100, 128}) {
    const int bound = 2 * static_cast<int>(std::ceil(std::log2(count))) + 1;
    for (int bad = 0; bad < count; ++bad) {
      CAPTURE(count, bad);
      const Outcome outcome = run(count, [&](int event) { return event == bad; });
      CHECK(outcome.refused == std::vector<int>{bad});
      CHECK(outcome.requests <= bound);
    }
  }
}

TEST_CASE("two bad events are found, and all others delivered") {
  for (int first = 0; first < 16; ++first) {
    for (int second = first + 1; second < 16; ++second) {
      const Outcome outcome = run(16, [&](int event) { return event == first || event == second; });
      CHECK(outcome.refused == std::vector<int>{first, second});
    }
  }
}

TEST_CASE("a collector that refuses everything gets few events alone, and refuses all of them") {
  for (const int count : {5, 10, 100, 1000}) {
    CAPTURE(count);
    const Outcome outcome = run(count, [](int) { return true; });
    CHECK(outcome.refused.size() == static_cast<size_t>(count));
    CHECK(outcome.alone <= static_cast<int>(kMaxRefusals) + 1);
    CHECK(outcome.requests <= 40);
  }
}
