// Rows: their header both ways, and what is unreadable.
#include "model/row.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::read_row_kind;
using piste::RowKind;
using piste::Status;
using tests::string_of;
using tests::text_of;

TEST_CASE("a header that was written is read back") {
  for (const RowKind kind : {RowKind{false, false}, RowKind{false, true}, RowKind{true, false}, RowKind{true, true}}) {
    const std::string header = tests::written([&](piste::Bytes& out) { piste::append_row_header(out, kind); });
    CHECK(header.size() == piste::kRowHeaderBytes);
    const std::string row = header + (kind.query ? "e=pv&p=web" : R"({"e":"pv"})");
    const auto read = read_row_kind(text_of(row));
    REQUIRE(read.ok());
    CHECK(read.value() == kind);
    CHECK(string_of(piste::payload_of(text_of(row))) == row.substr(3));
  }
}

TEST_CASE("headers are what stored rows of this version begin with") {
  const struct {
    RowKind kind;
    std::string_view expected;
  } rows[] = {{{false, false}, "1p-"}, {{false, true}, "1pa"}, {{true, false}, "1g-"}, {{true, true}, "1ga"}};
  for (const auto& row : rows) {
    CHECK(tests::written([&](piste::Bytes& out) { piste::append_row_header(out, row.kind); }) == row.expected);
  }
}

TEST_CASE("rows of unknown form are unreadable") {
  for (const std::string_view row :
       {"", "1", "1p", "1p-", "1p-{", "2p-{\"e\":\"pv\"}", "0p-{\"e\":\"pv\"}", "1x-{\"e\":\"pv\"}",
        "1P-{\"e\":\"pv\"}", "1px{\"e\":\"pv\"}", "1g+e=pv", "1p-e=pv&p=web", "1p-[\"e\"]", " 1p-{\"e\":\"pv\"}",
        "1p-{\"e\":\"pv\"} ", "1p-{\"e\":\"\xC3\"}", "1g-e=\xFF", "{\"e\":\"pv\"}"}) {
    CAPTURE(row);
    const auto read = read_row_kind(text_of(row));
    CHECK_FALSE(read.ok());
    CHECK(read.status() == Status::unreadable_row);
  }
}

TEST_CASE("a POST row that was cut off anywhere is unreadable") {
  const std::string whole = R"(1p-{"e":"se","se_ca":"é✓","eid":"x"})";
  CHECK(read_row_kind(text_of(whole)).ok());
  for (size_t size = 0; size < whole.size(); ++size) {
    CHECK_FALSE(read_row_kind(text_of(std::string_view(whole).substr(0, size))).ok());
  }
}

TEST_CASE("a row that was cut off inside the JSON of one of its values is unreadable, quotes and braces or not") {
  const std::string whole = R"(1p-{"e":"ue","ue_pr":"{\"a\":\"x\"}","co":"{\"b\":{\"c\":\"y\\\\\"},\"d\":\"\\\"}\"}"})";
  CHECK(read_row_kind(text_of(whole)).ok());
  for (size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(read_row_kind(text_of(std::string_view(whole).substr(0, size))).ok());
  }
}

TEST_CASE("objects without a text at their end are unreadable, a backslash before the last quote is counted") {
  for (const std::string_view row : {"1p-{}", "1p-{1}", R"(1p-{\"})", R"(1p-{"a":"\"})", R"(1p-{"a":"\\\"})"}) {
    CHECK_FALSE(read_row_kind(text_of(row)).ok());
  }
  CHECK(read_row_kind(text_of(R"(1p-{"a":"\\"})")).ok());
  CHECK(read_row_kind(text_of(R"(1p-{"a":""})")).ok());
}

TEST_CASE("two kinds are the same when form and anonymity are") {
  CHECK(RowKind{true, true} == RowKind{true, true});
  CHECK_FALSE(RowKind{true, true} == RowKind{true, false});
  CHECK_FALSE(RowKind{true, true} == RowKind{false, true});
}
