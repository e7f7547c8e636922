// What the storage is asked for, and when: rows that survive the page, and rows that survive the host's sudden death.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::Key;
using piste::Outcome;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

TEST_CASE("a row that was not acknowledged after a second is to be lasting, and then no more is asked") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.number(piste::Number::lasting) == 0);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 1000);
  host.pass(999);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 1);
  CHECK(host.lasting.empty());
  host.pass(1);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.number(piste::Number::lasting) == 1);
  CHECK(host.number(piste::Number::id) == 1);
  CHECK(host.lasting.count(1) == 1);
  CHECK(host.settle() == ActionKind::idle);
}

TEST_CASE("a row that was acknowledged within a second never has to be lasting") {
  ScriptedHost host;
  for (int i = 0; i < 20; ++i) {
    CHECK(host.track() == Status::ok);
    CHECK(host.rests());
    host.pass(900);
    CHECK(host.answer(200) == Status::ok);
    CHECK(host.settle() == ActionKind::idle);
    host.pass(5000);
  }
  CHECK(host.lasting.empty());
  CHECK(host.count("delivered") == 20);
}

TEST_CASE("rows that come while an older one waits are to be lasting with it, at the latest after a second") {
  ScriptedHost host;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  host.pass(600);
  CHECK(host.track("two") == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 400);
  host.pass(400);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.lasting.size() == 2);
  CHECK(host.settle() == ActionKind::idle);
  host.pass(5000);
  CHECK(host.track("three") == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.number(piste::Number::lasting) == 0);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 1000);
}

TEST_CASE("while the collector is down rows are to be lasting at once, older ones too") {
  ScriptedHost host;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  CHECK(host.lasting.empty());
  CHECK(host.answer(503) == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.lasting.count(1) == 1);
  CHECK(host.track("two") == Status::ok);
  host.settle();
  CHECK(host.lasting.count(3) == 1);
  host.run();
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.track("three") == Status::ok);
  host.settle();
  CHECK(host.stored.size() == 1);
  CHECK(host.lasting.empty());
}

TEST_CASE("rows that were taken over are to be lasting at once") {
  const std::string row = "2p-111700000000000{\"e\":\"pv\",\"eid\":\"x\"}\n";
  ScriptedHost host;
  host.pass(1000);
  CHECK(host.restore(row) == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.number(piste::Number::lasting) == 1);
  CHECK(host.step() == ActionKind::send);

  ScriptedHost down;
  CHECK(down.track() == Status::ok);
  down.settle();
  CHECK(down.answer(503) == Status::ok);
  down.settle();
  CHECK(down.restore(row) == Status::ok);
  CHECK(down.step() == ActionKind::store);
  CHECK(down.number(piste::Number::lasting) == 1);
}

TEST_CASE("with a row that is taken over those before it are made lasting") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  host.pass(700);
  CHECK(host.restore("2p-111700000000000{\"e\":\"pv\",\"eid\":\"x\"}\n") == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.lasting.size() == 2);
}

TEST_CASE("a row is sent although its storing is not confirmed, and counts as stored from then on") {
  ScriptedHost host;
  host.confirms_later = true;
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
  CHECK(host.count("stored") == 0);
  host.confirm(2);
  CHECK(host.count("stored") == 1);
  host.confirm(1);
  host.confirm(3);
  CHECK(host.count("stored") == 3);
  CHECK(host.rests());
  CHECK(host.requests.size() == 1);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.count("stored") == 0);
  CHECK(host.stored.empty());
}

TEST_CASE("a confirmation that comes when its event has arrived changes nothing") {
  ScriptedHost host;
  host.confirms_later = true;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  host.confirm_all();
  CHECK(host.count("stored") == 0);
  host.settle();
  CHECK(host.ended.size() == 1);
  CHECK(host.stored.empty());
}

TEST_CASE("an event is told as ended although it was never stored") {
  ScriptedHost host;
  host.storage_fails = true;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  host.storage_fails = false;
  CHECK(host.track("two") == Status::ok);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  REQUIRE(host.ended.size() == 1);
  CHECK(host.ended[0].id == 1);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.ended.size() == 2);
  CHECK(host.count("delivered") == 2);
  CHECK(host.stored.empty());
}

TEST_CASE("a row that could not be kept beyond the page is asked for once more, to be lasting") {
  ScriptedHost host;
  host.storage_fails = true;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.count("stored") == 0);
  host.storage_fails = false;
  host.pass(1000);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.count("stored") == 1);
  CHECK(host.settle() == ActionKind::idle);
}

TEST_CASE("a storage that refuses everything is asked no more than twice for each row") {
  ScriptedHost host;
  host.storage_fails = true;
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  host.settle();
  host.pass(1000);
  for (int i = 0; i < 3; ++i) CHECK(host.step() == ActionKind::store);
  for (int i = 0; i < 10; ++i) {
    host.pass(100000);
    CHECK(host.settle() == ActionKind::idle);
  }
  CHECK(host.count("pending") == 3);
  CHECK(host.count("stored") == 0);
}

TEST_CASE("without a collector events are stored and wait for one") {
  ScriptedHost clock;
  piste::Tracker tracker;
  const std::string buffer = tests::event_buffer({"c", "a", "", "", ""});
  CHECK(tracker.track(piste::EventKind::structured, {buffer.data(), static_cast<uint32_t>(buffer.size())},
                      clock.now()) == Status::ok);
  CHECK(tracker.next(clock.now()) == ActionKind::store);
  CHECK(tracker.next(clock.now()) == ActionKind::wait);
  CHECK(tracker.action().numbers[static_cast<uint32_t>(piste::Number::wait_ms)] == 1000);
  tracker.signal(Signal::flush, clock.now());
  CHECK(tracker.next(clock.now()) == ActionKind::wait);
  clock.pass(1000);
  CHECK(tracker.next(clock.now()) == ActionKind::store);
  CHECK(tracker.next(clock.now()) == ActionKind::idle);
  CHECK(tracker.set(Key::collector, "c.test") == Status::ok);
  CHECK(tracker.next(clock.now()) == ActionKind::send);
}

TEST_CASE("an outcome that is neither stored nor failed does not count as stored") {
  ScriptedHost host;
  host.confirms_later = true;
  CHECK(host.track() == Status::ok);
  host.settle();
  for (const int32_t outcome : {static_cast<int32_t>(Outcome::failed), -2, 1, 200, 204, 400, 500}) {
    CHECK(host.answer_to(1, outcome) == Status::ok);
    CHECK(host.count("stored") == 0);
  }
  CHECK(host.count("delivered") == 0);
}
