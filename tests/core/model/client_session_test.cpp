// The client_session entity, byte for byte.
#include "model/client_session.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "support/texts.h"

using piste::Identity;
using piste::IdentityView;
using tests::text_of;

namespace {

constexpr std::string_view kFull = "user.1700000000.3.1700000100.1699990000.session.previous.first.1700000050123.7";

std::string entity(std::string_view text, bool shows_user = true, bool is_local = false) {
  Identity identity;
  piste::read_identity(text_of(text), identity);
  const IdentityView view{&identity, shows_user, true, is_local};
  return tests::written([&](piste::Bytes& out) { piste::append_client_session(out, view); });
}

}  // namespace

TEST_CASE("a full identity gives every member") {
  CHECK(entity(kFull) ==
        R"({"userId":"user","sessionId":"session","eventIndex":7,"sessionIndex":3,"previousSessionId":"previous",)"
        R"("storageMechanism":"COOKIE_1","firstEventId":"first","firstEventTimestamp":"2023-11-14T22:14:10.123Z"})");
}

TEST_CASE("what stands in localStorage says so") {
  CHECK(entity(kFull, true, true) ==
        R"({"userId":"user","sessionId":"session","eventIndex":7,"sessionIndex":3,"previousSessionId":"previous",)"
        R"("storageMechanism":"LOCAL_STORAGE","firstEventId":"first",)"
        R"("firstEventTimestamp":"2023-11-14T22:14:10.123Z"})");
}

TEST_CASE("a first session has no session before it") {
  CHECK(entity("user.1700000000.1.1700000000..session..first.1700000000400.1") ==
        R"({"userId":"user","sessionId":"session","eventIndex":1,"sessionIndex":1,"previousSessionId":null,)"
        R"("storageMechanism":"COOKIE_1","firstEventId":"first","firstEventTimestamp":"2023-11-14T22:13:20.400Z"})");
}

TEST_CASE("a session without events has null for what its first event would tell") {
  CHECK(entity("user.1700000000.1.1700000000..session....0") ==
        R"({"userId":"user","sessionId":"session","eventIndex":0,"sessionIndex":1,"previousSessionId":null,)"
        R"("storageMechanism":"COOKIE_1","firstEventId":null,"firstEventTimestamp":null})");
}

TEST_CASE("an anonymous visitor is nobody, and the session before is not told") {
  CHECK(entity(".1700000000.3.1700000100.1699990000.session..first.1700000050123.7", false) ==
        R"({"userId":"00000000-0000-0000-0000-000000000000","sessionId":"session","eventIndex":7,"sessionIndex":3,)"
        R"("previousSessionId":null,"storageMechanism":"COOKIE_1","firstEventId":"first",)"
        R"("firstEventTimestamp":"2023-11-14T22:14:10.123Z"})");
}

TEST_CASE("whatever an identity is read of, the entity is JSON with all its members") {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("\".1.1.1.1.\\.\n.\x7F.x.1"),
        std::string_view("{}.999999999999999.999999999999999.1.1.</script>.[].'.999999999999999.999999999999999")}) {
    for (const bool shows_user : {true, false}) {
      const auto json = nlohmann::json::parse(entity(text, shows_user), nullptr, false);
      REQUIRE(json.is_object());
      CHECK(json.size() == 8);
    }
  }
}
