// Rows: their header both ways, and what is unreadable.
#include "model/row.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "support/texts.h"

using piste::Priority;
using piste::read_row_head;
using piste::RowHead;
using piste::RowKind;
using piste::Status;
using tests::string_of;
using tests::text_of;

namespace {

constexpr RowKind kKinds[] = {{false, false}, {false, true}, {true, false}, {true, true}};
constexpr Priority kPriorities[] = {Priority::low, Priority::normal, Priority::high};

std::string written(const RowHead& head) {
  return tests::written([&](piste::Bytes& out) { piste::append_row_head(out, head); });
}

Status status_of(std::string_view row) {
  RowHead head;
  return read_row_head(text_of(row), head);
}

}  // namespace

TEST_CASE("a header that was written is read back") {
  for (const RowKind kind : kKinds) {
    for (const Priority priority : kPriorities) {
      for (const double taken_ms : {0.0, 1.0, 1700000000000.0, 9999999999999.0}) {
        const std::string header = written({kind, priority, taken_ms});
        CHECK(header.size() == piste::kRowHeaderBytes);
        const std::string payload = kind.query ? "e=pv&p=web" : R"({"e":"pv"})";
        const std::string row = header + payload + piste::kRowEnd;
        RowHead head;
        REQUIRE(read_row_head(text_of(row), head) == Status::ok);
        CHECK(head.kind == kind);
        CHECK(head.priority == priority);
        CHECK(head.taken_ms == taken_ms);
        CHECK(string_of(piste::payload_of(text_of(row))) == payload);
        CHECK(row.size() == payload.size() + piste::kRowFrameBytes);
      }
    }
  }
}

TEST_CASE("what a row is for is read back, whatever it is; but for nothing is no row") {
  for (uint32_t purposes = 0; purposes < 256; ++purposes) {
    for (const Priority priority : kPriorities) {
      const std::string row =
          written({{}, priority, 9999999999999.0, static_cast<uint8_t>(purposes)}) + "{}" + piste::kRowEnd;
      CAPTURE(row);
      CHECK(row.size() == piste::kRowFrameBytes + 2);
      RowHead head;
      REQUIRE(read_row_head(text_of(row), head) == (purposes == 0 ? Status::unreadable_row : Status::ok));
      if (purposes == 0) continue;
      CHECK(head.purposes == purposes);
      CHECK(head.priority == priority);
      CHECK(head.taken_ms == 9999999999999.0);
      CHECK_FALSE(head.is_impersonal);
    }
  }
}

TEST_CASE("what is for analytics alone begins as rows did before there were purposes") {
  const struct {
    uint8_t purposes;
    std::string_view expected;
  } rows[] = {{0b00000010, "2p-111700000000000"}, {0b00000001, "2p-=11700000000000"},
              {0b00000011, "2p-511700000000000"}, {0b00000110, "2p-A11700000000000"},
              {0b00001010, "2p-121700000000000"}, {0b10000010, "2p-1A1700000000000"},
              {0b11111111, "2p-EP1700000000000"}};
  for (const auto& row : rows) {
    CHECK(written({{}, Priority::normal, 1700000000000.0, row.purposes}) == row.expected);
  }
}

TEST_CASE("headers are what stored rows of this version begin with") {
  const struct {
    RowHead head;
    std::string_view expected;
  } rows[] = {{{{false, false}, Priority::normal, 1700000000000.0}, "2p-111700000000000"},
              {{{false, true}, Priority::low, 1}, "2pa010000000000001"},
              {{{true, false}, Priority::high, 9999999999999.0}, "2g-219999999999999"},
              {{{true, true}, Priority::normal, 0}, "2ga110000000000000"}};
  for (const auto& row : rows) CHECK(written(row.head) == row.expected);
}

TEST_CASE("a time is cut to whole ms, and one that cannot be is none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(written({{}, Priority::normal, 1700000000000.9}) == "2p-111700000000000");
  for (const double odd : {-1.0, -1e300, 1e13, 1e300, nan, infinity, -infinity}) {
    CHECK(written({{}, Priority::normal, odd}) == "2p-110000000000000");
  }
}

