// Percent encoding, byte by byte, against the list of what encodeURIComponent leaves alone.
#include "base/percent.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

namespace {

std::string encoded(std::string_view text) {
  return tests::written([&](piste::Bytes& out) { piste::append_percent_encoded(out, tests::text_of(text)); });
}

std::string expected_of(unsigned char byte) {
  const std::string_view stays = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
  const std::string_view hex = "0123456789ABCDEF";
  if (stays.find(static_cast<char>(byte)) != std::string_view::npos) return {static_cast<char>(byte)};
  return {'%', hex[byte / 16], hex[byte % 16]};
}

}  // namespace

TEST_CASE("each byte stays or becomes its two digits, as encodeURIComponent does") {
  for (int i = 0; i < 256; ++i) {
    const auto byte = static_cast<unsigned char>(i);
    CHECK(encoded(std::string(1, static_cast<char>(byte))) == expected_of(byte));
  }
}

TEST_CASE("values of queries are encoded as JavaScript does") {
  const struct {
    std::string_view text, expected;
  } rows[] = {
      {"", ""},
      {"a b", "a%20b"},
      {"https://a.test/?q=1&r=é#x", "https%3A%2F%2Fa.test%2F%3Fq%3D1%26r%3D%C3%A9%23x"},
      {"🍕", "%F0%9F%8D%95"},
      {"100%+1", "100%25%2B1"},
      {"it's (here)!*~", "it's%20(here)!*~"},
  };
  for (const auto& row : rows) CHECK(encoded(row.text) == row.expected);
}

TEST_CASE("a long value grows the buffer") {
  const std::string large(10000, '/');
  std::string expected;
  for (size_t i = 0; i < large.size(); ++i) expected += "%2F";
  CHECK(encoded(large) == expected);
}

TEST_CASE("what was encoded is read; what is no pair of digits stays") {
  const struct {
    std::string_view text, once, deep;
  } rows[] = {
      {"", "", ""},
      {"a%20b", "a b", "a b"},
      {"%C3%a9", "é", "é"},
      {"a%40b+c", "a@b+c", "a@b+c"},
      {"a%2540b", "a%40b", "a@b"},
      {"a%25252540b", "a%252540b", "a@b"},
      {"100%25", "100%", "100%25"},
      {"%", "%", "%"},
      {"%4", "%4", "%4"},
      {"%4g%zz", "%4g%zz", "%4g%zz"},
  };
  for (const auto& row : rows) {
    for (const bool deep : {false, true}) {
      const std::string read = tests::written(
          [&](piste::Bytes& out) { piste::append_percent_decoded(out, tests::text_of(row.text), deep); });
      CHECK(read == (deep ? row.deep : row.once));
    }
  }
}

TEST_CASE("each byte comes back as it was encoded, and one read moves behind it") {
  for (int i = 0; i < 256; ++i) {
    const std::string byte(1, static_cast<char>(i));
    const std::string text = encoded(byte) + "x";
    uint32_t at = 0;
    CHECK(piste::read_percent(tests::text_of(text), at, false) == byte[0]);
    CHECK(at == text.size() - 1);
  }
}
