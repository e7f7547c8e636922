// Sessions of a visitor who may have no ids, or may no longer.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "policy/session.h"
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

constexpr double kStartMs = 1700000000000;
constexpr uint32_t kErasures = piste::kEraseIdentity | piste::kEraseMarker;
constexpr uint32_t kWrites = piste::kWriteIdentity | piste::kWriteMarker;

struct Visit {
  Settings settings;
  Session session{settings};
  double now_ms = kStartMs;
  uint8_t fill = 0;

  explicit Visit(std::string_view identity = "1") {
    REQUIRE(settings.set(Key::identity, text_of(identity)) == Status::ok);
  }

  Moment moment() {
    Moment now{now_ms, 0, {}};
    memset(now.entropy, ++fill, sizeof now.entropy);
    return now;
  }
  void begin() { session.begin(now_ms, moment()); }
  void track(double wall_ms) { session.take_event("E", wall_ms, wall_ms, moment()); }

  /// All that is to be done outside.
  uint32_t chores() {
    uint32_t all = 0;
    while (const uint32_t chore = session.take_chore()) all |= chore;
    return all;
  }

  std::string id(Identity::IdPlace place) const {
    const piste::IdentityView view = session.view();
    return view.identity == nullptr ? "(none)" : string_of(view.id(place));
  }
};

}  // namespace

TEST_CASE("who is not permitted gets no ids, whatever happens, and nothing is written") {
  Visit visit;
  visit.session.permit(false);
  CHECK_FALSE(visit.session.is_permitted());
  visit.begin();
  visit.track(kStartMs);
  visit.session.renew(kStartMs, visit.moment());
  CHECK(visit.session.view().identity == nullptr);
  CHECK_FALSE(visit.session.view().shows_user);
  CHECK_FALSE(visit.session.has_identity());
  CHECK(visit.chores() == 0);
}

TEST_CASE("with the permission the tracker begins, with what stands outside") {
  Visit visit;
  visit.session.permit(false);
  visit.session.find_identity("user.1600000000.3.1699999000.1699990000.session");
  visit.session.find_marker(true);
  visit.begin();
  CHECK(visit.session.view().identity == nullptr);
  visit.session.permit(true);
  visit.begin();
  CHECK(visit.id(Identity::user) == "user");
  CHECK(visit.id(Identity::session) == "session");
  CHECK(visit.session.view().shows_user);
  CHECK(visit.chores() == kWrites);
}

TEST_CASE("what was still to be written is not, once the permission is gone; erasures are") {
  Visit visit;
  visit.begin();
  visit.track(kStartMs);
  visit.session.permit(false);
  CHECK(visit.chores() == 0);
  visit.session.permit(true);
  visit.begin();
  visit.session.clear(false, false);
  visit.session.permit(false);
  CHECK(visit.chores() == kErasures);
}

TEST_CASE("to be permitted twice, or not to be, changes nothing") {
  Visit visit;
  visit.begin();
  const std::string user = visit.id(Identity::user);
  CHECK(visit.chores() == kWrites);
  visit.session.permit(true);
  visit.begin();
  CHECK(visit.id(Identity::user) == user);
  CHECK(visit.chores() == 0);
}

TEST_CASE("there is something of an identity as long as anything is left of it, here or outside") {
  for (const std::string_view store : {"1", "2", "3"}) {
    Visit visit(store);
    CHECK_FALSE(visit.session.has_identity());
    visit.begin();
    CHECK(visit.session.has_identity());
    (void)visit.chores();
    // What is kept in memory only is there, too.
    visit.session.permit(false);
    CHECK(visit.session.has_identity());
    visit.session.clear(false, false);
    CHECK_FALSE(visit.session.has_identity());
  }
  Visit visit;
  visit.session.find_marker(true);
  CHECK(visit.session.has_identity());
  visit.session.find_marker(false);
  visit.session.find_identity("x");
  CHECK(visit.session.has_identity());
}

TEST_CASE("after clearing and a new permission the visitor is another") {
  for (const std::string_view store : {"1", "2", "3"}) {
    Visit visit(store);
    visit.begin();
    visit.track(kStartMs);
    const std::string user = visit.id(Identity::user);
    const std::string session = visit.id(Identity::session);
    visit.session.permit(false);
    visit.session.clear(false, false);
    visit.session.permit(true);
    visit.begin();
    CHECK(visit.id(Identity::user).size() == 36);
    CHECK(visit.id(Identity::user) != user);
    CHECK(visit.id(Identity::session) != session);
    CHECK(visit.id(Identity::previous_session).empty());
    CHECK(visit.session.view().number(Identity::session_index) == 1);
    CHECK(visit.session.view().number(Identity::event_index) == 0);
  }
}

TEST_CASE("an event that is older than the session's last does not set it back") {
  Visit visit("3");
  visit.begin();
  visit.now_ms += 3600000;
  visit.track(visit.now_ms);
  const std::string session = visit.id(Identity::session);
  visit.track(kStartMs);
  visit.track(visit.now_ms + 1000);
  CHECK(visit.id(Identity::session) == session);
  CHECK(visit.session.view().number(Identity::now_s) == (visit.now_ms + 1000) / 1000);
  CHECK(visit.session.view().number(Identity::event_index) == 3);
}
