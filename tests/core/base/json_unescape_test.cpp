// Escapes one by one, what is none, and the way there and back.
#include "base/json_unescape.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "base/json_escape.h"
#include "base/utf8.h"
#include "support/texts.h"

using tests::text_of;

namespace {

std::string unescaped(std::string_view inside) {
  return tests::written([&](piste::Bytes& out) { piste::append_json_unescaped(out, text_of(inside)); });
}

}  // namespace

TEST_CASE("escapes become what they stand for") {
  const struct {
    std::string_view inside, text;
  } rows[] = {
      {"", ""},
      {"plain é", "plain é"},
      {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
      {R"(\u0041\u00e9\u00E9\u20ac\uffff)", "Aéé€\xEF\xBF\xBF"},
      {R"(\ud83c\udf55!)", "🍕!"},
      {R"(\uDBFF\uDFFF)", "\xF4\x8F\xBF\xBF"},
      {R"(\ud83c)", "\xEF\xBF\xBD"},
      {R"(\ud83c\u0041)", "\xEF\xBF\xBD\x41"},
      {R"(\udf55\ud83c)", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {R"(\ud83cx)", "\xEF\xBF\xBDx"},
      {R"(\x\u12\u12g4)", "xu12u12g4"},
      {"a\\", "a\\"},
      {R"(\\u0041)", "\\u0041"},
  };
  for (const auto& row : rows) CHECK(unescaped(row.inside) == row.text);
}

TEST_CASE("any text comes back as it was escaped") {
  std::minstd_rand random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text(random() % 40, '\0');
    for (char& byte : text) byte = static_cast<char>(random() % 128);
    const std::string inside =
        tests::written([&](piste::Bytes& out) { piste::append_json_escaped(out, text_of(text)); });
    CHECK(unescaped(inside) == text);
  }
}

TEST_CASE("what a JSON library reads is what is read here, also from ASCII alone") {
  for (const std::string_view text : {"é", "€uro", "🍕 and \x01", "a\"b\\c/d"}) {
    const std::string json = nlohmann::json(text).dump(-1, ' ', true);
    CHECK(unescaped(json.substr(1, json.size() - 2)) == text);
  }
}

TEST_CASE("whatever escapes there are, the text is UTF-8") {
  std::minstd_rand random(8);
  const std::string_view pieces[] = {"\\", "u", "d8", "3c", "dc", "00", "é", "\\ud800", "\\udc00", "x"};
  for (int round = 0; round < 2000; ++round) {
    std::string inside;
    for (auto left = random() % 12; left > 0; --left) inside += pieces[random() % 10];
    CHECK(piste::is_utf8(text_of(unescaped(inside))));
  }
}

TEST_CASE("a string ends at the first quote that is not escaped, or with the text") {
  const struct {
    std::string_view json;
    uint32_t start, end;
  } rows[] = {{R"("a")", 1, 2},   {R"("")", 1, 1}, {R"("a\"b")", 1, 5},
              {R"("a\\")", 1, 4}, {R"("a)", 1, 2}, {"\"\\", 1, 2}};
  for (const auto& row : rows) CHECK(piste::json_string_end(text_of(row.json), row.start) == row.end);
}