TEST_CASE("the digit of a priority is read, anything else is none and changes nothing") {
  Priority priority = Priority::high;
  for (const char bad : {'\0', '/', '3', 'a', ' ', '-'}) {
    CHECK_FALSE(piste::priority_of(bad, priority));
    CHECK(priority == Priority::high);
  }
  for (int i = 0; i < 3; ++i) {
    CHECK(piste::priority_of(static_cast<char>('0' + i), priority));
    CHECK(priority == kPriorities[i]);
  }
}

TEST_CASE("rows of unknown form are unreadable") {
  REQUIRE(status_of("2p-111700000000000{\"e\":\"pv\"}\n") == Status::ok);
  REQUIRE(status_of("2g-111700000000000e=pv\n") == Status::ok);
  for (const std::string_view row : {
           "",
           "2",
           "\n",
           "2p-111700000000000",
           "2p-111700000000000\n",
           "1p-111700000000000{}\n",
           "3p-111700000000000{}\n",
           " 2p-111700000000000{}\n",
           "2p-111700000000000{}",
           "2p-111700000000000{}\r",
           "2p-111700000000000{} ",
           "2p-111700000000000{}\n ",
           "2P-111700000000000{}\n",
           "2x-111700000000000{}\n",
           "2px111700000000000{}\n",
           "2p+111700000000000{}\n",
           "2p-311700000000000{}\n",
           "2p-711700000000000{}\n",
           "2p-P11700000000000{}\n",
           "2p-/11700000000000{}\n",
           "2p--11700000000000{}\n",
           "2p-1+1700000000000{}\n",
           "2p-1-1700000000000{}\n",
           "2p-1 1700000000000{}\n",
           "2p-101700000000000{}\n",
           "2p-1Q1700000000000{}\n",
           "2p-911700000000000{}\n",
           "2p-11170000000000x{}\n",
           "2p-11170000000000{}\n",
           "2p-111700000000000{\"e\":\"\xC3\"}\n",
           "2g-111700000000000e=\xFF\n",
           "{\"e\":\"pv\"}\n",
       }) {
    CAPTURE(row);
    CHECK(status_of(row) == Status::unreadable_row);
  }
}

TEST_CASE("rows of the first version, which had neither priority nor time nor end, are unreadable") {
  for (const std::string_view row :
       {R"(1p-{"e":"pv","eid":"00000000-0000-4000-8000-000000000000"})", R"(1pa{"e":"pv","p":"web","aid":"x"})",
        "1g-e=pv&p=web&eid=00000000-0000-4000-8000-000000000000", "1ga", "1p-"}) {
    CHECK(status_of(row) == Status::unreadable_row);
  }
}

TEST_CASE("a row that was cut off anywhere is unreadable, quotes and braces or not") {
  const std::string_view wholes[] = {
      "2p-111700000000000{\"e\":\"se\",\"se_ca\":\"é✓\",\"eid\":\"x\"}\n",
      "2p-111700000000000{\"e\":\"ue\",\"ue_pr\":\"{\\\"a\\\":\\\"x\\\"}\",\"co\":\"{\\\"b\\\":{\\\"c\\\":"
      "\\\"y\\\\\\\"}}\"}\n",
      "2ga211700000000000e=pv&p=web&eid=00000000-0000-4000-8000-000000000000\n",
  };
  for (const std::string_view whole : wholes) {
    CHECK(status_of(whole) == Status::ok);
    for (size_t size = 0; size < whole.size(); ++size) {
      CAPTURE(size);
      CHECK(status_of(whole.substr(0, size)) == Status::unreadable_row);
    }
  }
}

TEST_CASE("two kinds are the same when form and anonymity are") {
  CHECK(RowKind{true, true} == RowKind{true, true});
  CHECK_FALSE(RowKind{true, true} == RowKind{true, false});
  CHECK_FALSE(RowKind{true, true} == RowKind{false, true});
}
