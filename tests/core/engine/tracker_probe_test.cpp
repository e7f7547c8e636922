// A collector that is down: of all trackers that use it one tries, and the others wait until it gave the right up.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::Probe;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

namespace {

/// A host whose only request failed, with the probe asked for and not granted.
void fail_first(ScriptedHost& host) {
  host.grants_probe = false;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(503) == Status::ok);
}

}  // namespace

TEST_CASE("after a failure the probe is asked for once, and given up after a success, before anything is sent") {
  ScriptedHost host;
  fail_first(host);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::claim_probe);
  CHECK(host.step() == ActionKind::idle);
  host.grant();
  CHECK(host.settle() == ActionKind::wait);
  host.pass(host.wait_ms());
  CHECK(host.step() == ActionKind::send);
  CHECK(host.answer(502) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  host.pass(host.wait_ms());
  CHECK(host.step() == ActionKind::send);
  CHECK(host.track() == Status::ok);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.step() == ActionKind::erase);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::yield_probe);
  CHECK(host.step() == ActionKind::send);
  CHECK(host.probe == Probe::none);
}

TEST_CASE("without the probe nothing is sent, however long it takes and whatever is signalled") {
  ScriptedHost host;
  fail_first(host);
  CHECK(host.settle() == ActionKind::idle);
  for (const Signal kind : {Signal::online, Signal::flush, Signal::leaving, Signal::visible, Signal::close}) {
    host.pass(1e7);
    host.signal(kind);
    CHECK(host.settle() == ActionKind::idle);
  }
  CHECK(host.requests.size() == 1);
  host.grant();
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 2);
}

TEST_CASE("a probe that is granted late is used at once, and one that is granted early waits for its turn") {
  ScriptedHost early;
  fail_first(early);
  early.settle();
  early.grant();
  CHECK(early.settle() == ActionKind::wait);
  CHECK(early.wait_ms() == 500);

  ScriptedHost late;
  fail_first(late);
  late.settle();
  late.pass(500);
  late.grant();
  CHECK(late.step() == ActionKind::send);
}

TEST_CASE("who lost the probe waits until it is granted again") {
  ScriptedHost host;
  fail_first(host);
  host.settle();
  host.grant();
  host.take_probe_away();
  host.pass(1e6);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 1);
  host.grant();
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 2);
}

TEST_CASE("who lost the probe while its request was under way still counts the answer, and leaves the queue") {
  ScriptedHost host;
  fail_first(host);
  host.settle();
  host.grant();
  host.pass(500);
  CHECK(host.step() == ActionKind::send);
  host.take_probe_away();
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.step() == ActionKind::erase);
  CHECK(host.step() == ActionKind::yield_probe);
  CHECK(host.step() == ActionKind::idle);
}

TEST_CASE("a request from before the failure that succeeds opens the gate, and the queue is left") {
  ScriptedHost host;
  host.grants_probe = false;
  CHECK(host.set(piste::Key::batch_bytes, "1") == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  host.signal(Signal::leaving);
  host.settle();
  REQUIRE(host.open_count() == 3);
  host.signal(Signal::visible);
  CHECK(host.answer_to(host.requests[0].id, 503) == Status::ok);
  host.settle();
  CHECK(host.probe == Probe::asked);
  CHECK(host.answer_to(host.requests[1].id, 200) == Status::ok);
  host.settle();
  CHECK(host.probe == Probe::none);
  CHECK(host.answer_to(host.requests[2].id, 200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 4);
}

TEST_CASE("a failure right after a success asks for the probe anew") {
  ScriptedHost host;
  fail_first(host);
  host.settle();
  host.grant();
  host.run();
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(503) == Status::ok);
  host.settle();
  CHECK(host.probe == Probe::asked);
}

TEST_CASE("who has nothing left to send gives the probe up, and asks again when there is an event") {
  ScriptedHost host;
  fail_first(host);
  host.settle();
  host.grant();
  host.settle();
  // Its rows go to another owner, and so must the right to try them.
  host.signal(Signal::gone);
  host.signal(Signal::visible);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.probe == Probe::none);
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::claim_probe);
}

TEST_CASE("a probe that is granted when the page is gone is given up") {
  ScriptedHost host;
  host.storage_fails = true;
  fail_first(host);
  host.settle();
  host.signal(Signal::gone);
  host.tracker.signal(Signal::probe_granted, host.now());
  CHECK(host.tracker.next(host.now()) == ActionKind::yield_probe);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 1);
}

TEST_CASE("a probe that nobody asked for is given up") {
  piste::Tracker tracker;
  ScriptedHost clock;
  tracker.signal(Signal::probe_granted, clock.now());
  CHECK(tracker.next(clock.now()) == ActionKind::yield_probe);
  CHECK(tracker.next(clock.now()) == ActionKind::idle);
}

TEST_CASE("a page that is gone asks for no probe, and one that comes back does") {
  ScriptedHost host;
  host.storage_fails = true;
  fail_first(host);
  host.settle();
  host.signal(Signal::gone);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.probe == Probe::none);
  host.signal(Signal::visible);
  CHECK(host.step() == ActionKind::claim_probe);
  host.grant();
  host.run();
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.count("delivered") == 1);
}

TEST_CASE("after days offline everything arrives, oldest first, one request at a time") {
  ScriptedHost host;
  for (int i = 0; i < 1000; ++i) {
    CHECK(host.track_bytes(1000) == Status::ok);
    if (i % 50 == 0) {
      host.settle();
      host.answer_all(-2);
      host.pass(86400000.0 / 10);
    }
  }
  host.signal(Signal::online);
  std::string last;
  for (int i = 0; i < 1000 && host.count("pending") > 0; ++i) {
    host.run();
    REQUIRE(host.open_count() == 1);
    CHECK(host.answer(200) == Status::ok);
  }
  CHECK(host.count("delivered") == 1000);
  host.settle();
  for (size_t i = 1; i < host.ended.size(); ++i) CHECK(host.ended[i - 1].id < host.ended[i].id);
  CHECK(host.requests.size() < 60);
}
