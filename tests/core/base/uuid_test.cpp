// UUIDs: which bits are given and which are fixed, and that further ids differ.
#include "base/uuid.h"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "support/texts.h"

using piste::expand_entropy;
using piste::make_further_uuid;
using piste::make_uuid;

namespace {

std::string uuid_of(uint8_t fill) {
  uint8_t entropy[16];
  memset(entropy, fill, sizeof entropy);
  return tests::string_of(make_uuid(entropy).text());
}

}  // namespace

TEST_CASE("a UUID shows its entropy in order, in lower case") {
  const uint8_t entropy[16] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                               0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
  CHECK(tests::string_of(make_uuid(entropy).text()) == "00112233-4455-4677-8899-aabbccddeeff");
}

TEST_CASE("version and variant stand whatever the entropy is") {
  CHECK(uuid_of(0x00) == "00000000-0000-4000-8000-000000000000");
  CHECK(uuid_of(0xFF) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
  for (int fill = 0; fill < 256; ++fill) {
    const std::string uuid = uuid_of(static_cast<uint8_t>(fill));
    REQUIRE(uuid.size() == 36);
    CHECK(uuid[14] == '4');
    CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
  }
}

TEST_CASE("every other bit of the entropy changes the UUID") {
  std::set<std::string> seen{uuid_of(0)};
  for (int bit = 0; bit < 128; ++bit) {
    uint8_t entropy[16] = {};
    entropy[bit / 8] = static_cast<uint8_t>(1 << bit % 8);
    seen.insert(tests::string_of(make_uuid(entropy).text()));
  }
  CHECK(seen.size() == 1 + 128 - 6);
}

TEST_CASE("further ids differ from each other and from the first") {
  for (const uint8_t fill : {0x00, 0x01, 0x7F, 0xFF}) {
    uint8_t entropy[16];
    memset(entropy, fill, sizeof entropy);
    std::set<std::string> seen{std::string(reinterpret_cast<char*>(entropy), 16)};
    for (uint32_t index = 0; index < 1000; ++index) {
      uint8_t further[16];
      expand_entropy(entropy, index, further);
      seen.emplace(reinterpret_cast<char*>(further), 16);
    }
    CHECK(seen.size() == 1001);
  }
}

TEST_CASE("further ids of different entropy differ, and the same input gives the same id") {
  std::set<std::string> seen;
  for (int bit = 0; bit < 128; ++bit) {
    uint8_t entropy[16] = {};
    entropy[bit / 8] = static_cast<uint8_t>(1 << bit % 8);
    uint8_t further[16];
    uint8_t again[16];
    expand_entropy(entropy, 0, further);
    expand_entropy(entropy, 0, again);
    CHECK(memcmp(further, again, 16) == 0);
    seen.emplace(reinterpret_cast<char*>(further), 16);
  }
  CHECK(seen.size() == 128);
}

TEST_CASE("further UUIDs are those of the further ids, and none is the first") {
  const uint8_t entropy[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  std::set<std::string> seen{tests::string_of(make_uuid(entropy).text())};
  for (uint32_t index = 0; index < 100; ++index) {
    uint8_t further[16];
    expand_entropy(entropy, index, further);
    const std::string uuid = tests::string_of(make_further_uuid(entropy, index).text());
    CHECK(uuid == tests::string_of(make_uuid(further).text()));
    CHECK(uuid[14] == '4');
    seen.insert(uuid);
  }
  CHECK(seen.size() == 101);
}
