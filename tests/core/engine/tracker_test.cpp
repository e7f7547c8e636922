// The inputs of a tracker: events, rows and options, each with what becomes of it. Answers are in
// tracker_answers_test.cpp, rows of earlier pages in tracker_restore_test.cpp.
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

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Rows of this size fill the outbox: twenty of them, with 12 bytes left.
constexpr size_t kTwentieth = 104857;

}  // namespace

TEST_CASE("an event is stored, sent, and erased when it has arrived") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.stored.size() == 1);
  CHECK(host.step() == ActionKind::send);
  CHECK(host.last().url == "https://c.test/com.snowplowanalytics.snowplow/tp2");
  CHECK(host.rests());
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
      {EventKind::structured, event_buffer({"c", "a", "", "", ""}, {"", "", "", "3"}), Status::malformed_event,
       "invalid"},
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
  CHECK(host.ended.empty());
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
  for (const Status other :
       {Status::ok, Status::invalid_argument, Status::invalid_utf8, Status::closed, Status::rejected, Status::evicted,
        Status::expired, Status::no_memory, Status::internal, static_cast<Status>(77)}) {
    CHECK(host.refuse(other) == Status::invalid_argument);
  }
  CHECK(host.count("dropped/too_large") == 1);
  CHECK(host.count("dropped/unserialisable") == 2);
  CHECK(host.count("dropped/queue_full") == 1);
  CHECK(host.count("accepted") == 4);
}

TEST_CASE("a full outbox refuses events until there is room again") {
  ScriptedHost host;
  for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(kTwentieth) == Status::ok);
  CHECK(host.track_bytes(1000) == Status::queue_full);
  CHECK(host.track_bytes(1000) == Status::queue_full);
  CHECK(host.track_bytes(1000, "0") == Status::queue_full);
  CHECK(host.count("dropped/queue_full") == 3);
  CHECK(host.rests());
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.track_bytes(1000) == Status::ok);
  CHECK(host.count("pending") == 20);
}

TEST_CASE("in a full outbox events of lower priority make room, oldest first, and are told as evicted") {
  ScriptedHost host;
  for (int i = 0; i < 10; ++i) CHECK(host.track_bytes(kTwentieth, "0") == Status::ok);
  for (int i = 0; i < 10; ++i) CHECK(host.track_bytes(kTwentieth) == Status::ok);
  CHECK(host.track_bytes(1000) == Status::ok);
  CHECK(host.count("dropped/evicted") == 1);
  CHECK(host.count("pending") == 20);
  CHECK(host.step() == ActionKind::erase);
  CHECK(host.ended.size() == 1);
  CHECK(host.ended[0].id == 1);
  CHECK(host.ended[0].why == Status::evicted);
  CHECK(host.track_bytes(kTwentieth * 2, "2") == Status::ok);
  CHECK(host.count("dropped/evicted") == 3);
  CHECK(host.rests());
  CHECK(host.ended[1].id == 2);
  CHECK(host.ended[2].id == 3);
  CHECK(host.count("dropped/queue_full") == 0);
}

TEST_CASE("an event that was stored and is evicted is erased, and its confirmation that comes later is of no effect") {
  ScriptedHost host;
  host.confirms_later = true;
  for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(kTwentieth, "0") == Status::ok);
  host.settle();
  host.confirm(2);
  CHECK(host.count("stored") == 1);
  CHECK(host.answer(503) == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(host.track_bytes(kTwentieth, "2") == Status::ok);
  host.settle();
  CHECK(host.count("dropped/evicted") == 3);
  CHECK(host.count("stored") == 0);
  CHECK(host.stored.empty());
  host.confirm_all();
  CHECK(host.count("stored") == 20);
}

TEST_CASE("what is under way does not make room, and an event that finds none is refused") {
  ScriptedHost host;
  CHECK(host.track_bytes(499000, "0") == Status::ok);
  host.settle();
  REQUIRE(host.open_count() == 1);
  for (int i = 0; i < 3; ++i) CHECK(host.track_bytes(499000, "2") == Status::ok);
  CHECK(host.track_bytes(499000, "2") == Status::queue_full);
  CHECK(host.count("dropped/evicted") == 0);
  CHECK(host.answer(500) == Status::ok);
  CHECK(host.track_bytes(499000, "2") == Status::ok);
  CHECK(host.count("dropped/evicted") == 1);
}

TEST_CASE("a page ping is of low priority: it makes room for others, and no other for it") {
  ScriptedHost host;
  CHECK(host.track(EventKind::page_ping, event_buffer({"", "", "", "", ""})) == Status::ok);
  for (int i = 0; i < 19; ++i) CHECK(host.track_bytes(kTwentieth, "0") == Status::ok);
  while (host.track_bytes(130) == Status::ok && host.count("dropped/evicted") == 0) {}
  host.settle();
  CHECK(host.ended.at(0).row.find(R"("e":"pp")") != std::string::npos);
  CHECK(host.track(EventKind::page_ping, event_buffer({std::string(2000, 't'), "", "", "", ""})) == Status::queue_full);
}

TEST_CASE("a closed tracker takes no events and still sends what it has") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "10000") == Status::ok);
  CHECK(host.track() == Status::ok);
  CHECK(host.settle() == ActionKind::wait);
  CHECK(host.open_count() == 0);
  host.signal(Signal::close);
  CHECK(host.track() == Status::closed);
  CHECK(host.track(EventKind::page_view, "not even read") == Status::closed);
  CHECK(host.count("dropped/closed") == 2);
  CHECK(host.rests());
  CHECK(host.open_count() == 1);
  CHECK(host.answer(503) == Status::ok);
  host.run();
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.count("pending") == 0);
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

TEST_CASE("a row begins with what the event was when it was tracked") {
  ScriptedHost host;
  host.pass(77);
  CHECK(host.set(Key::anonymous, "1") == Status::ok);
  CHECK(host.track("a", "2") == Status::ok);
  CHECK(host.set(Key::anonymous, "0") == Status::ok);
  CHECK(host.set(Key::method, "get") == Status::ok);
  host.pass(1);
  CHECK(host.track("b", "0") == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.stored.at(1).rfind(R"(2pa211700000000077{"e":"se","se_ca":"c","se_ac":"a",)", 0) == 0);
  CHECK(host.stored.at(2).rfind("2g-011700000000078e=se&se_ca=c&se_ac=b&", 0) == 0);
}
