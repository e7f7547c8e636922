// The vectors of RFC 3720, and that the instruction and the table agree.
#include "journal/crc32c.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using piste::native::crc32c;
using piste::native::crc32c_by_table;

TEST_CASE("the checksum is that of RFC 3720, appendix B.4") {
  std::string rising;
  for (int i = 0; i < 32; i++) rising += static_cast<char>(i);
  for (const auto checksum : {crc32c, crc32c_by_table}) {
    CHECK(checksum(std::string(32, '\0').data(), 32) == 0x8A9136AA);
    CHECK(checksum(std::string(32, '\xFF').data(), 32) == 0x62A8AB43);
    CHECK(checksum(rising.data(), 32) == 0x46DD794E);
    CHECK(checksum("123456789", 9) == 0xE3069283);
    CHECK(checksum(nullptr, 0) == 0);
  }
}

TEST_CASE("instruction and table agree for every size and alignment") {
  std::string bytes;
  for (int i = 0; i < 100; i++) bytes += static_cast<char>(i * 151 + 7);
  for (size_t begin = 0; begin < 8; begin++) {
    for (size_t size = 0; begin + size <= bytes.size(); size++) {
      CHECK(crc32c(bytes.data() + begin, size) == crc32c_by_table(bytes.data() + begin, size));
    }
  }
}
