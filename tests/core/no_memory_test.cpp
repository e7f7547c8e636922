// Memory that runs out at each place where it is asked for: the call fails, nothing breaks, and later calls work again.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "abi/stats_text.h"
#include "base/base64.h"
#include "base/json_escape.h"
#include "base/percent.h"
#include "core/engine/consent_site.h"
#include "model/firewall_rules.h"
#include "piste/piste.h"
#include "support/event_buffer.h"
#include "support/failing_malloc.h"
#include "support/scripted_host.h"
#include "support/texts.h"

using piste::ActionKind;
using piste::Bytes;
using piste::EventKind;
using piste::Key;
using piste::Status;
using tests::FailingMalloc;
using tests::ScriptedHost;
using tests::text_of;

namespace {

/// Does `attempt` with malloc failing from its first, second, third … call on, until none fails any more.
template <typename Attempt>
int count_places(Attempt attempt) {
  for (int count = 0;; ++count) {
    if (!attempt(count)) return count;
  }
}

std::string large_event(EventKind kind) {
  const std::string title(20000, '\x01');
  const std::string entities = R"([{"a":")" + std::string(9000, 'e') + R"("}])";
  const std::string data = R"({"k":")" + std::string(20000, 'x') + R"("})";
  return kind == EventKind::page_view ? tests::event_buffer({title}, {entities, "", "", ""})
                                      : tests::event_buffer({"iglu:x", data}, {entities, "", "", ""});
}

}  // namespace

TEST_CASE("a buffer that gets no memory says so and keeps what it has") {
  Bytes bytes;
  bytes.append("abc");
  {
    const FailingMalloc failing(0);
    const std::string text(1000, 'x');
    bytes.append(text_of(text));
    piste::append_base64url(bytes, text_of(text));
    piste::append_json_escaped(bytes, text_of(text));
    piste::append_percent_encoded(bytes, text_of(text));
  }
  CHECK_FALSE(bytes.ok());
  CHECK(tests::string_of(bytes.text()).substr(0, 3) == "abc");
  bytes.assign("new");
  CHECK(bytes.ok());
  CHECK(tests::string_of(bytes.text()) == "new");
}

TEST_CASE("a tracker that gets no memory is not made") {
  const int places = count_places([](int count) {
    const FailingMalloc failing(count);
    piste_tracker* tracker = piste_create();
    CHECK((tracker != nullptr || count == 0));
    piste_destroy(tracker);
    return failing.has_failed();
  });
  CHECK(places > 0);
}

TEST_CASE("an event for which there is no memory is counted as dropped, and the next one is taken") {
  for (const EventKind kind : {EventKind::page_view, EventKind::self_describing}) {
    const std::string buffer = large_event(kind);
    const int places = count_places([&](int count) {
      ScriptedHost host;
      CHECK(host.set(Key::base64, "1") == Status::ok);
      // The entities begin with this one: there may be no text to put it behind.
      if (kind == EventKind::page_view) CHECK(host.set(Key::web_page, "1") == Status::ok);
      const piste::Moment now = host.now();
      bool failed = false;
      Status status = Status::ok;
      {
        const FailingMalloc failing(count);
        status = host.tracker.track(kind, text_of(buffer), now);
        failed = failing.has_failed();
      }
      CHECK(status == (failed ? Status::no_memory : Status::ok));
      CHECK(host.count("dropped/no_memory") == (failed ? 1 : 0));
      CHECK(host.count("pending") == (failed ? 0 : 1));
      CHECK(host.tracker.track(kind, text_of(buffer), now) == Status::ok);
      return failed;
    });
    CHECK(places >= 3);
  }
}

TEST_CASE("what there is no memory to look at does not go out") {
  const std::string mail = std::string(3000, 'a') + "@b.co";
  const std::string data = R"({"k":")" + mail + R"(","u":"/?token=)" + mail + R"("})";
  const std::string buffer =
      tests::event_buffer({"iglu:x", data}, {R"([{"schema":"iglu:y","data":)" + data + "}]", "", "", ""});
  for (const std::string_view base64 : {"0", "1"}) {
    const int places = count_places([&](int count) {
      ScriptedHost host;
      CHECK(host.set(Key::base64, base64) == Status::ok);
      CHECK(host.set(Key::page_url, "https://a.test/u/" + mail) == Status::ok);
      CHECK(host.set(Key::firewall, "safe\nusm/u/*") == Status::ok);
      const piste::Moment now = host.now();
      bool failed = false;
      Status status = Status::ok;
      {
        const FailingMalloc failing(count);
        status = host.tracker.track(EventKind::self_describing, text_of(buffer), now);
        failed = failing.has_failed();
      }
      CHECK(status == (failed ? Status::no_memory : Status::ok));
      CHECK(host.count("dropped/no_memory") == (failed ? 1 : 0));
      return failed;
    });
    CHECK(places >= 8);
  }
}

