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
  constexpr int32_t kOutcomes[] = {200, 200, 204, -2, 500, 503, 429, 400, 422, 413};
  if (host.requests.empty()) return;
  const tests::Request& chosen = host.requests[host.requests.size() - 1 - dice.below(3) % host.requests.size()];
  const bool asks = dice.below(4) == 0;
  (void)host.answer_to(chosen.id, kOutcomes[dice.below(10)], asks ? 2000 : 0);
}

void change_option(ScriptedHost& host, Dice& dice) {
  const struct {
    Key key;
    std::string_view value;
  } options[] = {{Key::method, "get"},          {Key::method, "post"},          {Key::anonymous, "1"},
                 {Key::anonymous, "0"},         {Key::batch_bytes, "1"},        {Key::batch_bytes, "5000"},
                 {Key::batch_bytes, "60000"},   {Key::batch_wait_ms, "0"},      {Key::batch_wait_ms, "4000"},
                 {Key::page_url, "https://a/"}, {Key::page_url, "http://b/"},   {Key::page_title, "T"},
                 {Key::keepalive_taken, "0"},   {Key::keepalive_taken, "55000"}};
  const auto& chosen = options[dice.below(14)];
  CHECK(host.set(chosen.key, chosen.value) == Status::ok);
}

/// Takes over what is in the storage and nobody's.
void adopt(ScriptedHost& host) {
  for (const auto& [id, row] : host.left_behind()) {
    if (host.restore(row) == Status::ok) host.stored.erase(id);
  }
}

/// The page is put away and comes back: its rows are another's in between, and no request is left.
void go_and_return(ScriptedHost& host, Dice& dice) {
  host.answer_all(dice.below(2) == 0 ? 200 : 503);
  host.signal(Signal::gone);
  if (dice.below(2) == 0) host.confirm_all();
  for (uint32_t i = dice.below(4); i > 0; --i) (void)host.step();
  host.answer_all(200);
  host.signal(Signal::visible);
  adopt(host);
}

void act_on_storage(ScriptedHost& host, Dice& dice) {
  host.storage_fails = dice.below(8) == 0;
  host.confirms_later = dice.below(3) == 0;
  if (dice.below(3) != 0 || host.unconfirmed.empty()) return;
  host.confirm(host.unconfirmed[dice.below(static_cast<uint32_t>(host.unconfirmed.size()))]);
}

void act_on_probe(ScriptedHost& host, Dice& dice) {
  host.grants_probe = dice.below(2) == 0;
  if (host.probe == piste::Probe::asked && dice.below(2) == 0) host.grant();
  if (host.probe == piste::Probe::held && dice.below(8) == 0) host.take_probe_away();
}

void act_on_clock(ScriptedHost& host, Dice& dice) {
  host.pass(dice.below(3000));
  if (dice.below(10) == 0) host.wall_shift_ms = (static_cast<double>(dice.below(2000)) - 1000) * 1e6;
}

std::string priority(Dice& dice) {
  const char* const all[] = {"", "0", "1", "2"};
  return all[dice.below(4)];
}

void act(ScriptedHost& host, Dice& dice) {
  host.jitter = dice.below(1U << 24) << 8;
  act_on_storage(host, dice);
  act_on_probe(host, dice);
  switch (dice.below(14)) {
    case 0:
    case 1:
    case 2:
      (void)host.track_bytes(150 + dice.below(3000), priority(dice));
      break;
    case 3:
      (void)host.track_bytes(150 + dice.below(300000), priority(dice));
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
      act_on_clock(host, dice);
      break;
    case 10:
      if (dice.below(10) == 0) go_and_return(host, dice);
      break;
    default:
      (void)host.step();
  }
}

/// The collector, the storage and the other contexts are well again: everything that is pending must arrive.
void recover(ScriptedHost& host) {
  host.signal(Signal::visible);
  host.grants_probe = true;
  host.storage_fails = host.confirms_later = false;
  for (int i = 0; i < 5000 && (host.count("pending") > 0 || !host.stored.empty()); ++i) {
    adopt(host);
    if (host.probe == piste::Probe::asked) host.grant();
    host.run();
    host.answer_all(200);
  }
  host.confirm_all();
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
