// Well-formed UTF-8: the table of Unicode, all short sequences and the edges of the long ones against a slow decoder.
#include "base/utf8.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

using tests::text_of;

namespace {

/// The size that a lead byte announces; 0 if it is none.
size_t announced(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >> 5 == 0x6) return 2;
  if (lead >> 4 == 0xE) return 3;
  return lead >> 3 == 0x1E ? 4 : 0;
}

/// Decodes with arithmetic and then asks whether the code point may be written so: nothing of the core's tables.
bool is_utf8_slowly(std::string_view text) {
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t size = announced(lead);
    if (size == 0 || at + size > text.size()) return false;
    uint32_t point = size == 1 ? lead : lead & (0x7FU >> size);
    for (size_t i = at + 1; i < at + size; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte >> 6 != 2) return false;
      point = point << 6 | (byte & 0x3F);
    }
    if (point < kLeast[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    at += size;
  }
  return true;
}

bool agrees(std::string_view text) { return piste::is_utf8(text_of(text)) == is_utf8_slowly(text); }

char byte_of(unsigned value) { return static_cast<char>(value & 0xFF); }

/// Each byte that bounds a range of table 3-7 of Unicode, or lies beside one.
const std::string& edge_bytes() {
  static const std::string bytes(
      "\x00\x41\x7F\x80\x81\x8F\x90\x91\x9F\xA0\xA1\xBF\xC0\xC1\xC2\xDF\xE0\xED\xEF\xF0\xF1\xF3\xF4\xF5\xF8\xFF", 26);
  return bytes;
}

}  // namespace

TEST_CASE("texts of people and machines are UTF-8") {
  for (const std::string_view text : {"", "a", "abcd", "abcde", "é", "aé", "abcé", "✓", "🍕", "abc🍕def", "日本語"}) {
    CHECK(piste::is_utf8(text_of(text)));
  }
  CHECK(piste::is_utf8({}));
  CHECK(piste::is_utf8(text_of(std::string_view("a\0b", 3))));
}

TEST_CASE("the first and the last code point of each size are UTF-8, those beside them are not") {
  const struct {
    std::string_view text;
    bool expected;
  } rows[] = {
      {"\x7F", true},
      {"\xC2\x80", true},
      {"\xDF\xBF", true},
      {"\xE0\xA0\x80", true},
      {"\xED\x9F\xBF", true},
      {"\xEE\x80\x80", true},
      {"\xEF\xBF\xBF", true},
      {"\xF0\x90\x80\x80", true},
      {"\xF4\x8F\xBF\xBF", true},
      // Overlong forms.
      {"\xC0\x80", false},
      {"\xC1\xBF", false},
      {"\xE0\x80\x80", false},
      {"\xE0\x9F\xBF", false},
      {"\xF0\x80\x80\x80", false},
      {"\xF0\x8F\xBF\xBF", false},
      // Surrogates.
      {"\xED\xA0\x80", false},
      {"\xED\xBF\xBF", false},
      {"\xED\xA0\xBD\xED\xB8\x80", false},
      // Above U+10FFFF, and bytes that never occur.
      {"\xF4\x90\x80\x80", false},
      {"\xF5\x80\x80\x80", false},
      {"\xF8\x88\x80\x80\x80", false},
      {"\xFE", false},
      {"\xFF", false},
      // Truncated, and tails without a lead.
      {"\xC3", false},
      {"\xE2\x9C", false},
      {"\xF0\x9F\x8D", false},
      {"\x80", false},
      {"\xBF", false},
      {"abcd\xC3", false},
      {"\xC3\x28", false},
      {"\xE2\x28\xA1", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(piste::is_utf8(text_of(row.text)) == row.expected);
    CHECK(is_utf8_slowly(row.text) == row.expected);
  }
}

TEST_CASE("all sequences of one to three bytes are judged as a slow decoder does") {
  size_t wrong = 0;
  for (unsigned i = 0; i < 1U << 24; ++i) {
    const char bytes[] = {byte_of(i), byte_of(i >> 8), byte_of(i >> 16)};
    if (i < 1U << 8 && !agrees({bytes, 1})) ++wrong;
    if (i < 1U << 16 && !agrees({bytes, 2})) ++wrong;
    if (!agrees({bytes, 3})) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("sequences of four bytes at the edges of the ranges are judged as a slow decoder does") {
  size_t wrong = 0;
  for (const char a : edge_bytes()) {
    for (const char b : edge_bytes()) {
      for (const char c : edge_bytes()) {
        for (const char d : edge_bytes()) {
          const char bytes[] = {a, b, c, d};
          if (!agrees({bytes, 4})) ++wrong;
        }
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("a broken sequence is found at every place of a longer text") {
  for (size_t place = 0; place <= 13; ++place) {
    std::string text = std::string(place, 'a') + "é" + std::string(13 - place, 'b');
    CHECK(piste::is_utf8(text_of(text)));
    text.erase(place, 1);
    CHECK_FALSE(piste::is_utf8(text_of(text)));
    text[place] = '\xC3';
    CHECK_FALSE(piste::is_utf8(text_of(text)));
  }
}
