// When a session begins and goes on, what is kept of it outside, and what events carry.
#include "policy/session.h"

#include <catch2/catch_test_macros.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/texts.h"

using piste::Identity;
using piste::Key;
using piste::Moment;
using piste::Session;
using piste::Settings;
using piste::Status;
using tests::string_of;
using tests::text_of;

namespace {

constexpr double kStartMs = 1700000000400;
constexpr double kTimeoutMs = 1800000;
const std::string kKnown = "d.1600000000.3.1699999000.1699990000.S.P.F.1699998000123.7";

/// A visitor's tracker and its host.
struct Visit {
  Settings settings;
  Session session{settings};
  double now_ms = kStartMs;
  uint8_t fill = 0;

  explicit Visit(std::string_view identity = "1", std::string_view anonymity = "0") {
    set(Key::identity, identity);
    set(Key::anonymity, anonymity);
  }

  void set(Key key, std::string_view value) { REQUIRE(settings.set(key, text_of(value)) == Status::ok); }

  /// As the engine does it: what comes next begins as the tracker began.
  void set_anonymity(std::string_view value) {
    set(Key::anonymity, value);
    session.begin_anew();
  }

  /// A moment whose entropy no other has.
  Moment moment() {
    Moment now{now_ms, 0, {}};
    memset(now.entropy, ++fill, sizeof now.entropy);
    return now;
  }

  void find(std::string_view identity, bool marker) {
    session.find_identity(text_of(identity));
    session.find_marker(marker);
  }

  void begin() { session.begin(now_ms, moment()); }
  void renew() { session.renew(now_ms, moment()); }
  void track(std::string_view event_id = "E") { session.take_event(text_of(event_id), now_ms, now_ms, moment()); }

  /// All that is to be done outside, in its order.
  std::string chores() {
    std::string names;
    while (const uint32_t chore = session.take_chore()) {
      const char* const known[] = {"erase-identity", "erase-marker", "identity", "marker", "news"};
      uint32_t place = 0;
      while (chore >> place != 1) ++place;
      names += (names.empty() ? "" : " ") + std::string(known[place]);
    }
    return names;
  }

  std::string text() const {
    return tests::written([&](piste::Bytes& out) { session.append_text(out); });
  }

  std::vector<std::string> fields() const {
    std::vector<std::string> fields;
    std::istringstream in(text());
    for (std::string field; std::getline(in, field, '.');) fields.push_back(field);
    REQUIRE(fields.size() == 10);
    return fields;
  }

  std::string user_id() const { return fields()[0]; }
  std::string session_index() const { return fields()[2]; }
  std::string session_id() const { return fields()[5]; }
  std::string previous_id() const { return fields()[6]; }
  std::string event_index() const { return fields()[9]; }
};

/// Whether `id` is one that was made here.
bool is_made(const std::string& id) { return id.size() == 36 && id[14] == '4'; }

}  // namespace

TEST_CASE("a new visitor gets his ids when the tracker begins, and news come with the first event") {
  Visit visit;
  CHECK(visit.session.view().identity == nullptr);
  visit.begin();
  CHECK(is_made(visit.user_id()));
  CHECK(is_made(visit.session_id()));
  CHECK(visit.user_id() != visit.session_id());
  const std::string head = visit.user_id() + ".1700000000.1.1700000000.." + visit.session_id() + "..";
  CHECK(visit.text() == head + "..0");
  CHECK(visit.chores() == "identity marker");
  visit.track("event-1");
  CHECK(visit.text() == head + "event-1.1700000000400.1");
  CHECK(visit.chores() == "identity marker news");
  visit.track("event-2");
  CHECK(visit.text() == head + "event-1.1700000000400.2");
  CHECK(visit.chores() == "identity marker");
}

TEST_CASE("an event needs no beginning before it") {
  Visit visit;
  visit.track("event-1");
  CHECK(visit.text() ==
        visit.user_id() + ".1700000000.1.1700000000.." + visit.session_id() + "..event-1.1700000000400.1");
  CHECK(visit.chores() == "identity marker news");
  visit.begin();
  CHECK(visit.chores().empty());
}

TEST_CASE("the tracker begins once") {
  Visit visit;
  visit.begin();
  const std::string text = visit.text();
  CHECK(visit.chores() == "identity marker");
  visit.now_ms += 10 * kTimeoutMs;
  visit.begin();
  CHECK(visit.text() == text);
  CHECK(visit.chores().empty());
}

TEST_CASE("times in seconds are rounded, those in ms are cut; the first event's is the one that it tells itself") {
  Visit visit;
  visit.now_ms = 1700000000500.9;
  visit.track();
  CHECK(visit.fields()[1] == "1700000001");
  CHECK(visit.fields()[3] == "1700000001");
  CHECK(visit.fields()[8] == "1700000000500");
  Visit other;
  other.session.take_event("E", 123, other.now_ms, other.moment());
  CHECK(other.fields()[3] == "1700000000");
  CHECK(other.fields()[8] == "123");
}

