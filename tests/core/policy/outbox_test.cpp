// The outbox: order, bounds, and the fate of rows by the request that carries them. Storing them is in
// outbox_storing_test.cpp, making room in outbox_room_test.cpp.
#include "policy/outbox.h"

#include <catch2/catch_test_macros.hpp>

#include "core/policy/outbox_support.h"

using namespace tests::outbox;

TEST_CASE("a new outbox has nothing to store, send or tell") {
  Outbox outbox;
  CHECK(outbox.first() == nullptr);
  CHECK(outbox.take_to_store(Keeping::page) == nullptr);
  CHECK(outbox.take_to_store(Keeping::lasting) == nullptr);
  CHECK(outbox.take_ended() == nullptr);
  CHECK(outbox.waiting_bytes() == 0);
  CHECK(outbox.fleeting_count() == 0);
  CHECK(outbox.stored_count() == 0);
  CHECK(outbox.end(1, Status::ok, 200) == 0);
  CHECK(outbox.forget_stored() == 0);
  CHECK(outbox.make_room(1, Priority::high) == 0);
}

TEST_CASE("rows keep their order, bytes and head") {
  Outbox outbox;
  REQUIRE(outbox.insert(7, "2p-{}", {{false, true}, Priority::high, 5}, false) == Status::ok);
  REQUIRE(outbox.insert(3, "2g-abc", {{true, false}, Priority::low, 4}, false) == Status::ok);
  CHECK(all(outbox) == Ids{7, 3});
  const Row& first = *outbox.first();
  CHECK(string_of(first.text()) == "2p-{}");
  CHECK(first.kind == piste::RowKind{false, true});
  CHECK(first.priority == Priority::high);
  CHECK(first.taken_ms == 5);
  CHECK(first.company == UINT32_MAX);
  CHECK_FALSE(first.stored);
  CHECK(first.waits());
  CHECK(string_of(first.next->text()) == "2g-abc");
  CHECK(first.next->priority == Priority::low);
  CHECK(outbox.waiting_bytes() == 11);
}

TEST_CASE("a row is worth less from its first request on, but more than any of a lower priority") {
  Outbox outbox;
  for (int id = 1; id <= 3; ++id) {
    REQUIRE(append(outbox, id, 10, static_cast<piste::Priority>(id - 1)) == Status::ok);
  }
  const auto worths = [&] {
    std::vector<int> all;
    for (const piste::Row* row = outbox.first(); row != nullptr; row = row->next) all.push_back(row->worth);
    return all;
  };
  CHECK(worths() == std::vector<int>{1, 3, 5});
  CHECK(piste::kMostWorth == 5);
  for (int times = 0; times < 2; ++times) {
    dispatch(outbox, {2, 3}, 9);
    outbox.release(9);
    CHECK(worths() == std::vector<int>{1, 2, 4});
  }
}

TEST_CASE("the outbox is full at its last byte, and has room again when rows go") {
  Outbox outbox;
  CHECK(append(outbox, 1, kMaxOutboxBytes + 1) == Status::queue_full);
  CHECK(append(outbox, 2, kMaxOutboxBytes - 10) == Status::ok);
  CHECK(append(outbox, 3, 11) == Status::queue_full);
  CHECK(adopt(outbox, 3, 0, 11) == Status::queue_full);
  CHECK(append(outbox, 4, 10) == Status::ok);
  CHECK(append(outbox, 5, 1) == Status::queue_full);
  CHECK(adopt(outbox, 5, 0, 1) == Status::queue_full);
  CHECK(outbox.stored_count() == 0);
  dispatch(outbox, {4}, 9);
  CHECK(append(outbox, 6, 1) == Status::queue_full);
  CHECK(outbox.end(9, Status::ok, 200) == 1);
  CHECK(append(outbox, 7, 10) == Status::ok);
  CHECK(all(outbox) == Ids{2, 7});
}

TEST_CASE("a row that is taken over comes before those that were taken later, and behind those of its own time") {
  const struct {
    double taken_ms;
    Ids expected;
  } rows[] = {{5, {9, 1, 2, 3}},  {10, {1, 9, 2, 3}}, {15, {1, 9, 2, 3}},
              {20, {1, 2, 9, 3}}, {30, {1, 2, 3, 9}}, {99, {1, 2, 3, 9}}};
  for (const auto& row : rows) {
    Outbox outbox;
    for (int id = 1; id <= 3; ++id) REQUIRE(append_at(outbox, id, id * 10) == Status::ok);
    REQUIRE(adopt(outbox, 9, row.taken_ms) == Status::ok);
    CHECK(all(outbox) == row.expected);
    CHECK(outbox.waiting_bytes() == 40);
    REQUIRE(append_at(outbox, 4, 1) == Status::ok);
    Ids with_new = row.expected;
    with_new.push_back(4);
    CHECK(all(outbox) == with_new);
  }
}

TEST_CASE("rows that are taken over in any order stand by their time, equal ones as they came") {
  Outbox outbox;
  const double times[] = {50, 10, 30, 10, 20, 50, 0};
  for (int i = 0; i < 7; ++i) REQUIRE(adopt(outbox, i + 1, times[i]) == Status::ok);
  CHECK(all(outbox) == Ids{7, 2, 4, 5, 3, 1, 6});
  CHECK(outbox.stored_count() == 7);
}