TEST_CASE("rules for which there is no memory change nothing") {
  piste::FirewallRules rules;
  CHECK(rules.set("safe\npeh") == Status::ok);
  {
    const FailingMalloc failing(0);
    CHECK(rules.set("safe\npek") == Status::no_memory);
  }
  CHECK(rules.found(piste::Target::page, piste::Detector::email) == piste::Redaction::hash);
}

TEST_CASE("an option for which there is no memory keeps its old value, and the referrer its own") {
  const int places = count_places([](int count) {
    piste::Settings settings;
    CHECK(settings.set(Key::page_referrer, "https://before/") == Status::ok);
    const std::string former = "https://a/" + std::string(1000, 'f');
    CHECK(settings.set(Key::page_url, text_of(former)) == Status::ok);
    bool failed = false;
    Status status = Status::ok;
    const std::string next = "https://a/" + std::string(5000, 'n');
    {
      const FailingMalloc failing(count);
      status = settings.set(Key::page_url, text_of(next));
      failed = failing.has_failed();
    }
    CHECK(status == (failed ? Status::no_memory : Status::ok));
    CHECK(tests::string_of(settings.text(Key::page_url)) == (failed ? former : next));
    CHECK(tests::string_of(settings.text(Key::page_referrer)) == (failed ? "https://before/" : former));
    return failed;
  });
  CHECK(places >= 2);
}

TEST_CASE("a row for which there is no memory is none of this tracker's") {
  ScriptedHost host;
  const piste::Moment now = host.now();
  Status status = Status::ok;
  {
    const FailingMalloc failing(0);
    status = host.tracker.restore("2p-111700000000000{\"e\":\"pv\"}\n", now);
  }
  CHECK(status == Status::no_memory);
  CHECK(host.count("accepted") == 0);
}

TEST_CASE("a request for which there is no memory is not sent by halves: its events wait and go out later") {
  const int places = count_places([](int count) {
    ScriptedHost host;
    CHECK(host.set(Key::collector, "https://c.test/" + std::string(3000, 'x')) == Status::ok);
    for (int i = 0; i < 10; ++i) CHECK(host.track_bytes(3000) == Status::ok);
    for (int i = 0; i < 10; ++i) CHECK(host.step() == ActionKind::store);
    const piste::Moment now = host.now();
    bool failed = false;
    {
      const FailingMalloc failing(count);
      const ActionKind kind = host.tracker.next(now);
      failed = failing.has_failed();
      if (failed) CHECK(kind == ActionKind::wait);
    }
    if (!failed) return false;
    host.run();
    CHECK(host.requests.size() == 1);
    CHECK(host.last().events.size() == 10);
    host.answer_all(200);
    host.settle();
    CHECK(host.stored.empty());
    return true;
  });
  CHECK(places >= 2);
}

TEST_CASE("statistics for which there is no memory are empty, not cut short") {
  const int places = count_places([](int count) {
    ScriptedHost host;
    for (const int32_t status : {400, 401, 403, 410, 413, 422}) {
      CHECK(host.track() == Status::ok);
      host.settle();
      CHECK(host.answer(status) == Status::rejected);
    }
    for (const Status why : {Status::too_large, Status::unserialisable, Status::queue_full}) (void)host.refuse(why);
    for (int i = 0; i < 1000; ++i) CHECK(host.restore("") == Status::unreadable_row);
    CHECK(host.track(EventKind::page_view, "") == Status::malformed_event);
    host.signal(piste::Signal::close);
    CHECK(host.track(EventKind::page_view, "") == Status::closed);
    Bytes out;
    const FailingMalloc failing(count);
    const piste::Text stats = piste::write_stats(out, host.tracker);
    CHECK((failing.has_failed() ? stats.empty() : stats.back() == '}'));
    return failing.has_failed();
  });
  CHECK(places >= 2);
}

TEST_CASE("an event for which there was room made and then no memory is counted as dropped, as are those evicted") {
  const int places = count_places([](int count) {
    ScriptedHost host;
    for (int i = 0; i < 20; ++i) CHECK(host.track_bytes(104857, "0") == Status::ok);
    const std::string buffer = tests::event_of_row_bytes(1000, "2");
    const piste::Moment now = host.now();
    Status status = Status::ok;
    bool failed = false;
    {
      const FailingMalloc failing(count);
      status = host.tracker.track(EventKind::structured, text_of(buffer), now);
      failed = failing.has_failed();
    }
    CHECK(status == (failed ? Status::no_memory : Status::ok));
    CHECK(host.count("dropped/no_memory") == (failed ? 1 : 0));
    CHECK(host.count("accepted") == 21);
    CHECK(host.count("pending") + host.count("dropped/evicted") == (failed ? 20 : 21));
    CHECK(host.tracker.track(EventKind::structured, text_of(buffer), now) == Status::ok);
    return failed;
  });
  CHECK(places >= 1);
}

