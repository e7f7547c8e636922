// Long runs of everything that an outbox can do, from fixed seeds, against a list that does the same naively.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <optional>

#include "core/policy/outbox_support.h"

using namespace tests::outbox;

namespace {

/// A row as the naive list keeps it.
struct Plain {
  double id = 0;
  double taken_ms = 0;
  double batch = 0;
  uint32_t size = 0;
  uint32_t company = UINT32_MAX;
  Priority priority = Priority::normal;
  Keeping asked = Keeping::none;
  bool stored = false;
  Status why = Status::ok;
  int32_t outcome = 0;
};

/// Does what the outbox says that it does, by going through everything each time.
class Model {
 public:
  std::vector<Plain> rows;
  std::vector<Plain> ended;

  uint32_t bytes() const {
    return sum([](const Plain&) { return true; });
  }
  uint32_t waiting_bytes() const {
    return sum([](const Plain& row) { return row.batch == 0; });
  }
  uint32_t fleeting_count() const {
    return count([](const Plain& row) { return row.asked == Keeping::page; });
  }
  uint32_t stored_count() const {
    return count([](const Plain& row) { return row.stored; });
  }

  void append(const Plain& row) { rows.push_back(row); }

  void adopt(Plain row) {
    row.asked = Keeping::page;
    row.stored = true;
    const auto later = [&](const Plain& other) { return other.taken_ms > row.taken_ms; };
    rows.insert(std::find_if(rows.begin(), rows.end(), later), row);
  }

  uint32_t make_room(uint32_t size, Priority priority) {
    const std::vector<Plain> rows_before = rows;
    const std::vector<Plain> ended_before = ended;
    uint32_t count = 0;
    for (Priority pass = Priority::low; bytes() + size > kMaxOutboxBytes; ++count) {
      auto found = rows.end();
      for (; pass < priority; pass = static_cast<Priority>(static_cast<int>(pass) + 1)) {
        found = std::find_if(rows.begin(), rows.end(),
                             [&](const Plain& row) { return row.batch == 0 && row.priority == pass; });
        if (found != rows.end()) break;
      }
      if (pass == priority) {
        rows = rows_before;
        ended = ended_before;
        return 0;
      }
      end(found, Status::evicted, 0);
    }
    return count;
  }

  std::optional<double> take_to_store(Keeping keeping) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Plain& row) { return row.asked < keeping; });
    if (found == rows.end()) return std::nullopt;
    found->asked = keeping;
    return found->id;
  }

  void mark_stored(double id) {
    for (Plain& row : rows) row.stored = row.stored || row.id == id;
  }

  void release(double batch, uint32_t company) {
    for (Plain& row : rows) {
      if (row.batch != batch) continue;
      row.batch = 0;
      row.company = std::min(row.company, company);
    }
  }

  uint32_t end(double batch, Status why, int32_t outcome) {
    uint32_t count = 0;
    for (size_t i = 0; i < rows.size();) {
      if (rows[i].batch != batch) {
        ++i;
        continue;
      }
      end(rows.begin() + static_cast<std::ptrdiff_t>(i), why, outcome);
      ++count;
    }
    return count;
  }

  uint32_t forget_stored() {
    const uint32_t count = stored_count();
    rows.erase(std::remove_if(rows.begin(), rows.end(), [](const Plain& row) { return row.stored; }), rows.end());
    return count;
  }

 private:
  template <typename Counts>
  uint32_t count(Counts counts) const {
    return static_cast<uint32_t>(std::count_if(rows.begin(), rows.end(), counts));
  }

  template <typename Counts>
  uint32_t sum(Counts counts) const {
    uint32_t bytes = 0;
    for (const Plain& row : rows) bytes += counts(row) ? row.size : 0;
    return bytes;
  }

  void end(std::vector<Plain>::iterator row, Status why, int32_t outcome) {
    row->why = why;
    row->outcome = outcome;
    ended.push_back(*row);
    rows.erase(row);
  }
};

/// The outbox and the model, driven by the same dice.
class Walk {
 public:
  explicit Walk(uint32_t seed) : state_(seed * 2654435761U + 1) {}

  void act();
  void compare();

 private:
  uint32_t below(uint32_t bound) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8) % bound;
  }
  double any_id() { return 1 + below(static_cast<uint32_t>(last_id_) + 1); }
  void add(bool adopts);
  void make_room();
  void take_to_store();
  void dispatch();
  void conclude();
  void take_ended();

  uint32_t state_;
  double last_id_ = 0;
  double last_batch_ = 0;
  Outbox outbox_;
  Model model_;
};

