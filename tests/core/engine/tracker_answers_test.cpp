// What comes back to a tracker: answers of the collector, early, late, doubled or senseless, and what they count.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::Key;
using piste::Status;
using tests::ScriptedHost;

namespace {

constexpr int32_t kOffline = -2;

/// Answers like a collector that refuses each request with an event of action "bad", until nothing is pending.
void answer_by_content(ScriptedHost& host, int32_t refusal) {
  for (int i = 0; i < 1000 && host.count("pending") > 0; ++i) {
    host.run();
    const bool bad = host.last().body.find(R"("se_ac":"bad")") != std::string::npos;
    (void)host.answer(bad ? refusal : 200);
  }
  host.settle();
}

size_t sent_alone(const ScriptedHost& host) {
  return static_cast<size_t>(std::count_if(host.requests.begin(), host.requests.end(),
                                           [](const tests::Request& one) { return one.events.size() == 1; }));
}

}  // namespace

TEST_CASE("answers to unknown ids change nothing") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  const double id = host.last().id;
  for (const double unknown : {0.0, -1.0, 0.5, id + 1, 1e300, static_cast<double>(__builtin_nan(""))}) {
    for (const int32_t outcome : {200, 400, 500, -1, -2, 0}) CHECK(host.answer_to(unknown, outcome) == Status::ok);
  }
  CHECK(host.count("failures") == 0);
  CHECK(host.answer_to(id, 200) == Status::ok);
  for (const int32_t late : {200, 400, 500, kOffline, 0}) CHECK(host.answer_to(id, late) == Status::ok);
  CHECK(host.count("delivered") == 1);
  CHECK(host.count("failures") == 0);
}

TEST_CASE("every outcome that is neither success nor final keeps the events") {
  for (const int32_t outcome : {-2, -1, 0, 100, 301, 404, 408, 414, 429, 500, 503, 599}) {
    ScriptedHost host;
    CHECK(host.track() == Status::ok);
    host.settle();
    CHECK(host.answer(outcome) == Status::ok);
    CHECK(host.count("pending") == 1);
    host.run();
    CHECK(host.requests.size() == 2);
    CHECK(host.answer(204) == Status::ok);
    CHECK(host.count("delivered") == 1);
  }
}

TEST_CASE("a status that no retry changes ends an event that was alone, and is told with it") {
  for (const int32_t status : {400, 401, 403, 410, 413, 422}) {
    ScriptedHost host;
    CHECK(host.track("one") == Status::ok);
    host.settle();
    CHECK(host.track("two") == Status::ok);
    CHECK(host.answer(status) == Status::rejected);
    CHECK(host.count("rejected/" + std::to_string(status)) == 1);
    host.settle();
    REQUIRE(host.ended.size() == 1);
    CHECK(host.ended[0].id == 1);
    CHECK(host.ended[0].why == Status::rejected);
    CHECK(host.ended[0].outcome == status);
    CHECK(host.last().events.size() == 1);
    CHECK(host.answer(202) == Status::ok);
    host.settle();
    CHECK(host.ended.back().why == Status::ok);
    CHECK(host.ended.back().outcome == 202);
    CHECK(host.stored.empty());
  }
}

TEST_CASE("a refused request of two is sent again one by one, at once, and is no failure") {
  for (const int32_t status : {400, 401, 403, 410, 413, 422}) {
    ScriptedHost host;
    CHECK(host.track("bad") == Status::ok);
    CHECK(host.track("good") == Status::ok);
    host.settle();
    CHECK(host.track("three") == Status::ok);
    CHECK(host.answer(status) == Status::ok);
    CHECK(host.count("pending") == 3);
    CHECK(host.count("failures") == 0);
    CHECK(host.rests());
    CHECK(host.ended.empty());
    CHECK(host.last().events.size() == 1);
    answer_by_content(host, status);
    CHECK(host.count("rejected/" + std::to_string(status)) == 1);
    CHECK(host.count("delivered") == 2);
    CHECK(host.stored.empty());
  }
}