TEST_CASE("a known visitor whose session lives goes on with it, however long it rested") {
  Visit visit;
  visit.find(kKnown, true);
  visit.begin();
  CHECK(visit.text() == "d.1600000000.3.1700000000.1699990000.S.P.F.1699998000123.7");
  CHECK(visit.chores() == "identity marker");
  visit.track("event-8");
  CHECK(visit.text() == "d.1600000000.3.1700000000.1699990000.S.P.F.1699998000123.8");
  CHECK(visit.chores() == "identity marker");
  visit.now_ms += 100 * kTimeoutMs;
  visit.track("event-9");
  CHECK(visit.text() == "d.1600000000.3.1700180000.1699990000.S.P.F.1699998000123.9");
}

TEST_CASE("a known visitor whose marker is gone begins a new session, with the old one before it") {
  Visit visit;
  visit.find(kKnown, false);
  visit.begin();
  const std::string head = "d.1600000000.4.1700000000.1699999000." + visit.session_id() + ".S.";
  CHECK(is_made(visit.session_id()));
  CHECK(visit.text() == head + "..0");
  CHECK(visit.chores() == "identity marker");
  visit.track("event-1");
  CHECK(visit.text() == head + "event-1.1700000000400.1");
  CHECK(visit.chores() == "identity marker news");
}

TEST_CASE("a marker that is gone before an event ends the session") {
  Visit visit;
  visit.begin();
  visit.track("event-1");
  (void)visit.chores();
  const std::vector<std::string> before = visit.fields();
  visit.now_ms += 2000;
  visit.find(visit.text(), false);
  visit.track("event-2");
  CHECK(visit.text() == before[0] + ".1700000000.2.1700000002.1700000000." + visit.session_id() + '.' + before[5] +
                            ".event-2.1700000002400.1");
  CHECK(visit.session_id() != before[5]);
  CHECK(visit.chores() == "identity marker news");
  // It stands again from here on.
  visit.track("event-3");
  CHECK(visit.session_index() == "2");
  CHECK(visit.event_index() == "2");
}

TEST_CASE("what another page has written counts for the next event") {
  Visit visit;
  visit.begin();
  visit.track();
  (void)visit.chores();
  visit.find(kKnown, true);
  visit.track("mine");
  CHECK(visit.text() == "d.1600000000.3.1700000000.1699990000.S.P.F.1699998000123.8");
}

TEST_CASE("an identity of six fields is completed") {
  Visit visit;
  visit.find("d.1600000000.3.1700000100.1699990000.S", false);
  visit.begin();
  CHECK(visit.text() == "d.1600000000.4.1700000000.1700000100." + visit.session_id() + ".S...0");
  Visit living;
  living.find("d.1600000000.3.1700000100.1699990000.S", true);
  living.begin();
  CHECK(living.text() == "d.1600000000.3.1700000000.1699990000.S....0");
}

TEST_CASE("an identity of five fields gets the ids that it lacks, that of the session before too") {
  Visit visit;
  visit.find("d.1600000000.3.1700000100.1699990000", false);
  visit.begin();
  CHECK(is_made(visit.previous_id()));
  CHECK(is_made(visit.session_id()));
  CHECK(visit.previous_id() != visit.session_id());
  CHECK(visit.text() ==
        "d.1600000000.4.1700000000.1700000100." + visit.session_id() + '.' + visit.previous_id() + "...0");
  Visit living;
  living.find("d.1600000000.3.1700000100.1699990000", true);
  living.begin();
  CHECK(is_made(living.session_id()));
  CHECK(living.text() == "d.1600000000.3.1700000000.1699990000." + living.session_id() + "....0");
}

TEST_CASE("an identity that cannot be read is made anew, and can be read by others") {
  for (const std::string_view broken : {"x y", ".....", "\"\\\"", "?.a.b.c.d. .e f.\n.-1.1e9"}) {
    for (const bool marker : {true, false}) {
      Visit visit;
      visit.find(broken, marker);
      visit.track();
      CHECK_FALSE(visit.user_id().empty());
      CHECK(is_made(visit.session_id()));
      CHECK(visit.fields()[1] == "1700000000");
      // What cannot be read counts as the first session, which is over where there is no marker.
      CHECK(visit.session_index() == (marker ? "1" : "2"));
      CHECK(visit.event_index() == "1");
    }
  }
}

