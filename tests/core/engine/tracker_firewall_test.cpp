// Nothing is kept that the firewall takes out, on whichever way an event comes.
#include <catch2/catch_test_macros.hpp>

#include "engine/tracker.h"
#include "support/event_buffer.h"
#include "support/scripted_host.h"
#include "support/texts.h"

using piste::ActionKind;
using piste::EventKind;
using piste::Key;
using piste::Moment;
using piste::Status;
using piste::Tracker;
using tests::event_buffer;
using tests::string_of;
using tests::text_of;

namespace {

constexpr Moment kNow{1700000000000, 5000, {1}};
constexpr std::string_view kUrl = "https://a.test/?token=secret";

struct Site {
  Tracker tracker;

  Site() {
    set(Key::collector, "https://c.test");
    set(Key::web_page, "0");
    set(Key::page_url, kUrl);
    set(Key::firewall, "safe");
  }
  void set(Key key, std::string_view value) { REQUIRE(tracker.set(key, text_of(value)) == Status::ok); }
  Status track(EventKind kind, const std::string& buffer) { return tracker.track(kind, text_of(buffer), kNow); }
  /// All that is to be stored and sent.
  std::string out() {
    std::string all;
    for (;;) {
      const ActionKind kind = tracker.next(kNow);
      if (kind == ActionKind::idle || kind == ActionKind::wait) return all;
      const piste::Action& action = tracker.action();
      all += string_of(action.row) + string_of(action.body) + string_of(action.url);
      if (kind == ActionKind::store) (void)tracker.done(action.numbers[0], 0, 0, kNow);
    }
  }
  double masked() const { return tracker.redactions().masked; }
};

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("without rules events go out as they are") {
  Site site;
  site.set(Key::firewall, "");
  REQUIRE(site.track(EventKind::page_view, event_buffer({"a@b.co"})) == Status::ok);
  const std::string out = site.out();
  CHECK(has(out, "secret"));
  CHECK(has(out, "a@b.co"));
  CHECK(site.masked() == 0);
}

TEST_CASE("what is tracked is stored and sent without") {
  for (const std::string_view method : {"post", "get"}) {
    Site site;
    site.set(Key::method, method);
    REQUIRE(site.track(EventKind::page_view, event_buffer({"a@b.co"})) == Status::ok);
    REQUIRE(site.track(EventKind::self_describing, event_buffer({"iglu:x", R"({"k":"a@b.co"})"})) == Status::ok);
    CHECK(site.masked() == 4);
    const std::string out = site.out();
    CHECK_FALSE(has(out, "secret"));
    CHECK_FALSE(has(out, "b.co"));
  }
}

TEST_CASE("a draft is what the site made, and is taken without") {
  for (const bool query : {false, true}) {
    Site site;
    REQUIRE(site.tracker.draft(EventKind::page_view, text_of(event_buffer({"a@b.co"})), kNow) == Status::ok);
    CHECK(has(string_of(site.tracker.draft_payload()), "a@b.co"));
    CHECK(site.masked() == 0);
    const std::string payload = query ? "e=pv&page=a%40b.co" : string_of(site.tracker.draft_payload());
    REQUIRE(site.tracker.commit(text_of(payload), kNow) == Status::ok);
    const std::string out = site.out();
    CHECK(has(out, query ? "page=***" : R"("page":"***")"));
    CHECK_FALSE(has(out, "b.co"));
  }
}

TEST_CASE("what was held for the visitor's answer, pings, and entities with a purpose are without") {
  Site site;
  site.set(Key::consent, "hrgu");
  site.set(Key::ping_every_ms, "1000");
  REQUIRE(site.track(EventKind::page_view,
                     event_buffer({"a@b.co"}) + tests::packed({"", "1", R"([{"schema":"iglu:x","data":"a@b.co"}])"})) ==
          Status::ok);
  CHECK(site.out().empty());
  site.set(Key::consent, "hrgg");
  CHECK(site.masked() == 3);
  const Moment later{kNow.wall_ms + 2000, kNow.mono_ms + 2000, {2}};
  REQUIRE(site.tracker.set_activity(kNow.mono_ms + 1500, {0, 0, 0, 0}, later) == 1);
  CHECK(site.masked() == 5);
  const std::string out = site.out();
  CHECK_FALSE(has(out, "secret"));
  CHECK_FALSE(has(out, "b.co"));
}

TEST_CASE("a row that another has left goes through it, too") {
  for (const std::string_view payload :
       {R"(2p-111700000000000{"e":"pv","page":"a@b.co"})", "2g-111700000000000page=a%40b.co"}) {
    Site site;
    REQUIRE(site.tracker.restore(text_of(std::string(payload) + '\n'), kNow) == Status::ok);
    CHECK(site.masked() == 1);
    const std::string out = site.out();
    CHECK(has(out, "***"));
    CHECK_FALSE(has(out, "b.co"));
  }
}

TEST_CASE("rules that are none change nothing") {
  Site site;
  CHECK(site.tracker.set(Key::firewall, "unsafe") == Status::invalid_value);
  REQUIRE(site.track(EventKind::page_view, event_buffer({""})) == Status::ok);
  CHECK_FALSE(has(site.out(), "secret"));
}
