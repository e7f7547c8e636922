// The ledger as text: the names of its counts, and which of them are left out.
#include "abi/stats_text.h"

#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"
#include "support/texts.h"

using piste::Status;
using tests::ScriptedHost;

namespace {

std::string text_of_stats(const piste::Tracker& tracker) {
  piste::Bytes out;
  return tests::string_of(piste::write_stats(out, tracker));
}

/// A row of this time.
std::string row_of(long long taken_ms) {
  return "2p-1" + std::to_string(10000000000000LL + taken_ms) + R"({"e":"pv","eid":")" + std::to_string(taken_ms) +
         "\"}\n";
}

}  // namespace

TEST_CASE("a new tracker's counts are there, and those of reasons that never occurred are not") {
  const piste::Tracker tracker;
  CHECK(text_of_stats(tracker) == R"({"accepted":0,"restored":0,"delivered":0,"pending":0,"rejected":{},"dropped":{},)"
                                  R"("stored":0,"inFlight":0,"failures":0,"retryInMs":0})");
}

TEST_CASE("every count has its name") {
  ScriptedHost host;
  int answers = 0;
  for (const int32_t status : {400, 401, 403, 410, 413, 422}) {
    ++answers;
    for (int i = 0; i < answers; ++i) {
      CHECK(host.track() == Status::ok);
      host.settle();
      CHECK(host.answer(status) == Status::rejected);
    }
  }
  CHECK(host.refuse(Status::unserialisable) == Status::unserialisable);
  for (int i = 0; i < 2; ++i) CHECK(host.refuse(Status::queue_full) == Status::queue_full);
  for (int i = 0; i < 3; ++i) CHECK(host.refuse(Status::too_large) == Status::too_large);
  for (int i = 0; i < 4; ++i) CHECK(host.track(piste::EventKind::page_view, "") == Status::malformed_event);
  for (int i = 0; i < 5; ++i) CHECK(host.restore("") == Status::unreadable_row);
  for (int i = 0; i < 6; ++i) CHECK(host.restore(row_of(i)) == Status::expired);
  CHECK(host.restore(row_of(1700000000000)) == Status::ok);
  host.settle();
  CHECK(host.answer(503, 9000) == Status::ok);
  for (int i = 0; i < 21; ++i) CHECK(host.track_bytes(99800, "0") == Status::ok);
  for (int i = 0; i < 7; ++i) CHECK(host.track_bytes(99800) == Status::ok);
  host.signal(piste::Signal::close);
  for (int i = 0; i < 8; ++i) CHECK(host.track() == Status::closed);
  host.settle();
  CHECK(text_of_stats(host.tracker) ==
        R"({"accepted":79,"restored":12,"delivered":0,"pending":22,)"
        R"("rejected":{"400":1,"401":2,"403":3,"410":4,"413":5,"422":6},)"
        R"("dropped":{"invalid":4,"too_large":3,"unserialisable":1,"queue_full":2,"closed":8,"unreadable":5,)"
        R"("evicted":7,"expired":6},"stored":22,"inFlight":0,"failures":1,"retryInMs":9000})");
}

TEST_CASE("the text is written anew each time") {
  ScriptedHost host;
  piste::Bytes out;
  const std::string before = tests::string_of(piste::write_stats(out, host.tracker));
  CHECK(tests::string_of(piste::write_stats(out, host.tracker)) == before);
  CHECK(host.track() == Status::ok);
  CHECK(tests::string_of(piste::write_stats(out, host.tracker)).rfind(R"({"accepted":1,)", 0) == 0);
}

TEST_CASE("events of a visitor who said no are counted as denied, and what is held is pending") {
  const auto event = tests::event_buffer({"c", "a", "", "", ""});
  piste::Tracker tracker;
  CHECK(tracker.set(piste::Key::consent, "hrg") == Status::ok);
  for (int i = 0; i < 2; ++i) {
    CHECK(tracker.track(piste::EventKind::structured, tests::text_of(event), {1.7e12, 0, {}}) == Status::ok);
  }
  CHECK(text_of_stats(tracker).find(R"("pending":2,"rejected":{},"dropped":{},)") != std::string::npos);
  CHECK(tracker.set(piste::Key::consent, "hrgd") == Status::ok);
  CHECK(text_of_stats(tracker) ==
        R"({"accepted":2,"restored":0,"delivered":0,"pending":0,"rejected":{},"dropped":{"denied":2},)"
        R"("stored":0,"inFlight":0,"failures":0,"retryInMs":0})");
}
