// The inside of JSON strings, against nlohmann/json for every code point and at the ends of chunks.
#include "base/json_escape.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/texts.h"

namespace {

std::string escaped(std::string_view text) {
  return tests::written([&](piste::Bytes& out) { piste::append_json_escaped(out, tests::text_of(text)); });
}

std::string expected_of(const std::string& text) {
  const std::string quoted = nlohmann::json(text).dump();
  return quoted.substr(1, quoted.size() - 2);
}

void append_utf8(std::string& out, uint32_t point) {
  const auto push = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return push(point);
  if (point < 0x800) {
    push(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      push(0xE0 | point >> 12);
    } else {
      push(0xF0 | point >> 18);
      push(0x80 | (point >> 12 & 0x3F));
    }
    push(0x80 | (point >> 6 & 0x3F));
  }
  push(0x80 | (point & 0x3F));
}

}  // namespace

TEST_CASE("quotes, backslashes and control characters are escaped in their shortest form") {
  CHECK(escaped("") == "");
  CHECK(escaped("a\"b\\c/d") == R"(a\"b\\c/d)");
  CHECK(escaped("\b\t\n\f\r") == R"(\b\t\n\f\r)");
  CHECK(escaped(std::string_view("\0\x01\x0B\x1F\x7F", 5)) == "\\u0000\\u0001\\u000b\\u001f\x7F");
  CHECK(escaped("é✓🍕") == "é✓🍕");
}

TEST_CASE("every code point is escaped as nlohmann does") {
  size_t wrong = 0;
  for (uint32_t first = 0; first <= 0x10FFFF; first += 256) {
    std::string text;
    for (uint32_t point = first; point < first + 256; ++point) {
      if (point < 0xD800 || point > 0xDFFF) append_utf8(text, point);
    }
    if (escaped(text) != expected_of(text)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("each control character alone is escaped as nlohmann does") {
  for (char c = 0; c < 0x20; ++c) CHECK(escaped(std::string(1, c)) == expected_of(std::string(1, c)));
}

TEST_CASE("an escape at any place around the end of a chunk stays whole") {
  for (const char* what : {"\"", "\x01", "\n", "é", "🍕", "a"}) {
    for (size_t before = 505; before < 520; ++before) {
      const std::string text = std::string(before, 'x') + what + std::string(600, 'y');
      CHECK(escaped(text) == expected_of(text));
    }
  }
}

TEST_CASE("texts of exactly one chunk, a byte less and a byte more are whole") {
  for (const size_t size : {511U, 512U, 513U, 1023U, 1024U, 1025U}) {
    CHECK(escaped(std::string(size, 'a')) == std::string(size, 'a'));
    CHECK(escaped(std::string(size, '\x1E')) == expected_of(std::string(size, '\x1E')));
  }
}

TEST_CASE("escaped text is appended to what is there") {
  const std::string out = tests::written([](piste::Bytes& bytes) {
    bytes.push('"');
    piste::append_json_escaped(bytes, "a\nb");
    bytes.push('"');
  });
  CHECK(out == R"("a\nb")");
}
