// The parts of PISTE_KEY_ENTITIES: what is read of them, and what is refused.
#include "model/attached.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/texts.h"

using piste::is_attached;
using tests::string_of;
using tests::text_of;

namespace {

/// Each part as its purposes, a colon and its entities.
std::vector<std::string> parts(std::string_view value) {
  std::vector<std::string> all;
  for (piste::Text rest = text_of(value); !rest.empty();) {
    const piste::AttachedPart part = take_attached(rest);
    all.push_back(std::to_string(part.purposes) + ':' + string_of(part.entities));
  }
  return all;
}

}  // namespace

TEST_CASE("a value is read as parts, of which the first needs nothing") {
  using Parts = std::vector<std::string>;
  CHECK(parts("").empty());
  CHECK(parts("{1},{2}") == Parts{"0:{1},{2}"});
  CHECK(parts("{1}\x1e"
              "2{2}\x1e"
              "07{3},{4}") == Parts{"0:{1}", "4:{2}", "129:{3},{4}"});
  CHECK(parts("\x1e"
              "1{2}") == Parts{"0:", "2:{2}"});
}

TEST_CASE("what follows a mark is purposes and an object") {
  for (const std::string_view good : {"", "{1}", "anything, for it is the host's own",
                                      "{1}\x1e"
                                      "2{2}",
                                      "\x1e"
                                      "01234567{2}\x1e"
                                      "1{3}"}) {
    CAPTURE(good);
    CHECK(is_attached(text_of(good)));
  }
  for (const std::string_view bad : {"{1}\x1e{2}",
                                     "{1}\x1e"
                                     "8{2}",
                                     "\x1e"
                                     "2",
                                     "\x1e"
                                     "2 {2}",
                                     "\x1e\x1e"
                                     "2{2}",
                                     "\x1e"
                                     "a{2}"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_attached(text_of(bad)));
  }
}
