// What the visitor's consent does to events, drafts and ids. Byte for byte: tests/conformance/cases/consent*.json.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/engine/consent_site.h"

using namespace tests::consent;
using Acts = std::vector<std::string>;

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
