// Rows that change their owner: those of earlier pages that a tracker takes over, and its own that it leaves behind.
#include <catch2/catch_test_macros.hpp>

#include "support/scripted_host.h"

using piste::ActionKind;
using piste::EventKind;
using piste::Key;
using piste::Signal;
using piste::Status;
using tests::ScriptedHost;

namespace {

constexpr double kDayMs = 86400000;

/// A row of an event of the page `age_ms` before the host's start.
std::string row_of(double age_ms, const std::string& id, char priority = '1') {
  const auto taken_ms = static_cast<long long>(1e13 + ScriptedHost::kStartWallMs - age_ms);
  return std::string("2p-") + priority + std::to_string(taken_ms) + R"({"e":"pv","eid":")" + id + "\"}\n";
}

/// Gives the page's rows up as a page does that is put away.
void go(ScriptedHost& host) {
  host.signal(Signal::leaving);
  host.settle();
  host.signal(Signal::gone);
}

}  // namespace

TEST_CASE("a stored row is taken over by the next tracker, stays where it is, and goes out as it was") {
  ScriptedHost before;
  CHECK(before.set(Key::anonymous, "1") == Status::ok);
  CHECK(before.track("kept") == Status::ok);
  before.settle();
  REQUIRE(before.stored.size() == 1);

  ScriptedHost after;
  CHECK(after.track("own") == Status::ok);
  after.settle();
  CHECK(after.restore(before.stored.begin()->second) == Status::ok);
  const double id = after.number(piste::Number::id);
  CHECK(id > 2);
  CHECK(after.count("restored") == 1);
  CHECK(after.count("stored") == 2);
  CHECK(after.answer(200) == Status::ok);
  CHECK(after.step() == ActionKind::erase);
  CHECK(after.settle() == ActionKind::idle);
  CHECK(after.last().anonymous);
  CHECK(after.last().events == before.last().events);
  CHECK(after.answer(200) == Status::ok);
  after.settle();
  CHECK(after.stored.empty());
  CHECK(after.ended.back().id == id);
}

TEST_CASE("rows of older pages go out before younger ones, whatever the order in which they were found") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "10") == Status::ok);
  CHECK(host.track("own") == Status::ok);
  CHECK(host.restore(row_of(2000, "c")) == Status::ok);
  CHECK(host.restore(row_of(9000, "a")) == Status::ok);
  CHECK(host.restore(row_of(-5000, "e")) == Status::ok);
  CHECK(host.restore(row_of(5000, "b")) == Status::ok);
  CHECK(host.restore(row_of(2000, "d")) == Status::ok);
  host.pass(10);
  host.settle();
  std::string order;
  for (const std::string& event : host.last().events) {
    const size_t at = event.find(R"("eid":")") + 7;
    order += event[at + 1] == '"' ? event[at] : '-';
  }
  CHECK(order == "abcd-e");
}

TEST_CASE("a row that cannot be read is counted and is none of the pending") {
  ScriptedHost host;
  for (const std::string_view row :
       {"", "2p-", "2p-111700000000000", "1p-{\"e\":\"pv\"}", "2p-111700000000000{\"e\":\"p",
        "9p-111700000000000{\"e\":\"pv\"}", "\xFF\xFF\xFF\xFF\xFF"}) {
    CHECK(host.restore(row) == Status::unreadable_row);
  }
  CHECK(host.count("restored") == 7);
  CHECK(host.count("dropped/unreadable") == 7);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.ended.empty());
}

TEST_CASE("a row that is older than 30 days is counted as expired") {
  ScriptedHost host;
  CHECK(host.restore(row_of(30 * kDayMs, "young")) == Status::ok);
  CHECK(host.restore(row_of(30 * kDayMs + 1, "old")) == Status::expired);
  CHECK(host.restore("2p-110000000000000{\"e\":\"pv\"}\n") == Status::expired);
  CHECK(host.count("restored") == 3);
  CHECK(host.count("dropped/expired") == 2);
  host.settle();
  CHECK(host.last().events.size() == 1);
  CHECK(host.ended.empty());
}

TEST_CASE("a row of the future is taken") {
  ScriptedHost host;
  CHECK(host.restore(row_of(-400 * kDayMs, "future")) == Status::ok);
  host.settle();
  CHECK(host.answer(200) == Status::ok);
}

TEST_CASE("a row for which there is no room is none of this tracker's, however valuable") {
  ScriptedHost host;
  for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(104857, "0") == Status::ok);
  CHECK(host.restore(row_of(0, std::string(1000, 'x'), '2')) == Status::queue_full);
  CHECK(host.count("restored") == 0);
  CHECK(host.count("accepted") == 20);
  CHECK(host.count("dropped/evicted") == 0);
}

TEST_CASE("a closed tracker takes no rows over, and counts none") {
  ScriptedHost host;
  host.signal(Signal::close);
  CHECK(host.restore(row_of(0, "a")) == Status::closed);
  CHECK(host.restore("broken") == Status::closed);
  CHECK(host.count("accepted") == 0);
}