TEST_CASE("where nothing stands outside, time ends the session") {
  for (const std::string_view store : {"1", "2", "3"}) {
    Visit visit(store);
    const auto track = [&] {
      // Nothing of what was written is there.
      if (store != "3") visit.find("", false);
      visit.track();
      (void)visit.chores();
      return visit.session_index() + '/' + visit.event_index();
    };
    visit.begin();
    (void)visit.chores();
    const std::string user = visit.user_id();
    const std::string first = visit.session_id();
    CHECK(track() == "1/1");
    visit.now_ms += kTimeoutMs;
    CHECK(track() == "1/2");
    CHECK(visit.session_id() == first);
    visit.now_ms += kTimeoutMs + 1;
    CHECK(track() == "2/1");
    CHECK(visit.user_id() == user);
    CHECK(visit.session_id() != first);
    CHECK(visit.previous_id() == first);
    visit.set(Key::session_timeout_s, "1");
    visit.now_ms += 1000;
    CHECK(track() == "2/2");
    visit.now_ms += 1001;
    CHECK(track() == "3/1");
  }
}

TEST_CASE("what others removed is written again with the same ids") {
  Visit visit;
  visit.track();
  (void)visit.chores();
  const std::vector<std::string> before = visit.fields();
  visit.find("", false);
  visit.track();
  CHECK(visit.chores() == "identity marker");
  std::vector<std::string> expected = before;
  expected[9] = "2";
  CHECK(visit.fields() == expected);
}

TEST_CASE("an ordered session follows the old one at once, its first event later") {
  Visit visit;
  visit.begin();
  visit.track();
  (void)visit.chores();
  const std::vector<std::string> before = visit.fields();
  visit.now_ms += 2000;
  visit.renew();
  const std::string head = before[0] + ".1700000000.2.1700000002.1700000000." + visit.session_id() + '.' + before[5];
  CHECK(visit.session_id() != before[5]);
  CHECK(visit.text() == head + "...0");
  CHECK(visit.chores() == "identity marker news");
  visit.track("event-1");
  CHECK(visit.text() == head + ".event-1.1700000002400.1");
  visit.renew();
  visit.renew();
  CHECK(visit.session_index() == "4");
}

TEST_CASE("an ordered session of a known visitor counts on from his last one") {
  for (const bool marker : {true, false}) {
    Visit visit;
    visit.find(kKnown, marker);
    visit.renew();
    CHECK(visit.text() == "d.1600000000.4.1700000000.1699999000." + visit.session_id() + ".S...0");
    CHECK(visit.chores() == "identity marker news");
  }
}

TEST_CASE("a visitor who is cleared is forgotten but for what is kept") {
  for (const bool keep_session : {true, false}) {
    for (const bool keep_user : {true, false}) {
      CAPTURE(keep_session, keep_user);
      Visit visit;
      visit.find(kKnown, true);
      visit.track();
      (void)visit.chores();
      visit.session.clear(keep_session, keep_user);
      CHECK(visit.chores() == "erase-identity erase-marker");
      visit.now_ms += 2000;
      visit.find("", false);
      visit.begin();
      CHECK(visit.chores().empty());
      visit.track("event-1");
      CHECK(visit.chores() == "identity marker news");
      CHECK((visit.user_id() == "d") == keep_user);
      CHECK(is_made(visit.user_id()) != keep_user);
      CHECK((visit.session_id() == "S") == keep_session);
      CHECK(is_made(visit.session_id()) != keep_session);
      CHECK(visit.text() == visit.user_id() + ".1700000002." + (keep_session ? "3" : "1") + ".1700000002.." +
                                visit.session_id() + "..event-1.1700000002400.1");
    }
  }
}

TEST_CASE("who was cleared begins as a new visitor does, after any time and by order too") {
  Visit visit;
  visit.find(kKnown, true);
  visit.track();
  (void)visit.chores();
  visit.session.clear(false, false);
  (void)visit.chores();
  visit.find("", false);
  SECTION("after a long time") { visit.now_ms += kTimeoutMs + 1000; }
  SECTION("by order") {
    visit.now_ms += kTimeoutMs + 1000;
    visit.renew();
  }
  visit.track("event-1");
  CHECK(visit.text() ==
        visit.user_id() + ".1700001801.1.1700001801.." + visit.session_id() + "..event-1.1700001801400.1");
}

TEST_CASE("a session that is ordered before there is one is the first one") {
  Visit visit;
  visit.renew();
  CHECK(visit.text() == visit.user_id() + ".1700000000.1.1700000000.." + visit.session_id() + "....0");
  CHECK(visit.chores() == "identity marker news");
}

TEST_CASE("clearing takes back what was still to be written, and what comes after it is written after it") {
  Visit visit;
  visit.track("event-1");
  visit.session.clear(false, false);
  CHECK(visit.chores() == "erase-identity erase-marker");
  visit.track("event-1");
  visit.session.clear(true, true);
  visit.track("event-2");
  visit.track("event-3");
  CHECK(visit.chores() == "erase-identity erase-marker identity marker news");
  CHECK(visit.chores().empty());
  CHECK(visit.event_index() == "2");
}