TEST_CASE("the one event of many that the collector refuses is found, wherever it stands, and all others arrive") {
  const struct { int count, most_requests; } rows[] = {{2, 3}, {3, 5}, {4, 5}, {8, 7}, {13, 9}, {16, 9}};
  for (const auto& row : rows) {
    for (int bad = 0; bad < row.count; ++bad) {
      CAPTURE(row.count, bad);
      ScriptedHost host;
      for (int i = 0; i < row.count; ++i) CHECK(host.track(i == bad ? "bad" : "good") == Status::ok);
      answer_by_content(host, 422);
      CHECK(host.count("rejected/422") == 1);
      CHECK(host.count("delivered") == row.count - 1);
      CHECK(host.requests.size() <= static_cast<size_t>(row.most_requests));
      const auto refused = std::find_if(host.ended.begin(), host.ended.end(),
                                        [](const tests::Ended& one) { return one.why == Status::rejected; });
      REQUIRE(refused != host.ended.end());
      CHECK(refused->id == bad + 1);
      CHECK(refused->outcome == 422);
    }
  }
}

TEST_CASE("one bad event among a thousand costs few requests") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_bytes, "60000") == Status::ok);
  for (int i = 0; i < 256; ++i) CHECK(host.track(i == 100 ? "bad" : "good") == Status::ok);
  host.settle();
  REQUIRE(host.last().events.size() == 256);
  answer_by_content(host, 400);
  CHECK(host.count("delivered") == 255);
  CHECK(host.requests.size() <= 17);
}

TEST_CASE("a failure while the bad event is looked for starts nothing anew") {
  ScriptedHost host;
  for (int i = 0; i < 8; ++i) CHECK(host.track(i == 5 ? "bad" : "good") == Status::ok);
  host.settle();
  CHECK(host.answer(422) == Status::ok);
  host.settle();
  CHECK(host.last().events.size() == 4);
  CHECK(host.answer(503) == Status::ok);
  host.run();
  CHECK(host.last().events.size() == 4);
  answer_by_content(host, 422);
  CHECK(host.count("delivered") == 7);
}

TEST_CASE("a collector that refuses everything does not get each event alone") {
  ScriptedHost host;
  for (int i = 0; i < 300; ++i) CHECK(host.track("bad") == Status::ok);
  answer_by_content(host, 403);
  CHECK(host.count("rejected/403") == 300);
  CHECK(sent_alone(host) <= 5);
  CHECK(host.requests.size() <= 30);
  CHECK(host.stored.empty());

  for (int i = 0; i < 10; ++i) CHECK(host.track(i == 3 ? "bad" : "good") == Status::ok);
  host.settle();
  CHECK(host.answer(403) == Status::rejected);
  CHECK(host.count("rejected/403") == 310);
  CHECK(host.track("good") == Status::ok);
  answer_by_content(host, 403);
  for (int i = 0; i < 10; ++i) CHECK(host.track(i == 3 ? "bad" : "good") == Status::ok);
  answer_by_content(host, 403);
  CHECK(host.count("rejected/403") == 311);
}

TEST_CASE("every event that ended is told once, with its row") {
  ScriptedHost host;
  for (int i = 0; i < 5; ++i) CHECK(host.track() == Status::ok);
  host.settle();
  const std::map<double, std::string> rows = host.stored;
  CHECK(host.answer(200) == Status::ok);
  for (int i = 0; i < 5; ++i) CHECK(host.step() == ActionKind::erase);
  CHECK(host.step() == ActionKind::idle);
  for (size_t i = 0; i < 5; ++i) {
    CHECK(host.ended[i].id == static_cast<double>(i) + 1);
    CHECK(host.ended[i].row == rows.at(host.ended[i].id));
    CHECK(host.ended[i].outcome == 200);
  }
}

TEST_CASE("the wait is told from the failure on, however long the request took") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  host.pass(15000);
  CHECK(host.answer(500) == Status::ok);
  CHECK(host.count("retryInMs") == 500);
}

TEST_CASE("the statistics tell what is under way and when it goes on") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.count("inFlight") == 1);
  CHECK(host.count("stored") == 1);
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
  CHECK(host.count("stored") == 0);
}
