// Every byte as a hexadecimal digit.
#include "base/hex.h"

#include <catch2/catch_test_macros.hpp>
#include <string_view>

TEST_CASE("digits of both cases have their values, and all else has none") {
  for (int i = 0; i < 256; ++i) {
    const char digit = static_cast<char>(i);
    size_t value = std::string_view("0123456789abcdef").find(digit);
    if (value == std::string_view::npos) value = std::string_view("0123456789ABCDEF").find(digit);
    CHECK(piste::hex_value(digit) == (value == std::string_view::npos ? 16 : value));
  }
}
