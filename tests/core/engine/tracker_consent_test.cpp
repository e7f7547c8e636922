// What the visitor's consent does to events, drafts and ids. Byte for byte: tests/conformance/cases/consent*.json.
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

TEST_CASE("a no ends what waits, what is stored, and what is under way; answers that come later end nothing") {
  for (const int32_t answer : {200, 503, 400, -2}) {
    Site site("hrgg");
    CHECK(site.track("a") == Status::ok);
    CHECK(site.track("b", {"0"}) == Status::ok);
    CHECK(site.acts() == Acts{"store a", "store b", "send a b"});
    CHECK(site.track("c") == Status::ok);
    site.set(Key::consent, "hrgd");
    // "b" was to be sent such that the collector may know the visitor.
    CHECK(site.denied() == 3);
    CHECK(site.acts() == Acts{"erase a 205", "erase b 205", "erase c 205"});
    site.answer(answer);
    CHECK(site.denied() == 3);
    CHECK(site.count(Count::delivered) == 0);
    CHECK(site.pending() == 0);
    site.set(Key::consent, "hrgg");
    site.now_ms += 1e6;
    CHECK(site.acts().empty());
  }
}

TEST_CASE("an entity for a purpose that is denied ends its event, and one that did not go along does not") {
  Site site("hrggg");
  const tests::Fields with_entity = {"0", "2", R"([{"a":1}])"};
  CHECK(site.track("with", with_entity) == Status::ok);
  site.set(Key::consent, "hrggd");
  CHECK(site.acts() == Acts{"erase with 205"});
  CHECK(site.track("without", with_entity) == Status::ok);
  site.set(Key::consent, "hrggg");
  site.set(Key::consent, "hrggd");
  CHECK(site.acts() == Acts{"store without", "send without"});
  CHECK(site.body.find(R"({\"a\":1})") == std::string::npos);
}

TEST_CASE("what is unknown again waits: neither sent nor stored, and goes on with the next yes") {
  Site site("hrgg");
  CHECK(site.track("a") == Status::ok);
  site.set(Key::consent, "hrgu");
  site.now_ms += 5000;
  CHECK(site.acts().empty());
  CHECK(site.pending() == 1);
  site.set(Key::consent, "hrgg");
  CHECK(site.acts() == Acts{"store a", "send a"});
}

TEST_CASE("a tracker whose rows are all frozen does not stand in the queue for the probe") {
  Site site("hrgg");
  CHECK(site.track("a") == Status::ok);
  CHECK(site.acts() == Acts{"store a", "send a"});
  site.answer(503, 60000);
  CHECK(site.acts() == Acts{"store a", "probe"});
  site.set(Key::consent, "hrgu");
  CHECK(site.acts() == Acts{"no probe"});
  site.set(Key::consent, "hrgg");
  CHECK(site.acts() == Acts{"probe"});
}

TEST_CASE(
    "an event without anything of the visitor goes out at once, is never stored, and ends where such are refused") {
  Site site("arg");
  site.set(Key::identity, "1");
  site.set(Key::user_id, "me");
  CHECK(site.track("a") == Status::ok);
  CHECK(site.acts() == Acts{"send a anonymous"});
  for (const std::string_view key : {"uid", "duid", "sid", "vid"}) {
    CHECK(site.body.find('"' + std::string(key) + '"') == std::string::npos);
  }
  site.answer(503, 60000);
  CHECK(site.acts() == Acts{"probe"});
  site.set(Key::consent, "argd");
  CHECK(site.denied() == 1);
  CHECK(site.acts() == Acts{"erase a 205", "no probe"});
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

TEST_CASE("a row is taken over when all that it is for is granted, refused for good if it is denied, else left") {
  Site before("hrgggg");
  CHECK(before.track("a", {"3", "2", R"([{"a":1}])"}) == Status::ok);
  (void)before.acts();
  const std::string row = before.row;
  const struct {
    std::string_view consent;
    Status status;
  } rows[] = {{"hrgggg", Status::ok},         {"", Status::ok},           {"hrggug", Status::queue_full},
              {"hrgugg", Status::queue_full}, {"hrgggd", Status::denied}, {"hrggdg", Status::denied},
              {"aagdgg", Status::denied},     {"hrdggg", Status::ok}};
  for (const auto& one : rows) {
    CAPTURE(one.consent);
    Site after(one.consent);
    CHECK(after.tracker.restore(tests::text_of(row), after.now()) == one.status);
    after.check();
    CHECK(after.denied() == (one.status == Status::denied ? 1 : 0));
    CHECK(after.count(Count::restored) == (one.status == Status::queue_full ? 0 : 1));
  }
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

TEST_CASE("a draft whose purpose is refused is dropped at once") {
  Site site("rrg");
  CHECK(site.draft("a") == Status::denied);
  CHECK(site.tracker.draft_payload().empty());
  CHECK(site.denied() == 1);
}

TEST_CASE("ids are forgotten with a no, wherever they are, and new ones follow a yes") {
  for (const std::string_view store : {"1", "2", "3"}) {
    Site site("hrgg");
    site.set(Key::identity, store);
    site.set(Key::user_id, "me");
    CHECK(site.track("a") == Status::ok);
    CHECK(site.acts() == Acts{"state 0", "state 1", "session", "store a", "send a"});
    const auto ids = [&] { return site.body.substr(site.body.find(R"("duid")"), 50); };
    const std::string before = ids();
    site.answer(200);
    CHECK(site.acts() == Acts{"erase a 0"});
    site.set(Key::consent, "hrgd");
    CHECK(site.acts() == Acts{"forget 0", "forget 1"});
    CHECK(site.track("n", {"0"}) == Status::ok);
    CHECK(site.acts() == Acts{"store n", "send n anonymous"});
    CHECK(site.body.find("uid") == std::string::npos);
    site.answer(200);
    (void)site.acts();
    site.set(Key::consent, "hrgg");
    CHECK(site.track("b") == Status::ok);
    CHECK(site.acts() == Acts{"state 0", "state 1", "session", "store b", "send b"});
    CHECK(ids() != before);
    CHECK(site.body.find(R"("uid")") == std::string::npos);
  }
}

TEST_CASE("what others have left of a visitor who said no is forgotten as soon as it is told of") {
  Site site("hrgd");
  site.set(Key::identity, "1");
  CHECK(site.acts().empty());
  site.set(Key::identity_state, "u.1.2.3.4.s");
  CHECK(site.acts() == Acts{"forget 0", "forget 1"});
  site.set(Key::identity_state, "");
  site.set(Key::session_state, "");
  CHECK(site.acts().empty());
}

TEST_CASE("while nobody knows, what stands outside stays as it is") {
  Site site("hrg");
  site.set(Key::identity, "1");
  site.set(Key::identity_state, "u.1600000000.2.3.4.s");
  site.set(Key::session_state, "*");
  CHECK(site.track("a") == Status::ok);
  CHECK(site.acts().empty());
  site.set(Key::consent, "hrgg");
  CHECK(site.acts() == Acts{"state 0", "state 1", "session", "store a", "send a"});
  CHECK(site.body.find(R"("duid":"u")") != std::string::npos);
}
