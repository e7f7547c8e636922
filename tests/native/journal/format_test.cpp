// What is written is read again, and any damaged byte is noticed.
#include "journal/format.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>

using namespace piste::native;

TEST_CASE("a description comes back; a damaged one does not") {
  std::string part(kPartBytes, 'x');
  write_description({kFormatVersion, 100, 1764493200123.0}, part.data());
  Description description;
  REQUIRE(read_description(part.data(), description));
  CHECK(description.version == kFormatVersion);
  CHECK(description.head_bytes == 100);
  CHECK(description.created_ms == 1764493200123.0);
  for (char& byte : part) {
    byte = static_cast<char>(byte ^ 0x10);
    CHECK_FALSE(read_description(part.data(), description));
    byte = static_cast<char>(byte ^ 0x10);
  }
}

TEST_CASE("a seal comes back; a damaged or absent one does not") {
  std::string part(kPartBytes, 'x');
  write_seal({32512, 7, 300, 5000000000.0}, part.data());
  Seal seal;
  REQUIRE(read_seal(part.data(), seal));
  CHECK(seal.rows == 32512);
  CHECK(seal.records == 7);
  CHECK(seal.head_bytes == 300);
  CHECK(seal.newest_ms == 5000000000.0);
  for (char& byte : part) {
    byte = static_cast<char>(byte ^ 1);
    CHECK_FALSE(read_seal(part.data(), seal));
    byte = static_cast<char>(byte ^ 1);
  }
  CHECK_FALSE(read_seal(std::string(kPartBytes, '\0').data(), seal));
  write_seal({kMostRows + 1, 0, kHeadBytes, 0}, part.data());
  CHECK_FALSE(read_seal(part.data(), seal));
}

TEST_CASE("a head of an impossible size is damaged, but for that of a version that is not known") {
  std::string part(kPartBytes, 'x');
  Description description;
  Seal seal;
  for (const uint32_t head_bytes : {0U, kMarksOffset - 1, kHeadBytes + 1}) {
    write_description({kFormatVersion, head_bytes, 0}, part.data());
    CHECK_FALSE(read_description(part.data(), description));
    write_description({kFormatVersion + 1, head_bytes, 0}, part.data());
    CHECK(read_description(part.data(), description));
    write_seal({1, 1, head_bytes, 0}, part.data());
    CHECK_FALSE(read_seal(part.data(), seal));
  }
}

TEST_CASE("a head has marks for all rows of its file") {
  CHECK(head_bytes_for(kMostRows) == kHeadBytes);
  CHECK(head_bytes_for(8) == kMarksOffset + 2);
  CHECK(head_bytes_for(9) == kMarksOffset + 4);
}

TEST_CASE("what is no time becomes 0") {
  std::string part(kPartBytes, 'x');
  for (const double wrong : {-1.0, 1e300, std::nan(""), static_cast<double>(INFINITY)}) {
    write_seal({1, 1, kHeadBytes, wrong}, part.data());
    Seal seal;
    REQUIRE(read_seal(part.data(), seal));
    CHECK(seal.newest_ms == 0);
  }
}

TEST_CASE("the head of a record comes back; a damaged one does not") {
  std::string bytes(kRecordHeadBytes, 'x');
  write_record_head("the row", 300, bytes.data());
  RecordHead head;
  REQUIRE(read_record_head(bytes.data(), head));
  CHECK(head.type == kRowType);
  CHECK(head.size == 7);
  CHECK(head.index == 300);
  for (char& byte : bytes) {
    byte = static_cast<char>(byte ^ 0x80);
    CHECK_FALSE(read_record_head(bytes.data(), head));
    byte = static_cast<char>(byte ^ 0x80);
  }
  CHECK_FALSE(read_record_head(std::string(kRecordHeadBytes, '\0').data(), head));
  write_record_head("", kMostRows, bytes.data());
  CHECK_FALSE(read_record_head(bytes.data(), head));
}
