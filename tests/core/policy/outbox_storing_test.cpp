// The outbox and the storage: which rows it is asked to keep, and what it has confirmed.
#include <catch2/catch_test_macros.hpp>

#include "core/policy/outbox_support.h"

using namespace tests::outbox;

TEST_CASE("rows are asked for once, in order, those that come later too") {
  for (const Keeping keeping : {Keeping::page, Keeping::lasting}) {
    Outbox outbox;
    fill(outbox, 2);
    CHECK(to_store(outbox, keeping) == Ids{1, 2});
    CHECK(to_store(outbox, keeping).empty());
    REQUIRE(append(outbox, 3) == Status::ok);
    CHECK(to_store(outbox, keeping) == Ids{3});
    CHECK(to_store(outbox, keeping).empty());
  }
}

TEST_CASE("a row that was asked to survive the page is asked to be lasting too, not the other way round") {
  Outbox outbox;
  fill(outbox, 3);
  CHECK(outbox.take_to_store(Keeping::page)->id == 1);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{1, 2, 3});
  CHECK(to_store(outbox, Keeping::page).empty());
  REQUIRE(append(outbox, 4) == Status::ok);
  CHECK(to_store(outbox, Keeping::page) == Ids{4});
  CHECK(to_store(outbox, Keeping::lasting) == Ids{4});
  CHECK(to_store(outbox, Keeping::lasting).empty());
}

TEST_CASE("how many rows only survive the page is known") {
  Outbox outbox;
  fill(outbox, 3);
  CHECK(outbox.fleeting_count() == 0);
  CHECK(outbox.take_to_store(Keeping::page)->id == 1);
  CHECK(outbox.fleeting_count() == 1);
  CHECK(outbox.take_to_store(Keeping::page)->id == 2);
  CHECK(outbox.fleeting_count() == 2);
  CHECK(outbox.take_to_store(Keeping::lasting)->id == 1);
  CHECK(outbox.fleeting_count() == 1);
  outbox.mark_stored(1);
  outbox.mark_stored(2);
  CHECK(outbox.fleeting_count() == 1);
  dispatch(outbox, {1, 2}, 9);
  CHECK(outbox.end(9, Status::ok, 200) == 2);
  CHECK(outbox.fleeting_count() == 0);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{3});
  CHECK(outbox.fleeting_count() == 0);
}

TEST_CASE("a row that is taken over is stored, and only asked to be lasting, in its place") {
  Outbox outbox;
  REQUIRE(append(outbox, 1) == Status::ok);
  REQUIRE(adopt(outbox, 2, 0) == Status::ok);
  REQUIRE(adopt(outbox, 3, 99) == Status::ok);
  CHECK(outbox.stored_count() == 2);
  CHECK(outbox.fleeting_count() == 2);
  REQUIRE(append(outbox, 4) == Status::ok);
  CHECK(to_store(outbox, Keeping::page) == Ids{1, 4});
  REQUIRE(adopt(outbox, 5, 2) == Status::ok);
  CHECK(outbox.fleeting_count() == 5);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{2, 1, 5, 3, 4});
  CHECK(outbox.fleeting_count() == 0);
  REQUIRE(append(outbox, 6) == Status::ok);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{6});
  REQUIRE(adopt(outbox, 7, 1) == Status::ok);
  CHECK(to_store(outbox, Keeping::page).empty());
  CHECK(to_store(outbox, Keeping::lasting) == Ids{7});
  CHECK(outbox.stored_count() == 4);
}

TEST_CASE("rows that are taken over leave the new ones between them to be found") {
  Outbox outbox;
  REQUIRE(adopt(outbox, 1, 5) == Status::ok);
  CHECK(to_store(outbox, Keeping::page).empty());
  REQUIRE(append(outbox, 2) == Status::ok);
  REQUIRE(adopt(outbox, 3, 99) == Status::ok);
  REQUIRE(append(outbox, 4) == Status::ok);
  CHECK(to_store(outbox, Keeping::page) == Ids{2, 4});
}

