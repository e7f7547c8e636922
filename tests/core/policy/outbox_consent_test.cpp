// The outbox and the visitor's consent: which rows end, which are neither sent nor stored, and which go on.
#include <catch2/catch_test_macros.hpp>

#include "core/policy/outbox_support.h"

using namespace tests::outbox;
using piste::Consent;

namespace {

Consent with(std::string_view text) {
  Consent consent;
  REQUIRE(consent.set(text_of(text)) == Status::ok);
  return consent;
}

/// Takes in a row for these purposes.
void add(Outbox& outbox, double id, uint8_t purposes, bool is_impersonal = false) {
  const std::string text = row_text(id, 10);
  REQUIRE(outbox.insert(id, text_of(text), {{}, Priority::normal, id, purposes, is_impersonal}, false) == Status::ok);
}

Ids frozen(const Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.first(); row != nullptr; row = row->next) {
    if (row->is_frozen()) ids.push_back(row->id);
  }
  return ids;
}

}  // namespace

TEST_CASE("a row ends when one of its purposes is denied, freezes when one is unknown, else it goes on") {
  const struct {
    std::string_view consent;
    Ids ended;
    Ids frozen;
  } rows[] = {{"", {}, {}},           {"hrggg", {}, {}},     {"hrggd", {3, 4}, {}},  {"hrgdg", {2, 4}, {}},
              {"hrdgg", {1}, {}},     {"hrggu", {}, {3, 4}}, {"hrgdu", {2, 4}, {3}}, {"hr", {}, {1, 2, 3, 4}},
              {"hrgud", {3, 4}, {2}}, {"haggd", {3, 4}, {}}, {"arggu", {}, {3, 4}},  {"hrddd", {1, 2, 3, 4}, {}}};
  for (const auto& row : rows) {
    CAPTURE(row.consent);
    Outbox outbox;
    add(outbox, 1, 0b001);
    add(outbox, 2, 0b010);
    add(outbox, 3, 0b100);
    add(outbox, 4, 0b110);
    CHECK(outbox.heed(with(row.consent)) == row.ended.size());
    CHECK(frozen(outbox) == row.frozen);
    CHECK(all(outbox).size() == 4 - row.ended.size());
    CHECK(outbox.has_sendable() == (row.ended.size() + row.frozen.size() < 4));
    Ids ids;
    while (const Row* ended = outbox.take_ended()) {
      CHECK(ended->why == Status::denied);
      CHECK(ended->outcome == 0);
      ids.push_back(ended->id);
    }
    CHECK(ids == row.ended);
  }
}

TEST_CASE("a row that shows nobody ends only where such events are refused, and never freezes") {
  const struct {
    std::string_view consent;
    bool ends;
  } rows[] = {{"aagd", false}, {"argd", true},  {"hagd", false}, {"hrgu", false},
              {"rrgu", true},  {"rrgg", false}, {"aagg", false}, {"", false}};
  for (const auto& row : rows) {
    CAPTURE(row.consent);
    Outbox outbox;
    add(outbox, 1, 0b010, true);
    CHECK(outbox.heed(with(row.consent)) == (row.ends ? 1 : 0));
    CHECK(frozen(outbox).empty());
    CHECK(outbox.has_sendable() == !row.ends);
  }
}

TEST_CASE("a row that shows nobody is never to be stored") {
  Outbox outbox;
  add(outbox, 1, 0b010, true);
  add(outbox, 2, 0b010);
  CHECK(to_store(outbox, Keeping::page) == Ids{2});
  CHECK(outbox.fleeting_count() == 1);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{2});
  CHECK(outbox.heed(with("aagd")) == 1);
  CHECK(to_store(outbox, Keeping::page).empty());
  CHECK(to_store(outbox, Keeping::lasting).empty());
}

TEST_CASE("rows in a request end too, and what becomes of the request ends nothing more") {
  for (const bool fails : {false, true}) {
    Outbox outbox;
    add(outbox, 1, 0b010);
    add(outbox, 2, 0b001);
    add(outbox, 3, 0b010);
    dispatch(outbox, {1, 2}, 9);
    CHECK(outbox.heed(with("hrgd")) == 2);
    CHECK(told(outbox) == Ids{1, 3});
    if (fails) {
      outbox.release(9);
      CHECK(waiting(outbox) == Ids{2});
      CHECK(outbox.waiting_bytes() == 10);
    } else {
      CHECK(outbox.end(9, Status::ok, 200) == 1);
      CHECK(told(outbox) == Ids{2});
      CHECK(outbox.waiting_bytes() == 0);
    }
  }
}

TEST_CASE("what is frozen is not asked to be stored, and is when it thaws") {
  for (const Keeping keeping : {Keeping::page, Keeping::lasting}) {
    Outbox outbox;
    add(outbox, 1, 0b010);
    add(outbox, 2, 0b001);
    CHECK(outbox.heed(with("hrgu")) == 0);
    CHECK(to_store(outbox, keeping) == Ids{2});
    add(outbox, 3, 0b001);
    CHECK(to_store(outbox, keeping) == Ids{3});
    CHECK(outbox.heed(with("hrgg")) == 0);
    CHECK(to_store(outbox, keeping) == Ids{1});
    CHECK(to_store(outbox, keeping).empty());
  }
}

TEST_CASE("rows that only survive the page do not count while they are frozen") {
  Outbox outbox;
  add(outbox, 1, 0b010);
  add(outbox, 2, 0b001);
  CHECK(to_store(outbox, Keeping::page) == Ids{1, 2});
  CHECK(outbox.fleeting_count() == 2);
  for (int i = 0; i < 2; ++i) {
    CHECK(outbox.heed(with("hrgu")) == 0);
    CHECK(outbox.fleeting_count() == 1);
  }
  CHECK(to_store(outbox, Keeping::lasting) == Ids{2});
  CHECK(outbox.fleeting_count() == 0);
  CHECK(outbox.heed(with("hrgg")) == 0);
  CHECK(outbox.fleeting_count() == 1);
  CHECK(to_store(outbox, Keeping::lasting) == Ids{1});
  CHECK(outbox.heed(with("hrgu")) == 0);
  CHECK(outbox.heed(with("hrgd")) == 1);
  CHECK(outbox.fleeting_count() == 0);
  CHECK(outbox.stored_count() == 0);
}

TEST_CASE("what ended is no longer stored, and its bytes are free") {
  Outbox outbox;
  add(outbox, 1, 0b010);
  CHECK(to_store(outbox, Keeping::page) == Ids{1});
  outbox.mark_stored(1);
  CHECK(outbox.stored_count() == 1);
  CHECK(outbox.heed(with("hrgd")) == 1);
  CHECK(outbox.stored_count() == 0);
  outbox.mark_stored(1);
  CHECK(outbox.stored_count() == 0);
  CHECK(told(outbox) == Ids{1});
  CHECK(append(outbox, 2, kMaxOutboxBytes) == Status::ok);
  CHECK(all(outbox) == Ids{2});
}