void Walk::add(bool adopts) {
  Plain row;
  row.id = last_id_ + 1;
  row.size = 1 + below(kMaxOutboxBytes / 8);
  row.priority = static_cast<Priority>(below(3));
  row.taken_ms = below(1000);
  const std::string text = row_text(row.id, row.size);
  const piste::RowHead head{{}, row.priority, row.taken_ms};
  const bool fits = model_.bytes() + row.size <= kMaxOutboxBytes;
  CHECK(outbox_.insert(row.id, text_of(text), head, adopts) == (fits ? Status::ok : Status::queue_full));
  if (!fits) return;
  ++last_id_;
  adopts ? model_.adopt(row) : model_.append(row);
}

void Walk::make_room() {
  while (!model_.ended.empty()) take_ended();
  const uint32_t size = 1 + below(kMaxOutboxBytes / 4);
  const auto priority = static_cast<Priority>(below(3));
  CHECK(outbox_.make_room(size, priority) == model_.make_room(size, priority));
}

void Walk::take_to_store() {
  const Keeping keeping = below(2) == 0 ? Keeping::page : Keeping::lasting;
  const Row* row = outbox_.take_to_store(keeping);
  const std::optional<double> expected = model_.take_to_store(keeping);
  REQUIRE((row != nullptr) == expected.has_value());
  if (row != nullptr) CHECK(row->id == *expected);
}

void Walk::dispatch() {
  ++last_batch_;
  const uint32_t chance = 1 + below(4);
  Row* row = outbox_.first();
  for (size_t i = 0; i < model_.rows.size(); ++i, row = row->next) {
    if (model_.rows[i].batch != 0 || below(chance) != 0) continue;
    outbox_.dispatch(row, last_batch_);
    model_.rows[i].batch = last_batch_;
  }
}

void Walk::conclude() {
  const double batch = 1 + below(static_cast<uint32_t>(last_batch_) + 1);
  if (below(2) == 0) {
    const uint32_t company = below(3) == 0 ? UINT32_MAX : 1 + below(5);
    outbox_.release(batch, company);
    model_.release(batch, company);
  } else {
    CHECK(outbox_.end(batch, Status::rejected, 422) == model_.end(batch, Status::rejected, 422));
  }
}

void Walk::take_ended() {
  const Row* row = outbox_.take_ended();
  REQUIRE((row != nullptr) == !model_.ended.empty());
  if (row == nullptr) return;
  const Plain& expected = model_.ended.front();
  CHECK(row->id == expected.id);
  CHECK(row->why == expected.why);
  CHECK(row->outcome == expected.outcome);
  CHECK(string_of(row->text()) == row_text(expected.id, expected.size));
  model_.ended.erase(model_.ended.begin());
}

void Walk::act() {
  switch (below(16)) {
    case 0:
    case 1:
    case 2:
      return add(false);
    case 3:
      return add(true);
    case 4:
      return make_room();
    case 5:
    case 6:
    case 7:
      return take_to_store();
    case 8:
    case 9: {
      const double id = any_id();
      outbox_.mark_stored(id);
      return model_.mark_stored(id);
    }
    case 10:
      return dispatch();
    case 11:
    case 12:
      return conclude();
    case 13:
      if (below(8) == 0) CHECK(outbox_.forget_stored() == model_.forget_stored());
      return;
    default:
      return take_ended();
  }
}

void Walk::compare() {
  const Row* row = outbox_.first();
  for (const Plain& expected : model_.rows) {
    REQUIRE(row != nullptr);
    REQUIRE(row->id == expected.id);
    REQUIRE(row->batch == expected.batch);
    REQUIRE(row->company == expected.company);
    REQUIRE(row->asked == expected.asked);
    REQUIRE(row->stored == expected.stored);
    row = row->next;
  }
  REQUIRE(row == nullptr);
  REQUIRE(outbox_.waiting_bytes() == model_.waiting_bytes());
  REQUIRE(outbox_.fleeting_count() == model_.fleeting_count());
  REQUIRE(outbox_.stored_count() == model_.stored_count());
}

}  // namespace

TEST_CASE("whatever is done to an outbox, it is what a naive list would be") {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Walk walk(seed);
    for (int i = 0; i < 300; ++i) {
      walk.act();
      walk.compare();
    }
  }
}
