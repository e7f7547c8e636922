// The outputs of a tracker: when it sends, what shares a request, and how long it waits after failures.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::Key;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

namespace {

constexpr int32_t kOffline = -2;

}  // namespace

TEST_CASE("without events there is nothing to do, whatever is signalled") {
  ScriptedHost host;
  CHECK(host.settle() == ActionKind::idle);
  for (const Signal kind : {Signal::flush, Signal::online, Signal::visible, Signal::leaving, Signal::gone,
                            Signal::probe_lost, Signal::close}) {
    host.signal(kind);
    if (kind == Signal::probe_lost) CHECK(host.tracker.next(host.now()) == ActionKind::yield_probe);
    CHECK(host.settle() == ActionKind::idle);
  }
}

TEST_CASE("every event is stored before any is sent") {
  ScriptedHost host;
  for (int i = 0; i < 5; ++i) CHECK(host.track() == Status::ok);
  for (int i = 0; i < 5; ++i) CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::send);
  CHECK(host.last().events.size() == 5);
}

TEST_CASE("what has arrived is erased before anything new is stored, which makes room") {
  ScriptedHost host;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  CHECK(host.track("two") == Status::ok);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.step() == ActionKind::erase);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::send);
}

TEST_CASE("one request is under way at a time, and what comes meanwhile goes together") {
  ScriptedHost host;
  CHECK(host.track("first") == Status::ok);
  CHECK(host.rests());
  for (int i = 0; i < 10; ++i) {
    CHECK(host.track() == Status::ok);
    CHECK(host.rests());
  }
  CHECK(host.requests.size() == 1);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.requests.size() == 2);
  CHECK(host.last().events.size() == 10);
}

TEST_CASE("a batch is filled to the byte") {
  // Three rows: payload and sending time of each, commas, envelope.
  const size_t exactly = 3 * (500 - 19 + 22) + 2 + 88;
  const struct {
    size_t limit, expected;
  } rows[] = {{exactly, 3}, {exactly - 1, 2}, {exactly + 503, 3}, {exactly + 504, 4}, {1, 1}};
  for (const auto& row : rows) {
    ScriptedHost host;
    CHECK(host.set(Key::batch_bytes, std::to_string(row.limit)) == Status::ok);
    for (int i = 0; i < 6; ++i) CHECK(host.track_bytes(500) == Status::ok);
    host.settle();
    CHECK(host.last().events.size() == row.expected);
    CHECK((host.last().body.size() <= row.limit || row.expected == 1));
    if (row.expected == 3 && row.limit == exactly) CHECK(host.last().body.size() == exactly);
  }
}

TEST_CASE("an event that is over the limit goes out alone and blocks nobody") {
  ScriptedHost host;
  CHECK(host.track_bytes(200) == Status::ok);
  CHECK(host.track_bytes(300000) == Status::ok);
  CHECK(host.track_bytes(200) == Status::ok);
  for (const bool is_large : {false, true, false}) {
    host.settle();
    CHECK(host.last().events.size() == 1);
    CHECK((host.last().body.size() > 300000) == is_large);
    CHECK(host.last().keepalive == !is_large);
    CHECK(host.answer(200) == Status::ok);
  }
  host.settle();
  CHECK(host.count("delivered") == 3);
}