TEST_CASE("what ended is told, stored and asked for without any memory") {
  ScriptedHost host;
  for (int i = 0; i < 3; ++i) CHECK(host.track() == Status::ok);
  host.settle();
  CHECK(host.answer(503) == Status::ok);
  const piste::Moment now = host.now();
  const FailingMalloc failing(0);
  for (int i = 0; i < 3; ++i) CHECK(host.tracker.next(now) == ActionKind::store);
  CHECK(host.tracker.next(now) == ActionKind::claim_probe);
  host.tracker.signal(piste::Signal::probe_granted, now);
  CHECK(host.tracker.next(now) == ActionKind::wait);
  CHECK(host.tracker.done(1, 0, 0, now) == Status::ok);
  host.tracker.signal(piste::Signal::gone, now);
  CHECK(host.tracker.next(now) == ActionKind::idle);
  CHECK_FALSE(failing.has_failed());
}

namespace {

using tests::consent::Site;

/// Every event that was ever taken is held, waits, or has a counted end.
void check_sums(const Site& site, double accepted, double held_or_waiting) {
  site.check();
  CHECK(site.count(piste::Count::accepted) == accepted);
  CHECK(site.pending() == held_or_waiting);
}

}  // namespace

TEST_CASE("an event that cannot be held for want of memory is counted as dropped, and those before it stay") {
  const int places = count_places([](int count) {
    Site site;
    CHECK(site.track("before") == Status::ok);
    const std::string buffer = Site::event(std::string(5000, 'a'));
    const piste::Moment now = site.now();
    bool failed = false;
    Status status = Status::ok;
    {
      const FailingMalloc failing(count);
      status = site.tracker.track(EventKind::structured, text_of(buffer), now);
      failed = failing.has_failed();
    }
    CHECK(status == (failed ? Status::no_memory : Status::ok));
    check_sums(site, 2, failed ? 1 : 2);
    CHECK(site.track("after") == Status::ok);
    site.set(Key::consent, "hrgg");
    const std::vector<std::string> acts = site.acts();
    CHECK(acts.front() == "store before");
    CHECK(acts.size() == (failed ? 3 : 4));
    return failed;
  });
  CHECK(places >= 2);
}

TEST_CASE("events that cannot be released for want of memory are counted as dropped, the others go out, facts stay") {
  const int places = count_places([](int count) {
    Site site;
    site.set(Key::page_url, "https://a.test/then?" + std::string(3000, 'q'));
    for (int i = 0; i < 5; ++i) CHECK(site.track(std::to_string(i) + std::string(3000, 'x')) == Status::ok);
    CHECK(site.track("other", {"2"}) == Status::ok);
    site.set(Key::page_url, "https://a.test/now");
    bool failed = false;
    {
      const FailingMalloc failing(count);
      CHECK(site.tracker.set(Key::consent, "hrgg") == Status::ok);
      failed = failing.has_failed();
    }
    const double lost = site.count(piste::Count::dropped_no_memory);
    CHECK((lost > 0) == failed);
    check_sums(site, 6, 6 - lost);
    CHECK(static_cast<double>(site.acts().size()) == (lost < 5 ? 5 - lost + 1 : 0));
    // The page is as it was, whatever was wanting.
    CHECK(site.track("now") == Status::ok);
    site.set(Key::consent, "hrggd");
    CHECK(site.denied() == 1);
    (void)site.acts();
    site.answer(200);
    (void)site.acts();
    CHECK(site.body.find("\"https://a.test/now\"") != std::string::npos);
    return failed;
  });
  CHECK(places >= 5);
}

TEST_CASE("drafts that cannot come back for want of memory are counted, and what is denied needs none") {
  const int places = count_places([](int count) {
    Site site;
    for (int i = 0; i < 3; ++i) CHECK(site.draft(std::to_string(i) + std::string(3000, 'x')) == Status::ok);
    CHECK(site.draft("no", {"2"}) == Status::ok);
    site.set(Key::consent, "hrgg");
    bool failed = false;
    ActionKind kind = ActionKind::idle;
    const piste::Moment now = site.now();
    {
      const FailingMalloc failing(count);
      kind = site.tracker.next(now);
      failed = failing.has_failed();
    }
    const double lost = site.count(piste::Count::dropped_no_memory);
    CHECK((kind == ActionKind::draft) == (lost < 3));
    check_sums(site, lost, 0);
    {
      const FailingMalloc failing(0);
      CHECK(site.tracker.set(Key::consent, "hrddd") == Status::ok);
      CHECK_FALSE(failing.has_failed());
    }
    site.check();
    return failed;
  });
  CHECK(places >= 2);
}
