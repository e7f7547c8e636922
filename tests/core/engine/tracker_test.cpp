// The inputs of a tracker: events, rows, signals and answers, each with what becomes of it.
#include "engine/tracker.h"

#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"
#include "support/texts.h"

using piste::ActionKind;
using piste::EventKind;
using piste::Key;
using piste::Signal;
using piste::Status;
using tests::event_buffer;
using tests::ScriptedHost;

namespace {

constexpr int32_t kOffline = -2;

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("an event is stored, sent, and erased when it has arrived") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.stored.size() == 1);
  CHECK(host.step() == ActionKind::send);
  CHECK(host.last().url == "https://c.test/com.snowplowanalytics.snowplow/tp2");
  CHECK(host.step() == ActionKind::idle);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.step() == ActionKind::erase);
  CHECK(host.step() == ActionKind::idle);
  CHECK(host.stored.empty());
  CHECK(host.count("delivered") == 1);
}

TEST_CASE("an event that is refused is counted with its reason") {
  const struct {
    EventKind kind;
    std::string buffer;
    Status expected;
    const char* reason;
  } rows[] = {
      {EventKind::structured, "", Status::malformed_event, "invalid"},
      {EventKind::structured, event_buffer({"c", "a", "", "", "x"}), Status::invalid_number, "invalid"},
      {EventKind::structured, event_buffer({"", "a", "", "", ""}), Status::missing_field, "invalid"},
      {EventKind::page_view, event_buffer({"\xFF"}), Status::invalid_utf8, "invalid"},
      {EventKind::page_view, event_buffer({""}, {"{}", "", "", ""}), Status::malformed_event, "invalid"},
      {EventKind::page_view, std::string(500001, 'x'), Status::too_large, "too_large"},
  };
  ScriptedHost host;
  for (const auto& row : rows) {
    const std::string path = std::string("dropped/") + row.reason;
    const double before = host.count(path);
    CHECK(host.track(row.kind, row.buffer) == row.expected);
    CHECK(host.count(path) == before + 1);
  }
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.empty());
}

TEST_CASE("an event of exactly the largest size is taken") {
  ScriptedHost host;
  const size_t around = event_buffer({"", "", "", "", ""}).size() + 1;
  CHECK(host.track(EventKind::structured, event_buffer({"c", std::string(500000 - around, 'x'), "", "", ""})) ==
        Status::ok);
  CHECK(host.track(EventKind::structured, event_buffer({"c", std::string(500001 - around, 'x'), "", "", ""})) ==
        Status::too_large);
}

TEST_CASE("what the host could not hand in is counted, other reasons are not taken") {
  ScriptedHost host;
  CHECK(host.refuse(Status::too_large) == Status::too_large);
  CHECK(host.refuse(Status::unserialisable) == Status::unserialisable);
  CHECK(host.refuse(Status::unserialisable) == Status::unserialisable);
  CHECK(host.refuse(Status::queue_full) == Status::queue_full);
  for (const Status other : {Status::ok, Status::invalid_argument, Status::invalid_utf8, Status::closed,
                             Status::rejected, Status::no_memory, Status::internal, static_cast<Status>(77)}) {
    CHECK(host.refuse(other) == Status::invalid_argument);
  }
  CHECK(host.count("dropped/too_large") == 1);
  CHECK(host.count("dropped/unserialisable") == 2);
  CHECK(host.count("dropped/queue_full") == 1);
  CHECK(host.count("accepted") == 4);
}

TEST_CASE("a full outbox refuses events until there is room again") {
  ScriptedHost host;
  for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(104857) == Status::ok);
  CHECK(host.track_bytes(1000) == Status::queue_full);
  CHECK(host.track_bytes(1000) == Status::queue_full);
  CHECK(host.count("dropped/queue_full") == 2);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.track_bytes(1000) == Status::ok);
  CHECK(host.count("pending") == 20);
}

TEST_CASE("a stored row is taken over by the next tracker and goes out as it was") {
  ScriptedHost before;
  CHECK(before.set(Key::anonymous, "1") == Status::ok);
  CHECK(before.track("kept") == Status::ok);
  before.settle();
  REQUIRE(before.stored.size() == 1);

  ScriptedHost after;
  CHECK(after.restore(before.stored.begin()->second) == Status::ok);
  CHECK(after.count("restored") == 1);
  CHECK(after.step() == ActionKind::store);
  CHECK(after.step() == ActionKind::send);
  CHECK(after.last().anonymous);
  CHECK(after.last().events == before.last().events);
  CHECK(after.answer(200) == Status::ok);
  after.settle();
  CHECK(after.stored.empty());
}

