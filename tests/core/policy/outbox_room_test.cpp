// The outbox when it is full: which rows make room for a new one, and which do not.
#include <catch2/catch_test_macros.hpp>

#include "core/policy/outbox_support.h"

using namespace tests::outbox;

namespace {

constexpr Priority kLow = Priority::low;
constexpr Priority kNormal = Priority::normal;
constexpr Priority kHigh = Priority::high;

/// Ten rows of these priorities, which fill the outbox but for 2 bytes.
constexpr uint32_t kTenth = kMaxOutboxBytes / 10;

void fill_with(Outbox& outbox, const std::vector<Priority>& priorities) {
  REQUIRE(priorities.size() == 10);
  double id = 0;
  for (const Priority priority : priorities) REQUIRE(append(outbox, ++id, kTenth, priority) == Status::ok);
}

const std::vector<Priority> kMixed = {kNormal, kLow, kHigh, kLow, kNormal, kHigh, kLow, kNormal, kHigh, kNormal};

}  // namespace

TEST_CASE("rows of lower priority make room, the least first, and of those the oldest, no more than needed") {
  const struct {
    uint32_t size;
    Priority priority;
    Ids evicted;
  } rows[] = {
      {1, kHigh, {}},
      {2, kHigh, {}},
      {3, kHigh, {2}},
      {kTenth, kHigh, {2}},
      {kTenth + 2, kHigh, {2}},
      {kTenth + 3, kHigh, {2, 4}},
      {3 * kTenth, kHigh, {2, 4, 7}},
      {4 * kTenth, kHigh, {2, 4, 7, 1}},
      {7 * kTenth + 2, kHigh, {2, 4, 7, 1, 5, 8, 10}},
      {7 * kTenth + 3, kHigh, {}},
      {3 * kTenth + 2, kNormal, {2, 4, 7}},
      {3 * kTenth + 3, kNormal, {}},
      {3, kLow, {}},
      {kMaxOutboxBytes, kHigh, {}},
      {kMaxOutboxBytes + 1, kHigh, {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.size, static_cast<int>(row.priority));
    Outbox outbox;
    fill_with(outbox, kMixed);
    CHECK(outbox.make_room(row.size, row.priority) == row.evicted.size());
    CHECK(all(outbox).size() == 10 - row.evicted.size());
    CHECK(outbox.waiting_bytes() == kTenth * (10 - row.evicted.size()));
    for (const double id : row.evicted) {
      const Row* ended = outbox.take_ended();
      REQUIRE(ended != nullptr);
      CHECK(ended->id == id);
      CHECK(ended->why == Status::evicted);
      CHECK(ended->outcome == 0);
      CHECK(ended->size == kTenth);
    }
    CHECK(outbox.take_ended() == nullptr);
    if (!row.evicted.empty()) CHECK(append(outbox, 11, row.size, row.priority) == Status::ok);
  }
}

TEST_CASE("rows that are under way make no room, and rows that wait again do") {
  Outbox outbox;
  fill_with(outbox, kMixed);
  dispatch(outbox, {2, 4}, 9);
  CHECK(outbox.make_room(2 * kTenth, kNormal) == 0);
  CHECK(outbox.make_room(kTenth, kNormal) == 1);
  CHECK(told(outbox) == Ids{7});
  REQUIRE(append(outbox, 11, kTenth) == Status::ok);
  outbox.release(9);
  CHECK(outbox.make_room(2 * kTenth, kNormal) == 2);
  CHECK(told(outbox) == Ids{2, 4});
}

TEST_CASE("the oldest by its place goes first, also of those that were taken over") {
  Outbox outbox;
  fill_with(outbox, std::vector<Priority>(10, kLow));
  CHECK(outbox.make_room(kTenth + 2, kNormal) == 1);
  REQUIRE(adopt(outbox, 11, 0, kTenth, kLow) == Status::ok);
  CHECK(outbox.make_room(kTenth + 2, kNormal) == 1);
  CHECK(told(outbox) == Ids{1, 11});
}

TEST_CASE("stored and asked rows that are evicted leave the counts of storage right") {
  Outbox outbox;
  fill_with(outbox, std::vector<Priority>(10, kLow));
  CHECK(outbox.take_to_store(Keeping::page)->id == 1);
  CHECK(outbox.take_to_store(Keeping::page)->id == 2);
  outbox.mark_stored(1);
  outbox.mark_stored(2);
  CHECK(outbox.make_room(3 * kTenth, kHigh) == 3);
  CHECK(outbox.stored_count() == 0);
  CHECK(outbox.fleeting_count() == 0);
  REQUIRE(append(outbox, 11, kTenth, kHigh) == Status::ok);
  CHECK(to_store(outbox, Keeping::page) == Ids{4, 5, 6, 7, 8, 9, 10, 11});
}

TEST_CASE(
    "what was evicted and not told yet is memory, too: when it is as much as the outbox holds, no more is evicted") {
  Outbox outbox;
  fill_with(outbox, std::vector<Priority>(10, kLow));
  REQUIRE(outbox.make_room(10 * kTenth, kNormal) == 10);
  for (int i = 0; i < 10; ++i) REQUIRE(append(outbox, 11 + i, kTenth, kNormal) == Status::ok);
  CHECK(outbox.make_room(3, kHigh) == 1);
  REQUIRE(append(outbox, 21, kTenth, kHigh) == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(outbox.make_room(3, kHigh) == 0);
  CHECK(outbox.take_ended()->id == 1);
  CHECK(outbox.make_room(3, kHigh) == 1);
  CHECK(outbox.make_room(2 * kTenth, kHigh) == 0);
  CHECK(told(outbox) == Ids{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  CHECK(outbox.make_room(2 * kTenth, kHigh) == 1);
}
