// Views of bytes: their bounds, and when two are the same.
#include "base/text.h"

#include <catch2/catch_test_macros.hpp>

using piste::starts_with;
using piste::Text;

TEST_CASE("a text is empty by default and has no bytes") {
  const Text text;
  CHECK(text.empty());
  CHECK(text.data == nullptr);
  CHECK(text.size == 0);
}

TEST_CASE("a text of a literal ends before the terminator, and may hold zero bytes") {
  CHECK(Text("").empty());
  CHECK(Text("abc").size == 3);
  CHECK(Text("a\0b").size == 3);
  CHECK(Text("abc")[1] == 'b');
  CHECK(Text("abc").back() == 'c');
}

TEST_CASE("a part views the same bytes") {
  const Text text("abcdef");
  CHECK(text.part(2, 3) == Text("cde"));
  CHECK(text.part(2, 3).data == text.data + 2);
  CHECK(text.part(6, 0).empty());
}

TEST_CASE("texts are the same when their bytes are, wherever they lie") {
  const char other[] = {'a', 'b', 'c'};
  CHECK(Text("abc") == Text(other, 3));
  CHECK_FALSE(Text("abc") == Text("abd"));
  CHECK_FALSE(Text("abc") == Text("ab"));
  CHECK_FALSE(Text("a\0b") == Text("a\0c"));
  CHECK(Text() == Text(""));
  CHECK(Text(nullptr, 0) == Text("abc").part(1, 0));
}

TEST_CASE("a text starts with its own beginnings only") {
  CHECK(starts_with("https://a", "https:"));
  CHECK(starts_with("https:", "https:"));
  CHECK(starts_with("https:", ""));
  CHECK(starts_with(Text(), ""));
  CHECK_FALSE(starts_with("https", "https:"));
  CHECK_FALSE(starts_with("Https:", "https:"));
}

TEST_CASE("the first place of a character is found, or the end; what is before it is taken off with it") {
  CHECK(piste::index_of("a=b=c", '=') == 1);
  CHECK(piste::index_of("abc", '=') == 3);
  CHECK(piste::index_of("", '=') == 0);
  Text text = "a=b=";
  CHECK(piste::take_until(text, '=') == Text("a"));
  CHECK(text == Text("b="));
  CHECK(piste::take_until(text, '=') == Text("b"));
  CHECK(text.empty());
  text = "abc";
  CHECK(piste::take_until(text, '=') == Text("abc"));
  CHECK(text.empty());
}