TEST_CASE("a GET request carries one event and no body") {
  ScriptedHost host;
  CHECK(host.set(Key::method, "get") == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  for (int i = 0; i < 3; ++i) {
    host.settle();
    CHECK(host.last().body.empty());
    CHECK(host.last().url.rfind("https://c.test/i?stm=1700000000000&e=se&se_ca=c&se_ac=a&eid=", 0) == 0);
    CHECK(host.answer(200) == Status::ok);
  }
  host.settle();
  CHECK(host.requests.size() == 3);
  CHECK(host.count("delivered") == 3);
}

TEST_CASE("anonymous events and others never share a request") {
  ScriptedHost host;
  for (const std::string_view anonymous : {"0", "1", "1", "0"}) {
    CHECK(host.set(Key::anonymous, anonymous) == Status::ok);
    CHECK(host.track() == Status::ok);
  }
  for (const size_t expected : {1U, 2U, 1U}) {
    host.settle();
    CHECK(host.last().events.size() == expected);
    CHECK(host.last().anonymous == (expected == 2));
    CHECK(host.answer(200) == Status::ok);
  }
}

TEST_CASE("the URL is made of the collector and the path as they are when the request goes out") {
  const struct {
    std::string_view collector, page_url, path, expected;
  } rows[] = {
      {"https://c.test/", "", "/a/b", "https://c.test/a/b"},
      {"c.test", "http://a.test/", "a/b", "http://c.test/a/b"},
      {"c.test:9090", "https://a.test/", "/a", "https://c.test:9090/a"},
      {"http://c.test/x", "https://a.test/", "", "http://c.test/x/"},
  };
  for (const auto& row : rows) {
    ScriptedHost host;
    CHECK(host.track() == Status::ok);
    CHECK(host.set(Key::collector, row.collector) == Status::ok);
    CHECK(host.set(Key::page_url, row.page_url) == Status::ok);
    CHECK(host.set(Key::post_path, row.path) == Status::ok);
    host.settle();
    CHECK(host.last().url == row.expected);
  }
}

TEST_CASE("an event waits for company as long as it may, and a full batch does not wait") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "3000") == Status::ok);
  CHECK(host.set(Key::batch_bytes, "1000") == Status::ok);
  CHECK(host.track_bytes(400) == Status::ok);
  CHECK(host.rests());
  CHECK(host.wait_ms() == 1000);
  host.pass(1000);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 2000);
  host.pass(1000);
  CHECK(host.track_bytes(400) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 1000);
  CHECK(host.requests.empty());
  CHECK(host.track_bytes(400) == Status::ok);
  CHECK(host.rests());
  CHECK(host.last().events.size() == 2);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 1000);
  host.pass(1000);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.last().events.size() == 1);
}

TEST_CASE("a flush ends the wait for company and for a retry's turn") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  CHECK(host.track() == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.requests.empty());
  host.signal(Signal::flush);
  CHECK(host.rests());
  CHECK(host.requests.size() == 1);
  CHECK(host.answer(kOffline) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  host.signal(Signal::flush);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 2);
}

TEST_CASE("the network's return ends the wait for a retry's turn, not that for company") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(kOffline) == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  host.signal(Signal::online);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 2);
  CHECK(host.answer(200) == Status::ok);

  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  CHECK(host.track() == Status::ok);
  host.signal(Signal::online);
  CHECK(host.settle() == ActionKind::wait);
  host.pass(1000);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.wait_ms() == 59000);
  CHECK(host.requests.size() == 2);
}

TEST_CASE("no signal shortens what the collector asked for") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(429, 30000) == Status::ok);
  for (const Signal kind : {Signal::flush, Signal::online, Signal::leaving, Signal::visible, Signal::close}) {
    host.signal(kind);
    CHECK(host.settle() == ActionKind::wait);
    CHECK(host.wait_ms() == 30000);
  }
  host.pass(30000);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.size() == 2);
}

TEST_CASE("after failures one request probes, later each time, until the collector is back") {
  ScriptedHost host;
  for (int i = 0; i < 100; ++i) CHECK(host.track_bytes(1000) == Status::ok);
  const double halves[] = {500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 150000, 150000};
  for (const double expected : halves) {
    CHECK(host.rests());
    CHECK(host.open_count() == 1);
    CHECK(host.answer(503) == Status::ok);
    CHECK(host.settle() == ActionKind::wait);
    CHECK(host.wait_ms() == expected);
    host.pass(expected);
  }
  CHECK(host.count("failures") == 11);
  CHECK(host.count("pending") == 100);
  host.settle();
  while (host.open_count() > 0) {
    host.answer_all(200);
    host.settle();
  }
  CHECK(host.count("pending") == 0);
  CHECK(host.stored.empty());
}

TEST_CASE("a failed request's events go first the next time, with those that came meanwhile") {
  ScriptedHost host;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  CHECK(host.track("two") == Status::ok);
  const std::vector<std::string> first = host.last().events;
  CHECK(host.answer(500) == Status::ok);
  host.run();
  CHECK(host.last().events.size() == 2);
  CHECK(host.last().events[0] == first[0]);
  CHECK_FALSE(host.last().keepalive);
}