TEST_CASE("new rows stand at the end, whatever their time") {
  Outbox outbox;
  REQUIRE(append_at(outbox, 1, 100) == Status::ok);
  REQUIRE(append_at(outbox, 2, 50) == Status::ok);
  REQUIRE(append_at(outbox, 3, 75) == Status::ok);
  CHECK(all(outbox) == Ids{1, 2, 3});
}

TEST_CASE("rows go by the request that carried them, wherever they stand") {
  const struct {
    std::initializer_list<double> dispatched;
    Ids left;
  } rows[] = {
      {{1}, {2, 3, 4}}, {{4}, {1, 2, 3}}, {{2, 3}, {1, 4}}, {{1, 4}, {2, 3}}, {{1, 2, 3, 4}, {}}, {{}, {1, 2, 3, 4}},
  };
  for (const auto& row : rows) {
    Outbox outbox;
    fill(outbox, 4);
    dispatch(outbox, row.dispatched, 9);
    CHECK(waiting(outbox) == row.left);
    CHECK(outbox.waiting_bytes() == row.left.size() * 10);
    CHECK(outbox.end(8, Status::ok, 200) == 0);
    CHECK(outbox.end(9, Status::ok, 200) == row.dispatched.size());
    CHECK(outbox.end(9, Status::ok, 200) == 0);
    CHECK(all(outbox) == row.left);
    REQUIRE(append(outbox, 5) == Status::ok);
    Ids with_new = row.left;
    with_new.push_back(5);
    CHECK(all(outbox) == with_new);
    CHECK(to_store(outbox, Keeping::page) == with_new);
    CHECK(outbox.waiting_bytes() == with_new.size() * 10);
  }
}

TEST_CASE("rows of a failed request wait again, in their old order, and those of others do not") {
  Outbox outbox;
  fill(outbox, 5);
  dispatch(outbox, {1, 3}, 8);
  dispatch(outbox, {2}, 9);
  CHECK(waiting(outbox) == Ids{4, 5});
  outbox.release(8);
  CHECK(waiting(outbox) == Ids{1, 3, 4, 5});
  CHECK(outbox.waiting_bytes() == 40);
  for (const Row* row = outbox.first(); row != nullptr; row = row->next) CHECK(row->company == UINT32_MAX);
  outbox.release(8);
  CHECK(outbox.waiting_bytes() == 40);
  CHECK(outbox.end(9, Status::ok, 200) == 1);
  CHECK(all(outbox) == Ids{1, 3, 4, 5});
}

TEST_CASE("rows of a refused request may be with fewer others, never with more again") {
  Outbox outbox;
  fill(outbox, 4);
  const auto companies = [&] {
    std::vector<uint32_t> found;
    for (const Row* row = outbox.first(); row != nullptr; row = row->next) found.push_back(row->company);
    return found;
  };
  dispatch(outbox, {1, 2, 3}, 8);
  outbox.release(8, 2);
  CHECK(companies() == std::vector<uint32_t>{2, 2, 2, UINT32_MAX});
  dispatch(outbox, {1, 4}, 9);
  outbox.release(9, 1);
  CHECK(companies() == std::vector<uint32_t>{1, 2, 2, 1});
  dispatch(outbox, {1, 2}, 10);
  outbox.release(10, 5);
  dispatch(outbox, {3}, 11);
  outbox.release(11);
  CHECK(companies() == std::vector<uint32_t>{1, 2, 2, 1});
}

TEST_CASE("every row that ended is told once, oldest first, with its text and how it ended") {
  Outbox outbox;
  fill(outbox, 4);
  dispatch(outbox, {4, 2}, 8);
  dispatch(outbox, {1}, 9);
  CHECK(outbox.end(9, Status::rejected, 422) == 1);
  CHECK(outbox.end(8, Status::ok, 204) == 2);
  const struct {
    double id;
    Status why;
    int32_t outcome;
  } expected[] = {{1, Status::rejected, 422}, {2, Status::ok, 204}, {4, Status::ok, 204}};
  for (const auto& one : expected) {
    const Row* row = outbox.take_ended();
    REQUIRE(row != nullptr);
    CHECK(row->id == one.id);
    CHECK(row->why == one.why);
    CHECK(row->outcome == one.outcome);
    CHECK(string_of(row->text()) == row_text(one.id, 10));
  }
  CHECK(outbox.take_ended() == nullptr);
  CHECK(outbox.take_ended() == nullptr);
  dispatch(outbox, {3}, 10);
  CHECK(outbox.end(10, Status::ok, 200) == 1);
  CHECK(told(outbox) == Ids{3});
}

TEST_CASE("rows that ended are told in between with those that end later") {
  Outbox outbox;
  fill(outbox, 4);
  dispatch(outbox, {1, 2}, 8);
  dispatch(outbox, {3}, 9);
  CHECK(outbox.end(8, Status::ok, 200) == 2);
  CHECK(outbox.take_ended()->id == 1);
  CHECK(outbox.end(9, Status::ok, 200) == 1);
  CHECK(told(outbox) == Ids{2, 3});
}

TEST_CASE("what was not told, and what was told last, is freed with the outbox") {
  Outbox outbox;
  fill(outbox, 3);
  dispatch(outbox, {1, 2}, 8);
  CHECK(outbox.end(8, Status::ok, 200) == 2);
  CHECK(outbox.take_ended()->id == 1);
}
