// The outbox: order, bounds, storing, and the fate of rows by the request that carries them.
#include "policy/outbox.h"

#include <catch2/catch_test_macros.hpp>
#include <initializer_list>
#include <vector>

#include "support/texts.h"

using piste::Kept;
using piste::kMaxOutboxBytes;
using piste::kMaxStoredBytes;
using piste::Outbox;
using piste::Row;
using piste::Status;
using tests::string_of;
using tests::text_of;

namespace {

using Ids = std::vector<double>;

Status append(Outbox& outbox, double id, size_t size = 10) {
  const std::string row(size, static_cast<char>('a' + static_cast<int>(id) % 26));
  return outbox.append(id, text_of(row), {});
}

Ids waiting(const Outbox& outbox) {
  Ids ids;
  for (Row* row = Outbox::next_waiting(outbox.first()); row != nullptr; row = Outbox::next_waiting(row->next)) {
    ids.push_back(row->id);
  }
  return ids;
}

Ids all(const Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.first(); row != nullptr; row = row->next) ids.push_back(row->id);
  return ids;
}

Ids stored_now(Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.take_unstored(); row != nullptr; row = outbox.take_unstored()) ids.push_back(row->id);
  return ids;
}

Ids erased_now(Outbox& outbox) {
  Ids ids;
  for (double id = outbox.take_erased(); id != 0; id = outbox.take_erased()) ids.push_back(id);
  return ids;
}

void dispatch(Outbox& outbox, std::initializer_list<double> ids, double batch) {
  for (Row* row = outbox.first(); row != nullptr; row = row->next) {
    for (const double id : ids) {
      if (row->id == id) outbox.dispatch(row, batch);
    }
  }
}

/// Rows 1 to `count`, each 10 bytes, none stored.
void fill(Outbox& outbox, int count) {
  for (int id = 1; id <= count; ++id) REQUIRE(append(outbox, id) == Status::ok);
}

}  // namespace

TEST_CASE("a new outbox has nothing to store, send or erase") {
  Outbox outbox;
  CHECK(outbox.first() == nullptr);
  CHECK(outbox.take_unstored() == nullptr);
  CHECK(outbox.take_erased() == 0);
  CHECK(outbox.waiting_bytes() == 0);
  CHECK(outbox.remove(1) == 0);
}

TEST_CASE("rows keep their order, bytes and kind") {
  Outbox outbox;
  REQUIRE(outbox.append(7, "1p-{}", {false, true}) == Status::ok);
  REQUIRE(outbox.append(3, "1g-abc", {true, false}) == Status::ok);
  CHECK(all(outbox) == Ids{7, 3});
  CHECK(string_of(outbox.first()->text()) == "1p-{}");
  CHECK(outbox.first()->kind == piste::RowKind{false, true});
  CHECK(string_of(outbox.first()->next->text()) == "1g-abc");
  CHECK(outbox.waiting_bytes() == 11);
}

TEST_CASE("the outbox is full at its last byte, and has room again when rows go") {
  Outbox outbox;
  CHECK(append(outbox, 1, kMaxOutboxBytes + 1) == Status::queue_full);
  CHECK(append(outbox, 2, kMaxOutboxBytes - 10) == Status::ok);
  CHECK(append(outbox, 3, 11) == Status::queue_full);
  CHECK(append(outbox, 4, 10) == Status::ok);
  CHECK(append(outbox, 5, 1) == Status::queue_full);
  dispatch(outbox, {4}, 9);
  CHECK(append(outbox, 6, 1) == Status::queue_full);
  CHECK(outbox.remove(9) == 1);
  CHECK(append(outbox, 7, 10) == Status::ok);
  CHECK(all(outbox) == Ids{2, 7});
}

TEST_CASE("rows are stored once, in order, those that come later too") {
  Outbox outbox;
  fill(outbox, 2);
  CHECK(stored_now(outbox) == Ids{1, 2});
  CHECK(stored_now(outbox).empty());
  REQUIRE(append(outbox, 3) == Status::ok);
  CHECK(stored_now(outbox) == Ids{3});
}

TEST_CASE("rows beyond the storage's bound stay in memory, smaller ones behind them are stored") {
  Outbox outbox;
  REQUIRE(append(outbox, 1, kMaxStoredBytes - 100) == Status::ok);
  REQUIRE(append(outbox, 2, 101) == Status::ok);
  REQUIRE(append(outbox, 3, 100) == Status::ok);
  REQUIRE(append(outbox, 4, 1) == Status::ok);
  CHECK(stored_now(outbox) == Ids{1, 3});
  CHECK(outbox.first()->next->kept == Kept::memory_only);
  dispatch(outbox, {1, 2}, 9);
  CHECK(outbox.remove(9) == 2);
  CHECK(erased_now(outbox) == Ids{1});
  REQUIRE(append(outbox, 5, kMaxStoredBytes - 100) == Status::ok);
  CHECK(stored_now(outbox) == Ids{5});
}

TEST_CASE("a row that the storage refused takes no room there and is not erased") {
  Outbox outbox;
  REQUIRE(append(outbox, 1, kMaxStoredBytes) == Status::ok);
  REQUIRE(append(outbox, 2, kMaxStoredBytes) == Status::ok);
  REQUIRE(outbox.take_unstored()->id == 1);
  outbox.mark_unstored(2);
  outbox.mark_unstored(99);
  CHECK(outbox.first()->kept == Kept::stored);
  outbox.mark_unstored(1);
  outbox.mark_unstored(1);
  CHECK(outbox.first()->kept == Kept::memory_only);
  CHECK(stored_now(outbox) == Ids{2});
  dispatch(outbox, {1, 2}, 9);
  CHECK(outbox.remove(9) == 2);
  CHECK(erased_now(outbox) == Ids{2});
}

TEST_CASE("a refusal that comes when its row is gone has no effect") {
  Outbox outbox;
  fill(outbox, 1);
  REQUIRE(outbox.take_unstored() != nullptr);
  dispatch(outbox, {1}, 9);
  CHECK(outbox.remove(9) == 1);
  outbox.mark_unstored(1);
  CHECK(erased_now(outbox) == Ids{1});
  outbox.mark_unstored(1);
  REQUIRE(append(outbox, 2, kMaxStoredBytes + 1) == Status::ok);
  CHECK(stored_now(outbox).empty());
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
    CHECK(outbox.remove(8) == 0);
    CHECK(outbox.remove(9) == row.dispatched.size());
    CHECK(all(outbox) == row.left);
    REQUIRE(append(outbox, 5) == Status::ok);
    Ids with_new = row.left;
    with_new.push_back(5);
    CHECK(all(outbox) == with_new);
    CHECK(stored_now(outbox) == with_new);
    CHECK(erased_now(outbox).empty());
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
  outbox.release(8);
  CHECK(outbox.waiting_bytes() == 40);
  CHECK(outbox.remove(9) == 1);
  CHECK(all(outbox) == Ids{1, 3, 4, 5});
}

TEST_CASE("every stored row that goes is erased once") {
  Outbox outbox;
  fill(outbox, 3);
  CHECK(stored_now(outbox) == Ids{1, 2, 3});
  dispatch(outbox, {1, 2, 3}, 9);
  CHECK(outbox.remove(9) == 3);
  Ids erased = erased_now(outbox);
  CHECK(erased.size() == 3);
  CHECK(erased[0] + erased[1] + erased[2] == 6);
  CHECK(erased_now(outbox).empty());
}
