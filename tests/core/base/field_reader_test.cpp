// Packed buffers: whole, cut at every byte, and with sizes that lie.
#include "base/field_reader.h"

#include <catch2/catch_test_macros.hpp>

#include "support/event_buffer.h"
#include "support/texts.h"

using piste::FieldReader;
using tests::packed;
using tests::string_of;
using tests::text_of;

TEST_CASE("fields are read in order, empty ones too, until the end") {
  const std::string buffer = packed({"abc", "", "\xC3\xA9", std::string_view("\0", 1)});
  FieldReader reader(text_of(buffer));
  CHECK(string_of(reader.next()) == "abc");
  CHECK(string_of(reader.next()).empty());
  CHECK(string_of(reader.next()) == "é");
  CHECK_FALSE(reader.at_end());
  CHECK(reader.next().size == 1);
  CHECK(reader.at_end());
  CHECK_FALSE(reader.failed());
}

TEST_CASE("a buffer that is cut short at any byte fails, and stays failed") {
  const std::string whole = packed({"abc", "de"});
  for (size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    // A copy of its own, so that the address sanitizer sees a read past the end.
    const std::string cut(whole, 0, size);
    FieldReader reader(text_of(cut));
    const bool first_is_whole = size >= 7;
    CHECK(string_of(reader.next()) == (first_is_whole ? "abc" : ""));
    CHECK(reader.failed() == !first_is_whole);
    CHECK(reader.next().empty());
    CHECK(reader.failed());
    CHECK(reader.next().empty());
    CHECK(reader.failed());
  }
}

TEST_CASE("a size beyond the end fails, however large") {
  for (const std::string_view size : {"\x01\x00\x00\x00", "\xFF\xFF\xFF\x7F", "\x00\x00\x00\x80", "\xFF\xFF\xFF\xFF"}) {
    const std::string buffer(size.data(), 4);
    FieldReader reader(text_of(buffer));
    CHECK(reader.next().empty());
    CHECK(reader.failed());
  }
}

TEST_CASE("a buffer of nothing fails when a field is asked for") {
  FieldReader reader({});
  CHECK(reader.at_end());
  CHECK_FALSE(reader.failed());
  CHECK(reader.next().empty());
  CHECK(reader.failed());
}
