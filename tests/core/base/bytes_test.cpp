// The growing buffer: what is appended stays, in order, however it grows.
#include "base/bytes.h"

#include <catch2/catch_test_macros.hpp>

#include "base/field_reader.h"
#include "support/texts.h"

using piste::Bytes;
using piste::Text;
using tests::string_of;
using tests::text_of;

TEST_CASE("a new buffer is empty and well") {
  const Bytes bytes;
  CHECK(bytes.ok());
  CHECK(bytes.size() == 0);
  CHECK(bytes.text().empty());
}

TEST_CASE("what is appended stays in order while the buffer grows") {
  Bytes bytes;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    const std::string piece(static_cast<size_t>(i % 7), static_cast<char>('a' + i % 26));
    bytes.append(text_of(piece));
    bytes.push('-');
    expected += piece + '-';
  }
  CHECK(bytes.ok());
  CHECK(string_of(bytes.text()) == expected);
}

TEST_CASE("appending nothing changes nothing, not even without a place") {
  Bytes bytes;
  bytes.append(Text());
  bytes.append("");
  CHECK(bytes.data() == nullptr);
  CHECK(bytes.ok());
}

TEST_CASE("a reserved place is content only once it is advanced over") {
  Bytes bytes;
  bytes.append("ab");
  char* place = bytes.reserve(300);
  REQUIRE(place != nullptr);
  memcpy(place, "cd", 2);
  CHECK(bytes.size() == 2);
  bytes.advance(2);
  CHECK(bytes.text() == Text("abcd"));
}

TEST_CASE("a buffer takes one large piece at once") {
  const std::string large(3000000, 'x');
  Bytes bytes;
  bytes.push('a');
  bytes.append(text_of(large));
  CHECK(bytes.size() == 3000001);
  CHECK(string_of(bytes.text()) == 'a' + large);
}

TEST_CASE("a cleared buffer keeps its memory") {
  Bytes bytes;
  bytes.append("abc");
  const char* before = bytes.data();
  bytes.clear();
  CHECK(bytes.size() == 0);
  bytes.assign("de");
  CHECK(bytes.data() == before);
  CHECK(bytes.text() == Text("de"));
  bytes.pop();
  CHECK(bytes.text() == Text("d"));
}

TEST_CASE("a buffer is shortened, and goes on from there") {
  Bytes bytes;
  bytes.append("abcd");
  bytes.shorten(2);
  bytes.push('e');
  CHECK(bytes.text() == Text("abe"));
  bytes.shorten(0);
  CHECK(bytes.size() == 0);
}

TEST_CASE("two buffers change places with all that they are, and each frees what it has then") {
  Bytes one;
  Bytes other;
  one.append("one");
  const char* const place = one.data();
  CHECK(other.reserve(0xFFFFFFF0U) == nullptr);
  one.swap(other);
  CHECK(other.data() == place);
  CHECK(other.text() == Text("one"));
  CHECK(other.ok());
  CHECK(one.size() == 0);
  CHECK_FALSE(one.ok());
  one.assign("again");
  CHECK(one.text() == Text("again"));
}

TEST_CASE("a field is its size and its bytes, as FieldReader reads them") {
  const std::string large(70000, 'x');
  Bytes bytes;
  for (const std::string_view field : {std::string_view(""), std::string_view("a\0b", 3), std::string_view(large)}) {
    piste::append_field(bytes, text_of(field));
  }
  CHECK(string_of(bytes.text()).substr(0, 11) == std::string("\0\0\0\0\3\0\0\0a\0b", 11));
  piste::FieldReader reader(bytes.text());
  CHECK(reader.next().empty());
  CHECK(string_of(reader.next()) == std::string("a\0b", 3));
  CHECK(string_of(reader.next()) == large);
  CHECK(reader.at_end());
  CHECK_FALSE(reader.failed());
}

TEST_CASE("more than any buffer may hold is refused, and the content stays") {
  Bytes bytes;
  bytes.append("abc");
  CHECK(bytes.reserve(0xFFFFFFF0U) == nullptr);
  CHECK_FALSE(bytes.ok());
  CHECK(bytes.text() == Text("abc"));
  bytes.append("d");
  CHECK_FALSE(bytes.ok());
  bytes.clear();
  CHECK(bytes.ok());
}
