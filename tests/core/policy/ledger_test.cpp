// The ledger: its sums, and which reason each status stands for.
#include "policy/ledger.h"

#include <catch2/catch_test_macros.hpp>

using piste::Count;
using piste::Ledger;
using piste::Status;

namespace {

constexpr auto kCounts = static_cast<uint32_t>(Count::pending);

/// Every count in turn.
Count count_at(uint32_t index) { return static_cast<Count>(index); }

double ended(const Ledger& ledger) {
  double total = 0;
  for (auto i = static_cast<uint32_t>(Count::delivered); i < kCounts; ++i) total += ledger.read(count_at(i));
  return total;
}

/// One status for each reason, in the order of their counts.
constexpr Status kReasons[] = {
    Status::invalid_argument, Status::too_large, Status::unserialisable, Status::queue_full, Status::closed,
    Status::unreadable_row,   Status::evicted,   Status::expired,        Status::denied,     Status::no_memory};
constexpr uint32_t kReasonCount = sizeof kReasons / sizeof kReasons[0];
static_assert(static_cast<uint32_t>(Count::dropped_invalid) + kReasonCount == kCounts);

}  // namespace

TEST_CASE("a new ledger counts nothing") {
  const Ledger ledger;
  for (uint32_t i = 0; i < kCounts; ++i) CHECK(ledger.read(count_at(i)) == 0);
  CHECK(ledger.pending() == 0);
}

TEST_CASE("every count is its own") {
  Ledger ledger;
  for (int i = 0; i < 100; ++i) ledger.accept();
  ledger.restore();
  ledger.deliver(2);
  ledger.deliver(3);
  for (uint32_t i = 0; i < piste::kFinalStatusCount; ++i) ledger.reject(i, i + 1);
  for (uint32_t i = 0; i < kReasonCount; ++i) {
    for (uint32_t n = 0; n <= i; ++n) ledger.drop(kReasons[i]);
  }
  CHECK(ledger.read(Count::accepted) == 101);
  CHECK(ledger.read(Count::restored) == 1);
  CHECK(ledger.read(Count::delivered) == 5);
  for (uint32_t i = 0; i < piste::kFinalStatusCount; ++i) {
    CHECK(ledger.read(count_at(static_cast<uint32_t>(Count::rejected) + i)) == i + 1);
  }
  for (uint32_t i = 0; i < kReasonCount; ++i) {
    CHECK(ledger.read(count_at(static_cast<uint32_t>(Count::dropped_invalid) + i)) == i + 1);
  }
  CHECK(ledger.pending() == 101 - 5 - 21 - 55);
}

TEST_CASE("events that are another tracker's from here on are no longer accepted nor pending") {
  Ledger ledger;
  for (int i = 0; i < 5; ++i) ledger.accept();
  ledger.restore();
  ledger.deliver(1);
  ledger.release(3);
  CHECK(ledger.read(Count::accepted) == 3);
  CHECK(ledger.read(Count::restored) == 1);
  CHECK(ledger.read(Count::delivered) == 1);
  CHECK(ledger.pending() == 2);
  ledger.release(0);
  CHECK(ledger.pending() == 2);
}

TEST_CASE("after every step the accepted events are those that ended and those that are pending") {
  Ledger ledger;
  uint32_t state = 7;
  double pending = 0;
  for (int step = 0; step < 5000; ++step) {
    state = state * 1664525U + 1013904223U;
    const uint32_t dice = state >> 24;
    if (dice < 128 || pending == 0) {
      dice % 2 == 0 ? ledger.accept() : ledger.restore();
      ++pending;
    } else if (dice < 170) {
      const uint32_t events = pending > 1 ? 2 : 1;
      ledger.deliver(events);
      pending -= events;
    } else {
      if (dice < 190) ledger.release(1);
      if (dice >= 190 && dice < 220) ledger.reject(dice % piste::kFinalStatusCount, 1);
      if (dice >= 220) ledger.drop(kReasons[dice % kReasonCount]);
      --pending;
    }
    CHECK(ledger.pending() == pending);
    CHECK(ledger.read(Count::accepted) == pending + ended(ledger));
  }
}

TEST_CASE("each status stands for one reason, and one that is none for a mistake of the caller's") {
  const struct {
    Status status;
    Count expected;
  } rows[] = {
      {Status::ok, Count::dropped_invalid},
      {Status::invalid_argument, Count::dropped_invalid},
      {Status::invalid_utf8, Count::dropped_invalid},
      {Status::invalid_value, Count::dropped_invalid},
      {Status::missing_field, Count::dropped_invalid},
      {Status::invalid_number, Count::dropped_invalid},
      {Status::malformed_event, Count::dropped_invalid},
      {Status::internal, Count::dropped_invalid},
      {Status::too_large, Count::dropped_too_large},
      {Status::unserialisable, Count::dropped_unserialisable},
      {Status::queue_full, Count::dropped_queue_full},
      {Status::closed, Count::dropped_closed},
      {Status::unreadable_row, Count::dropped_unreadable},
      {Status::evicted, Count::dropped_evicted},
      {Status::expired, Count::dropped_expired},
      {Status::denied, Count::dropped_denied},
      {Status::no_memory, Count::dropped_no_memory},
  };
  for (const auto& row : rows) {
    Ledger ledger;
    ledger.drop(row.status);
    for (uint32_t i = 0; i < kCounts; ++i) CHECK(ledger.read(count_at(i)) == (count_at(i) == row.expected ? 1 : 0));
  }
}
