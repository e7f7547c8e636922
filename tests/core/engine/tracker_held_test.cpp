// What becomes of events and drafts that the tracker holds until the visitor has answered. Byte for byte:
// tests/conformance/cases/consent_held.json.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/engine/consent_site.h"

using namespace tests::consent;
using Acts = std::vector<std::string>;

TEST_CASE("events are held until the answer, and go out in order when it is yes") {
  Site site;
  CHECK(site.track("a") == Status::ok);
  CHECK(site.track("b") == Status::ok);
  CHECK(site.pending() == 2);
  CHECK(site.acts().empty());
  site.set(Key::consent, "hrgg");
  CHECK(site.acts() == Acts{"store a", "store b", "send a b"});
  site.answer(200);
  CHECK(site.acts() == Acts{"erase a 0", "erase b 0"});
  CHECK(site.count(Count::delivered) == 2);
}

TEST_CASE("events that are held are destroyed when the answer is no, and no later answer brings them back") {
  for (const std::string_view no : {"hrgd", "hagd", "aagd", "rrgd"}) {
    Site site;
    CHECK(site.track("a") == Status::ok);
    site.set(Key::consent, no);
    CHECK(site.denied() == 1);
    CHECK(site.pending() == 0);
    for (const std::string_view later : {"hrgg", "hrgu", "hrgg", ""}) {
      site.set(Key::consent, later);
      CHECK(site.acts().empty());
    }
    CHECK(site.denied() == 1);
  }
}

TEST_CASE("events of one purpose go on while those of another are held, and in their own order when these follow") {
  Site site("hrgg");
  CHECK(site.track("ad", {"2"}) == Status::ok);
  CHECK(site.track("page") == Status::ok);
  CHECK(site.track("more", {"2"}) == Status::ok);
  CHECK(site.track("site", {"3"}) == Status::ok);
  CHECK(site.acts() == Acts{"store page", "send page"});
  site.answer(200);
  CHECK(site.acts() == Acts{"erase page 0"});
  site.set(Key::consent, "hrggg");
  CHECK(site.acts() == Acts{"store ad", "store more", "send ad more"});
  CHECK(site.pending() == 3);
  site.set(Key::consent, "hrgggd");
  CHECK(site.denied() == 1);
}

TEST_CASE("what becomes of events is decided anew with each text, also of those that are held") {
  const struct {
    std::string_view text;
    Acts acts;
    double denied;
  } rows[] = {{"hrg", {}, 0},
              {"hag", {}, 0},
              {"arg", {"send a anonymous"}, 0},
              {"rrg", {}, 1},
              {"", {"store a", "send a"}, 0},
              {"argg", {"store a", "send a"}, 0},
              {"aagd", {}, 1}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    Site site;
    CHECK(site.track("a") == Status::ok);
    site.set(Key::consent, row.text);
    CHECK(site.acts() == row.acts);
    CHECK(site.denied() == row.denied);
  }
}

TEST_CASE("limits: what is held is bounded, and what finds no room is counted") {
  Site site;
  const std::string large(100000, 'x');
  const tests::Fields entities = {"1", "0", large};
  uint32_t taken = 0;
  const std::string buffer = tests::event_buffer({"c", "a", large, "", ""});
  while (site.tracker.track(EventKind::structured, tests::text_of(buffer), site.now()) == Status::ok) ++taken;
  CHECK(taken == piste::kMaxHeldBytes / buffer.size());
  CHECK(site.count(Count::dropped_queue_full) == 1);
  CHECK(site.pending() == taken);
  CHECK(site.track("small") == Status::ok);
  site.set(Key::consent, "hrgd");
  CHECK(site.denied() == taken + 1);
  CHECK(site.pending() == 0);
}

TEST_CASE("a closed tracker takes nothing, but what it holds still gets its answer") {
  for (const bool yes : {true, false}) {
    Site site;
    CHECK(site.track("a") == Status::ok);
    site.tracker.signal(Signal::close, site.now());
    CHECK(site.track("b") == Status::closed);
    site.set(Key::consent, yes ? "hrgg" : "hrgd");
    CHECK(site.acts() == (yes ? Acts{"store a", "send a"} : Acts{}));
    CHECK(site.denied() == (yes ? 0 : 1));
  }
}

TEST_CASE("who opts out ends what is held") {
  Site site;
  CHECK(site.track("a") == Status::ok);
  CHECK(site.draft("b") == Status::ok);
  site.set(Key::opted_out, "1");
  CHECK(site.denied() == 2);
  site.set(Key::opted_out, "0");
  site.set(Key::consent, "hrgg");
  CHECK(site.acts() == Acts{"forget 0", "forget 1"});
  CHECK(site.pending() == 0);
}

TEST_CASE("a draft is held too, is there when the answer is yes, and then as any other") {
  Site site;
  CHECK(site.draft("a") == Status::ok);
  const double id = site.number(Number::id);
  CHECK(id > 0);
  CHECK(site.tracker.draft_payload().empty());
  CHECK(site.commit("{}") == Status::malformed_event);
  CHECK(site.draft("b") == Status::ok);
  CHECK(site.number(Number::id) > id);
  CHECK(site.count(Count::accepted) == 0);
  CHECK(site.acts().empty());
  site.set(Key::consent, "hrgg");
  CHECK(site.acts(true) == Acts{"draft a", "draft b", "store a", "store b", "send a b"});
  CHECK(site.count(Count::accepted) == 2);
}

TEST_CASE("a draft that the host leaves was no event; one that is denied was") {
  Site site;
  CHECK(site.draft("a") == Status::ok);
  CHECK(site.draft("b", {"2"}) == Status::ok);
  site.set(Key::consent, "hrgu");
  site.set(Key::consent, "hrgd");
  CHECK(site.denied() == 1);
  CHECK(site.count(Count::accepted) == 1);
  site.set(Key::consent, "hrggg");
  CHECK(site.acts() == Acts{"draft b"});
  CHECK(site.acts().empty());
  CHECK(site.count(Count::accepted) == 1);
}

TEST_CASE("a draft in the host's hands follows the answers that come meanwhile") {
  const struct {
    std::string_view made;
    std::string_view then;
    Status status;
    Acts acts;
  } rows[] = {{"hrgg", "hrgd", Status::denied, {}},
              {"hrgg", "hrgu", Status::ok, {}},
              {"hrgg", "hrgg", Status::ok, {"store a", "send a"}},
              {"aag", "aagd", Status::ok, {"send a anonymous"}},
              {"aag", "argd", Status::denied, {}},
              {"aag", "argg", Status::ok, {"send a anonymous"}}};
  for (const auto& row : rows) {
    CAPTURE(row.made, row.then);
    Site site(row.made);
    CHECK(site.draft("a") == Status::ok);
    const std::string payload = tests::string_of(site.tracker.draft_payload());
    REQUIRE_FALSE(payload.empty());
    site.set(Key::consent, row.then);
    CHECK(tests::string_of(site.tracker.draft_payload()) == payload);
    CHECK(site.commit(payload) == row.status);
    CHECK(site.acts() == row.acts);
    CHECK(site.denied() == (row.status == Status::denied ? 1 : 0));
  }
}
