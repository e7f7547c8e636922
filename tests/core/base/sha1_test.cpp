// The start of SHA-1 digests: known messages, lengths around the end of a block, and scopes of cookies.
#include "base/sha1.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

using piste::sha1_head;
using tests::text_of;

TEST_CASE("messages of RFC 3174 have the digests that stand there") {
  CHECK(sha1_head("") == 0xDA39A3EE);
  CHECK(sha1_head({}) == 0xDA39A3EE);
  CHECK(sha1_head("abc") == 0xA9993E36);
  CHECK(sha1_head("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == 0x84983E44);
}

TEST_CASE("messages that end around the end of a block have the right digest") {
  const struct {
    size_t size;
    uint32_t of_letters, of_bytes;
  } rows[] = {
      {1, 0x86F7E437, 0x9842926A},   {3, 0x7E240DE7, 0x4201DE9F},    {54, 0xB05D71C6, 0x0617D0E2},
      {55, 0xC1C8BBDC, 0xDDF57317},  {56, 0xC2DB330F, 0xA0D492BB},   {57, 0xF08F2490, 0x11A02DCF},
      {63, 0x03F09F5B, 0xC5585674},  {64, 0x0098BA82, 0xBEDE92BE},   {65, 0x11655326, 0xB05A8052},
      {119, 0xEE971065, 0x504E2737}, {120, 0xF34C1488, 0x82134B02},  {127, 0x89D95FA3, 0x34D5E582},
      {128, 0xAD5B3FDB, 0xA09133E6}, {1000, 0x291E9A6C, 0x4231A8A5},
  };
  for (const auto& row : rows) {
    CAPTURE(row.size);
    CHECK(sha1_head(text_of(std::string(row.size, 'a'))) == row.of_letters);
    std::string bytes;
    for (size_t i = 0; i < row.size; ++i) bytes += static_cast<char>((i * 7 + 3) % 256);
    CHECK(sha1_head(text_of(bytes)) == row.of_bytes);
  }
}

TEST_CASE("the first four digits of scopes of cookies are those that other trackers of the protocol find") {
  const struct {
    std::string_view scope;
    uint32_t hash;
  } rows[] = {
      {"example.com/", 0x8809},  {"www.example.com/", 0x2A0B},
      {".example.com/", 0x62DF}, {"localhost/", 0x1FFF},
      {"127.0.0.1/", 0xDC78},    {"example.co.uk/", 0xA37F},
      {"shop.test/", 0xC169},    {"snowplow-js-tracker.local/", 0x7F01},
  };
  for (const auto& row : rows) {
    CAPTURE(row.scope);
    CHECK(sha1_head(text_of(row.scope)) >> 16 == row.hash);
  }
}

TEST_CASE("each word of a digest can be asked for") {
  const uint32_t words[] = {0xA9993E36, 0x4706816A, 0xBA3E2571, 0x7850C26C, 0x9CD0D89D};
  for (uint32_t i = 0; i < 5; ++i) CHECK(sha1_head("abc", i) == words[i]);
}