TEST_CASE("rows of each form are sent as they were made, whatever the method is now") {
  ScriptedHost host;
  CHECK(host.restore("2g-111700000000000e=pv&p=web&eid=1\n") == Status::ok);
  CHECK(host.restore("2p-111700000000000{\"e\":\"pv\",\"eid\":\"2\"}\n") == Status::ok);
  CHECK(host.restore("2pa111700000000000{\"e\":\"pv\",\"eid\":\"3\"}\n") == Status::ok);
  for (const bool is_get : {true, false, false}) {
    host.settle();
    CHECK(host.last().body.empty() == is_get);
    CHECK(host.answer(200) == Status::ok);
  }
  CHECK(host.requests.size() == 3);
  CHECK(host.last().anonymous);
  CHECK(host.count("delivered") == 3);
}

TEST_CASE("a row that was taken over makes room as its own priority says") {
  ScriptedHost host;
  CHECK(host.restore(row_of(0, std::string(1000, 'l'), '0')) == Status::ok);
  CHECK(host.restore(row_of(0, std::string(1000, 'h'), '2')) == Status::ok);
  while (host.track_bytes(104857) == Status::ok && host.count("dropped/evicted") == 0) {}
  while (host.track_bytes(1100) == Status::ok && host.count("dropped/evicted") == 0) {}
  CHECK(host.count("dropped/evicted") == 1);
  host.settle();
  CHECK(host.ended.at(0).row == row_of(0, std::string(1000, 'l'), '0'));
}

TEST_CASE("a page that is gone forgets its stored rows, which leave its ledger, and keeps the others") {
  ScriptedHost host;
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(host.track("stored") == Status::ok);
  host.settle();
  host.storage_fails = true;
  CHECK(host.track("unstored") == Status::ok);
  host.settle();
  host.signal(Signal::gone);
  CHECK(host.count("accepted") == 1);
  CHECK(host.count("pending") == 1);
  CHECK(host.count("stored") == 0);
  CHECK(host.stored.size() == 3);
  host.signal(Signal::flush);
  host.settle();
  REQUIRE(host.requests.size() == 1);
  CHECK(host.last().events.size() == 1);
  CHECK(host.last().body.find("unstored") != std::string::npos);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.ended.size() == 1);
}

TEST_CASE("what is delivered after the page is gone is not counted twice") {
  ScriptedHost host;
  host.confirms_later = true;
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  host.settle();
  host.confirm(1);
  host.confirm(2);
  host.signal(Signal::gone);
  CHECK(host.count("accepted") == 1);
  CHECK(host.answer(200) == Status::ok);
  CHECK(host.count("delivered") == 1);
  CHECK(host.count("pending") == 0);
  host.settle();
  CHECK(host.ended.size() == 1);
  CHECK(host.ended[0].id == 3);
}

TEST_CASE("a confirmation that comes when the page is gone gives its row away, too") {
  ScriptedHost host;
  host.confirms_later = true;
  CHECK(host.set(Key::batch_wait_ms, "60000") == Status::ok);
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  host.settle();
  host.signal(Signal::gone);
  CHECK(host.count("pending") == 3);
  host.confirm(2);
  CHECK(host.count("pending") == 2);
  CHECK(host.count("accepted") == 2);
  host.confirm(2 + 1);
  host.confirm(1);
  CHECK(host.count("accepted") == 0);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.ended.empty());
}

TEST_CASE("an event of a page that is gone belongs to whoever comes next as soon as it is stored") {
  ScriptedHost host;
  go(host);
  CHECK(host.track() == Status::ok);
  CHECK(host.step() == ActionKind::store);
  CHECK(host.count("accepted") == 0);
  CHECK(host.settle() == ActionKind::idle);
  CHECK(host.requests.empty());
}

TEST_CASE("a page that comes back takes its rows over again and goes on as before") {
  ScriptedHost host;
  CHECK(host.track("before") == Status::ok);
  host.settle();
  CHECK(host.answer(503) == Status::ok);
  go(host);
  CHECK(host.count("accepted") == 0);
  CHECK(host.settle() == ActionKind::idle);
  host.pass(60000);
  host.signal(Signal::visible);
  const std::string row = host.stored.at(1);
  host.stored.clear();
  CHECK(host.restore(row) == Status::ok);
  CHECK(host.track("after") == Status::ok);
  host.run();
  CHECK(host.last().events.size() == 2);
  CHECK(host.answer(200) == Status::ok);
  host.settle();
  CHECK(host.count("delivered") == 2);
  CHECK(host.count("accepted") == 2);
  CHECK(host.stored.empty());
  CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.count("pending") == 1);
}

TEST_CASE("being gone twice is being gone once") {
  ScriptedHost host;
  CHECK(host.track() == Status::ok);
  host.settle();
  go(host);
  go(host);
  CHECK(host.count("accepted") == 0);
  host.signal(Signal::visible);
  CHECK(host.settle() == ActionKind::idle);
}
