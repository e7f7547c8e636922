// Long runs of inputs in an order that nobody chose, from fixed seeds: the host checks after each what must always
// hold.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::Key;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

namespace {

/// The same numbers for the same seed, everywhere.
class Dice {
 public:
  explicit Dice(uint32_t seed) : state_(seed * 2654435761U + 1) {}

  uint32_t below(uint32_t bound) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8) % bound;
  }

 private:
  uint32_t state_;
};

void answer_some(ScriptedHost& host, Dice& dice) {
  constexpr int32_t kOutcomes[] = {200, 200, 204, -2, 500, 503, 429, 400, 422, 0};
  if (host.requests.empty()) return;
  const tests::Request& chosen = host.requests[host.requests.size() - 1 - dice.below(3) % host.requests.size()];
  const bool asks = dice.below(4) == 0;
  (void)host.answer(chosen.id, kOutcomes[dice.below(10)], asks ? "2" : "");
}

void change_option(ScriptedHost& host, Dice& dice) {
  const struct {
    Key key;
    std::string_view value;
  } options[] = {{Key::method, "get"},          {Key::method, "post"},        {Key::anonymous, "1"},
                 {Key::anonymous, "0"},         {Key::batch_bytes, "1"},      {Key::batch_bytes, "5000"},
                 {Key::batch_bytes, "60000"},   {Key::batch_wait_ms, "0"},    {Key::batch_wait_ms, "4000"},
                 {Key::page_url, "https://a/"}, {Key::page_url, "http://b/"}, {Key::page_title, "T"}};
  const auto& chosen = options[dice.below(12)];
  CHECK(host.set(chosen.key, chosen.value) == Status::ok);
}

void act(ScriptedHost& host, Dice& dice) {
  host.jitter = dice.below(1U << 24) << 8;
  host.storage_fails = dice.below(8) == 0;
  switch (dice.below(12)) {
    case 0:
    case 1:
    case 2:
      (void)host.track_bytes(150 + dice.below(3000));
      break;
    case 3:
      (void)host.track_bytes(150 + dice.below(90000));
      break;
    case 4:
      (void)host.track(piste::EventKind::page_view, tests::event_buffer({"T"}));
      break;
    case 5:
      change_option(host, dice);
      break;
    case 6:
      host.signal(static_cast<Signal>(dice.below(4)));
      break;
    case 7:
    case 8:
      answer_some(host, dice);
      break;
    case 9:
      host.pass(dice.below(3000));
      break;
    default:
      (void)host.step();
  }
}

/// The collector is well again: everything that is pending must arrive.
void recover(ScriptedHost& host) {
  host.signal(Signal::visible);
  for (int i = 0; i < 5000 && host.count("pending") > 0; ++i) {
    host.run();
    host.answer_all(200);
  }
  host.run();
}

}  // namespace

TEST_CASE("whatever happens, the ledger adds up, and in the end everything has arrived and nothing is stored") {
  for (uint32_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    ScriptedHost host;
    for (int i = 0; i < 200; ++i) act(host, dice);
    recover(host);
    CHECK(host.count("pending") == 0);
    CHECK(host.stored.empty());
    CHECK(host.open_count() == 0);
  }
}
