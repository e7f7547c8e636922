// Base64url: the vectors of RFC 4648 and of the protocol, and every byte at every place against a slow encoder.
#include "base/base64.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

namespace {

std::string encoded(std::string_view text) {
  return tests::written([&](piste::Bytes& out) { piste::append_base64url(out, tests::text_of(text)); });
}

/// One bit after another.
std::string slowly_encoded(std::string_view text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  for (size_t bit = 0; bit < text.size() * 8; bit += 6) {
    unsigned value = 0;
    for (size_t i = bit; i < bit + 6; ++i) {
      const unsigned byte = i / 8 < text.size() ? static_cast<unsigned char>(text[i / 8]) : 0;
      value = value << 1 | (byte >> (7 - i % 8) & 1);
    }
    out += alphabet[value];
  }
  return out;
}

}  // namespace

TEST_CASE("base64url is as the protocol and RFC 4648 show it, without padding") {
  const struct {
    std::string_view text, expected;
  } rows[] = {
      {"", ""},
      {"a", "YQ"},
      {"ab", "YWI"},
      {"abc", "YWJj"},
      {">>>???", "Pj4-Pz8_"},
      {"{\"k\":\"é✓~~?>\"}", "eyJrIjoiw6ninJN-fj8-In0"},
      {"f", "Zg"},
      {"fo", "Zm8"},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg"},
      {"fooba", "Zm9vYmE"},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& row : rows) CHECK(encoded(row.text) == row.expected);
}

TEST_CASE("every byte at every place is encoded as bit by bit") {
  for (size_t size = 1; size <= 7; ++size) {
    for (size_t place = 0; place < size; ++place) {
      size_t wrong = 0;
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, '\x5A');
        text[place] = static_cast<char>(byte);
        if (encoded(text) != slowly_encoded(text)) ++wrong;
      }
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("base64url is appended to what is there, also when the buffer must grow") {
  const std::string large(100001, '~');
  const std::string out = tests::written([&](piste::Bytes& bytes) {
    bytes.append("cx=");
    piste::append_base64url(bytes, tests::text_of(large));
  });
  CHECK(out == "cx=" + slowly_encoded(large));
}

TEST_CASE(
    "any bytes come back as they were encoded; padding and the other alphabet are read, all else is passed over") {
  std::string bytes;
  for (int size = 0; size < 200; ++size) {
    const std::string encoded =
        tests::written([&](piste::Bytes& out) { piste::append_base64url(out, tests::text_of(bytes)); });
    CHECK(tests::written([&](piste::Bytes& out) { piste::append_base64url_decoded(out, tests::text_of(encoded)); }) ==
          bytes);
    bytes += static_cast<char>(size * 37);
  }
  const auto decoded = [](std::string_view text) {
    return tests::written([&](piste::Bytes& out) { piste::append_base64url_decoded(out, tests::text_of(text)); });
  };
  CHECK(decoded("-_8") == "\xFB\xFF");
  CHECK(decoded("+/8=") == "\xFB\xFF");
  CHECK(decoded(" Y\nQ[@`{") == "a");
  CHECK(decoded("Y") == "");
}