TEST_CASE("confirmations count once each, in whatever order they come") {
  const Ids orders[] = {{1, 2, 3, 4}, {4, 3, 2, 1}, {3, 1, 4, 2}, {2, 4, 1, 3}, {4, 1, 2, 3}};
  for (const Ids& order : orders) {
    Outbox outbox;
    fill(outbox, 4);
    CHECK(to_store(outbox, Keeping::page).size() == 4);
    uint32_t count = 0;
    for (const double id : order) {
      outbox.mark_stored(id);
      CHECK(outbox.stored_count() == ++count);
      outbox.mark_stored(id);
      CHECK(outbox.stored_count() == count);
    }
    for (const Row* row = outbox.first(); row != nullptr; row = row->next) CHECK(row->stored);
  }
}

TEST_CASE("a confirmation of a row that is gone or was never there has no effect") {
  Outbox outbox;
  fill(outbox, 3);
  dispatch(outbox, {1}, 9);
  CHECK(outbox.end(9, Status::ok, 200) == 1);
  for (const double id : {1.0, 0.0, -1.0, 99.0, 2.5, static_cast<double>(__builtin_nan(""))}) {
    outbox.mark_stored(id);
    CHECK(outbox.stored_count() == 0);
  }
  outbox.mark_stored(3);
  outbox.mark_stored(1);
  outbox.mark_stored(2);
  CHECK(outbox.stored_count() == 2);
}

TEST_CASE("a row may be confirmed while a request carries it, and is no longer counted when it ends") {
  Outbox outbox;
  fill(outbox, 2);
  dispatch(outbox, {1, 2}, 9);
  outbox.mark_stored(2);
  CHECK(outbox.stored_count() == 1);
  CHECK(outbox.end(9, Status::ok, 200) == 2);
  CHECK(outbox.stored_count() == 0);
}

TEST_CASE("stored rows are forgotten untold, waiting or under way, and nothing else is") {
  Outbox outbox;
  fill(outbox, 5);
  CHECK(to_store(outbox, Keeping::page).size() == 5);
  for (const double id : {1, 3, 5}) outbox.mark_stored(id);
  REQUIRE(adopt(outbox, 6, 0) == Status::ok);
  dispatch(outbox, {3, 4}, 9);
  CHECK(outbox.forget_stored() == 4);
  CHECK(outbox.forget_stored() == 0);
  CHECK(all(outbox) == Ids{2, 4});
  CHECK(outbox.stored_count() == 0);
  CHECK(outbox.fleeting_count() == 2);
  CHECK(outbox.waiting_bytes() == 10);
  CHECK(outbox.take_ended() == nullptr);
  CHECK(outbox.end(9, Status::ok, 200) == 1);
  CHECK(told(outbox) == Ids{4});
  REQUIRE(append(outbox, 7) == Status::ok);
  CHECK(all(outbox) == Ids{2, 7});
  CHECK(append(outbox, 8, kMaxOutboxBytes - 20) == Status::ok);
}

TEST_CASE("whichever rows go, those behind are still asked for and confirmed") {
  // Rows 1 to 6; so many were asked for and confirmed; then those of the request go, at each place.
  for (int asked = 0; asked <= 6; ++asked) {
    for (int mask = 1; mask < 64; ++mask) {
      CAPTURE(asked, mask);
      Outbox outbox;
      fill(outbox, 6);
      for (int i = 0; i < asked; ++i) REQUIRE(outbox.take_to_store(Keeping::page)->id == i + 1);
      for (int i = 0; i < asked / 2; ++i) REQUIRE(outbox.take_to_store(Keeping::lasting)->id == i + 1);
      for (int i = 0; i < asked; ++i) outbox.mark_stored(i + 1);
      Ids unasked;
      Ids not_lasting;
      for (Row* row = outbox.first(); row != nullptr; row = row->next) {
        const int at = static_cast<int>(row->id) - 1;
        if ((mask >> at & 1) != 0) {
          outbox.dispatch(row, 9);
          continue;
        }
        if (at >= asked) unasked.push_back(row->id);
        if (at >= asked / 2) not_lasting.push_back(row->id);
      }
      CHECK(outbox.end(9, Status::ok, 200) == static_cast<uint32_t>(__builtin_popcount(static_cast<unsigned>(mask))));
      REQUIRE(append(outbox, 7) == Status::ok);
      unasked.push_back(7);
      not_lasting.push_back(7);
      CHECK(to_store(outbox, Keeping::page) == unasked);
      CHECK(to_store(outbox, Keeping::lasting) == not_lasting);
      const Ids left = all(outbox);
      for (const double id : left) outbox.mark_stored(id);
      CHECK(outbox.stored_count() == left.size());
    }
  }
}