TEST_CASE("each chore comes once, however often it is needed") {
  Visit visit;
  visit.begin();
  visit.track();
  visit.renew();
  visit.track();
  visit.track();
  CHECK(visit.chores() == "identity marker news");
  CHECK(visit.session.take_chore() == 0);
}

TEST_CASE("without an identity, or without anything of it to go out, nothing is done and nothing is told") {
  for (const auto& [identity, anonymity] :
       {std::pair{"0", "0"}, std::pair{"0", "2"}, std::pair{"1", "1"}, std::pair{"2", "1"}, std::pair{"3", "1"}}) {
    Visit visit(identity, anonymity);
    visit.find(kKnown, false);
    const std::string text = visit.text();
    visit.begin();
    visit.track();
    visit.renew();
    CHECK(visit.session.view().identity == nullptr);
    CHECK(visit.chores().empty());
    CHECK(visit.text() == text);
  }
}

TEST_CASE("an anonymous visitor with sessions has no user id, and does not show the session before") {
  Visit visit("1", "2");
  visit.begin();
  CHECK(visit.text() == ".1700000000.1.1700000000.." + visit.session_id() + "....0");
  visit.track("event-1");
  CHECK(visit.text() == ".1700000000.1.1700000000.." + visit.session_id() + "..event-1.1700000000400.1");
  CHECK(visit.chores() == "identity marker news");
  const std::string first = visit.session_id();
  visit.find(visit.text(), false);
  visit.track("event-2");
  CHECK(visit.session_id() != first);
  CHECK(visit.text() == ".1700000000.2.1700000000.1700000000." + visit.session_id() + "..event-2.1700000000400.1");
  CHECK(visit.session.view().id(Identity::user).empty());
}

TEST_CASE("who is no longer anonymous gets his id back, but where it was forgotten for the sessions that went on") {
  for (const std::string_view anonymity : {"1", "2"}) {
    Visit visit;
    visit.find(kKnown, true);
    visit.track();
    (void)visit.chores();
    visit.set_anonymity(anonymity);
    visit.begin();
    visit.track();
    CHECK(visit.chores() == (anonymity == "1" ? "" : "identity marker"));
    CHECK_FALSE(visit.session.view().shows_user);
    visit.set_anonymity("0");
    visit.begin();
    CHECK(visit.chores() == "identity marker");
    CHECK((visit.user_id() == "d") == (anonymity == "1"));
    CHECK(visit.session_id() == "S");
    CHECK(visit.event_index() == (anonymity == "1" ? "8" : "9"));
  }
}

TEST_CASE("a page that was anonymous from its start finds what stands outside") {
  Visit visit("1", "1");
  visit.find(kKnown, true);
  visit.begin();
  visit.track();
  visit.set_anonymity("0");
  visit.begin();
  CHECK(visit.text() == "d.1600000000.3.1700000000.1699990000.S.P.F.1699998000123.7");
}

TEST_CASE("a visitor without a known id gets one when he is no longer anonymous") {
  Visit visit("1", "2");
  visit.track();
  (void)visit.chores();
  CHECK(visit.user_id().empty());
  const std::string session = visit.session_id();
  visit.set_anonymity("0");
  visit.begin();
  CHECK(is_made(visit.user_id()));
  CHECK(visit.session_id() == session);
  CHECK(visit.session_index() == "1");
}

TEST_CASE("the time of anonymity does not end a session that only time ends") {
  Visit visit("3");
  visit.track();
  (void)visit.chores();
  const std::string session = visit.session_id();
  visit.set_anonymity("1");
  visit.now_ms += 2 * kTimeoutMs;
  visit.track();
  visit.set_anonymity("0");
  visit.begin();
  CHECK(visit.session_id() == session);
}

TEST_CASE("the view tells where the identity is kept and what of it events carry") {
  for (const std::string_view identity : {"1", "2", "3"}) {
    Visit visit(identity);
    CHECK_FALSE(visit.session.view().has_entity);
    visit.set(Key::session_entity, "1");
    visit.track("event-1");
    const piste::IdentityView view = visit.session.view();
    REQUIRE(view.identity != nullptr);
    CHECK(view.shows_user);
    CHECK(view.has_entity);
    CHECK(view.is_local == (identity == "2"));
    CHECK(string_of(view.id(Identity::user)) == visit.user_id());
    CHECK(string_of(view.id(Identity::session)) == visit.session_id());
    CHECK(string_of(view.id(Identity::first_event)) == "event-1");
    CHECK(view.number(Identity::event_index) == 1);
  }
}
