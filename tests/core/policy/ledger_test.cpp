// The ledger: its sums, the names of its counts, and which reason each status stands for.
#include "policy/ledger.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/texts.h"

using piste::DropReason;
using piste::Ledger;
using piste::Status;

namespace {

std::string text_of_ledger(const Ledger& ledger) {
  return tests::written([&](piste::Bytes& out) {
    piste::JsonWriter json(out);
    json.begin_object();
    ledger.write(json);
    json.end_object();
  });
}

double sum(const nlohmann::json& counts) {
  double total = 0;
  for (const auto& count : counts) total += count.get<double>();
  return total;
}

}  // namespace

TEST_CASE("a new ledger counts nothing") {
  CHECK(text_of_ledger({}) == R"({"accepted":0,"restored":0,"delivered":0,"pending":0,"rejected":{},"dropped":{}})");
}

TEST_CASE("every count has its name, and those of nothing are left out") {
  Ledger ledger;
  for (int i = 0; i < 100; ++i) ledger.accept();
  ledger.restore();
  for (int i = 0; i < 5; ++i) ledger.deliver();
  for (uint32_t i = 0; i < piste::kFinalStatusCount; ++i) {
    for (uint32_t n = 0; n <= i; ++n) ledger.reject(i);
  }
  for (uint32_t i = 0; i < static_cast<uint32_t>(DropReason::count); ++i) {
    for (uint32_t n = 0; n <= i; ++n) ledger.drop(static_cast<DropReason>(i));
  }
  CHECK(text_of_ledger(ledger) ==
        R"({"accepted":101,"restored":1,"delivered":5,"pending":53,)"
        R"("rejected":{"400":1,"401":2,"403":3,"410":4,"422":5},)"
        R"("dropped":{"invalid":1,"too_large":2,"unserialisable":3,"queue_full":4,"closed":5,"unreadable":6,)"
        R"("no_memory":7}})");
}

TEST_CASE("after every step the accepted events are those that ended and those that are pending") {
  Ledger ledger;
  uint32_t state = 7;
  for (int step = 0; step < 2000; ++step) {
    state = state * 1664525U + 1013904223U;
    const uint32_t dice = state >> 24;
    if (dice < 128 || ledger.pending() == 0) {
      dice % 2 == 0 ? ledger.accept() : ledger.restore();
    } else if (dice < 180) {
      ledger.deliver();
    } else if (dice < 220) {
      ledger.reject(dice % piste::kFinalStatusCount);
    } else {
      ledger.drop(static_cast<DropReason>(dice % static_cast<uint32_t>(DropReason::count)));
    }
    const auto json = nlohmann::json::parse(text_of_ledger(ledger));
    CHECK(json["pending"] == ledger.pending());
    CHECK(json["accepted"] == json["delivered"].get<double>() + json["pending"].get<double>() + sum(json["rejected"]) +
                                  sum(json["dropped"]));
  }
}

TEST_CASE("each status stands for one reason") {
  const struct {
    Status status;
    DropReason expected;
  } rows[] = {
      {Status::invalid_argument, DropReason::invalid},  {Status::invalid_utf8, DropReason::invalid},
      {Status::invalid_value, DropReason::invalid},     {Status::missing_field, DropReason::invalid},
      {Status::invalid_number, DropReason::invalid},    {Status::malformed_event, DropReason::invalid},
      {Status::too_large, DropReason::too_large},       {Status::unserialisable, DropReason::unserialisable},
      {Status::queue_full, DropReason::queue_full},     {Status::closed, DropReason::closed},
      {Status::unreadable_row, DropReason::unreadable}, {Status::no_memory, DropReason::no_memory},
  };
  for (const auto& row : rows) CHECK(piste::drop_reason(row.status) == row.expected);
}
