// Patterns against texts and paths.
#include "base/glob.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::GlobMatch;
using piste::match_glob;
using piste::PathPattern;
using tests::string_of;
using tests::text_of;

TEST_CASE("a pattern is for the whole text, and its star for anything") {
  const struct {
    std::string_view pattern, text;
    bool fits;
    std::string_view star;
  } rows[] = {
      {"", "", true, ""},          {"", "a", false, ""},          {"a", "", false, ""},
      {"a", "a", true, ""},        {"a", "ab", false, ""},        {"ab", "a", false, ""},
      {"*", "", true, ""},         {"*", "x/y", true, "x/y"},     {"a*", "a", true, ""},
      {"a*", "abc", true, "bc"},   {"*c", "abc", true, "ab"},     {"a*c", "abc", true, "b"},
      {"ab*ba", "aba", false, ""}, {"a*a", "a", false, ""},       {"a*a", "aa", true, ""},
      {"a*c", "abd", false, ""},   {"UTM_*", "utm_x", true, "x"}, {"utm_*", "UTM_X", true, "X"},
      {"a@", "A`", false, ""},     {"[", "{", false, ""},         {"a**b", "a1*b", true, "1"},
      {"é*", "éa", true, "a"},
  };
  for (const auto& row : rows) {
    const GlobMatch match = match_glob(text_of(row.pattern), text_of(row.text));
    INFO(row.pattern << " " << row.text);
    CHECK(match.fits == row.fits);
    if (!row.fits) continue;
    CHECK(match.has_star == (row.pattern.find('*') != std::string_view::npos));
    CHECK(row.text.substr(match.start, match.end - match.start) == row.star);
  }
}

TEST_CASE("a pattern without a gap is for as many segments as it has parts; with one, for any more") {
  const struct {
    std::string_view pattern;
    uint32_t head, tail;
    bool fits[5];
  } rows[] = {
      {"", 0, 0, {true, false, false, false, false}},        {"a", 1, 0, {false, true, false, false, false}},
      {"a/*", 2, 0, {false, false, true, false, false}},     {"**", 0, 0, {true, true, true, true, true}},
      {"a/**", 1, 0, {false, true, true, true, true}},       {"**/z", 0, 1, {false, true, true, true, true}},
      {"a/**/y/z", 1, 2, {false, false, false, true, true}},
  };
  for (const auto& row : rows) {
    INFO(row.pattern);
    const PathPattern pattern(text_of(row.pattern));
    CHECK(pattern.head_count() == row.head);
    CHECK(pattern.tail_count() == row.tail);
    for (uint32_t count = 0; count < 5; ++count) CHECK(pattern.fits(count) == row.fits[count]);
  }
}

TEST_CASE("each segment has its part") {
  const PathPattern pattern(text_of("a/b*/**/y/z"));
  const std::string_view parts[] = {"a", "b*", "**", "**", "y", "z"};
  for (uint32_t i = 0; i < 6; ++i) CHECK(string_of(pattern.part(i, 6)) == parts[i]);
  CHECK(string_of(pattern.part(2, 4)) == "y");
  CHECK(string_of(pattern.part(3, 4)) == "z");
  CHECK(string_of(PathPattern(text_of("a/*")).part(1, 2)) == "*");
}