TEST_CASE("a row that cannot be read is counted and forgotten") {
  ScriptedHost host;
  for (const std::string_view row : {"", "1p-", "9p-{\"e\":\"pv\"}", "1p-{\"e\":\"p", "\xFF\xFF\xFF\xFF\xFF"}) {
    CHECK(host.restore(row) == Status::unreadable_row);
  }
  CHECK(host.count("restored") == 5);
  CHECK(host.count("dropped/unreadable") == 5);
  CHECK(host.settle() == ActionKind::idle);
}

TEST_CASE("a row for which there is no room is none of this tracker's") {
  ScriptedHost host;
  for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(104857) == Status::ok);
  CHECK(host.restore("1p-{\"e\":\"" + std::string(1000, 'x') + "\"}") == Status::queue_full);
  CHECK(host.count("restored") == 0);
  CHECK(host.count("accepted") == 20);
}

TEST_CASE("rows of each form are sent as they were made, whatever the method is now") {
  ScriptedHost host;
  CHECK(host.restore("1g-e=pv&p=web&eid=1") == Status::ok);
  CHECK(host.restore(R"(1p-{"e":"pv","eid":"2"})") == Status::ok);
  CHECK(host.restore(R"(1pa{"e":"pv","eid":"3"})") == Status::ok);
  for (const bool is_get : {true, false, false}) {
    host.settle();
    CHECK(host.last().body.empty() == is_get);
    CHECK(host.answer(200) == Status::ok);
  }
  CHECK(host.requests.size() == 3);
  CHECK(host.last().anonymous);
  CHECK(host.count("delivered") == 3);
}

TEST_CASE("a closed tracker takes no events and still sends what it has") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "10000") == Status::ok);
  CHECK(host.track() == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  host.signal(Signal::close);
  CHECK(host.track() == Status::closed);
  CHECK(host.track(EventKind::page_view, "not even read") == Status::closed);
  CHECK(host.count("dropped/closed") == 2);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.open_count() == 1);
  CHECK(host.answer(503) == Status::ok);
  host.run();
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.count("pending") == 0);
  CHECK(host.stored.empty());
}

TEST_CASE("answers to unknown ids change nothing") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  const double id = host.last().id;
  for (const double unknown : {0.0, -1.0, 0.5, id + 1, 1e300, static_cast<double>(__builtin_nan(""))}) {
    for (const int32_t outcome : {200, 400, 500, -1, -2, 0}) CHECK(host.answer(unknown, outcome) == Status::ok);
  }
  CHECK(host.count("failures") == 0);
  CHECK(host.answer(id, 200) == Status::ok);
  for (const int32_t late : {200, 400, 500, kOffline}) CHECK(host.answer(id, late) == Status::ok);
  CHECK(host.count("delivered") == 1);
  CHECK(host.count("failures") == 0);
}

TEST_CASE("a status that no retry changes ends the events of its request, and only those") {
  for (const int32_t status : {400, 401, 403, 410, 422}) {
    ScriptedHost host;
    CHECK(host.track("one") == Status::ok);
    CHECK(host.track("two") == Status::ok);
    host.settle();
    CHECK(host.track("three") == Status::ok);
    CHECK(host.answer(status) == Status::rejected);
    CHECK(host.count("rejected/" + std::to_string(status)) == 2);
    host.settle();
    CHECK(host.last().events.size() == 1);
    CHECK(host.answer(200) == Status::ok);
    host.settle();
    CHECK(host.stored.empty());
  }
}

TEST_CASE("a row that the storage refuses is sent all the same and never erased") {
  ScriptedHost host;
  host.storage_fails = true;
  CHECK(host.track("one") == Status::ok);
  host.settle();
  host.storage_fails = false;
  CHECK(host.track("two") == Status::ok);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.count("delivered") == 2);
  CHECK(host.stored.empty());
}

TEST_CASE("options that change later leave what was tracked before as it was") {
  ScriptedHost host;
  CHECK(host.set(Key::user_id, "before") == Status::ok);
  CHECK(host.track() == Status::ok);
  CHECK(host.set(Key::user_id, "after") == Status::ok);
  host.settle();
  CHECK(contains(host.last().body, R"("uid":"before")"));
}

TEST_CASE("the statistics tell what is under way and when it goes on") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.count("inFlight") == 1);
  CHECK(host.answer(500) == Status::ok);
  CHECK(host.count("inFlight") == 0);
  CHECK(host.count("failures") == 1);
  host.settle();
  CHECK(host.count("retryInMs") == 500);
  host.pass(499);
  host.settle();
  CHECK(host.count("retryInMs") == 1);
  host.pass(1);
  host.settle();
  CHECK(host.count("retryInMs") == 0);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.count("failures") == 0);
}
