// Whole numbers both ways, and which texts are JSON numbers: tables, and nlohmann/json as the judge.
#include "base/decimal.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/texts.h"

using tests::text_of;

namespace {

std::string decimal(double whole) {
  return tests::written([&](piste::Bytes& out) { piste::append_integer(out, whole); });
}

}  // namespace

TEST_CASE("whole numbers are written as they are, others rounded down") {
  const struct {
    double number;
    std::string_view expected;
  } rows[] = {
      {0, "0"},
      {-0.0, "0"},
      {1, "1"},
      {9, "9"},
      {10, "10"},
      {-1, "-1"},
      {0.999, "0"},
      {1.5, "1"},
      {-0.5, "-1"},
      {-1.5, "-2"},
      {1e-300, "0"},
      {99999999, "99999999"},
      {100000000, "100000000"},
      {100000001, "100000001"},
      {1000000000, "1000000000"},
      {4294967295.0, "4294967295"},
      {4294967296.0, "4294967296"},
      {1700000000000.0, "1700000000000"},
      {1700000000000.9, "1700000000000"},
      {-1700000000000.0, "-1700000000000"},
  };
  for (const auto& row : rows) CHECK(decimal(row.number) == row.expected);
}

TEST_CASE("the bounds are two to the power of 53, and what is beyond is 0") {
  const double bound = 9007199254740992.0;
  CHECK(decimal(bound - 1) == "9007199254740991");
  CHECK(decimal(1 - bound) == "-9007199254740991");
  CHECK(decimal(9007199199999999.0) == "9007199199999999");
  CHECK(decimal(bound) == "0");
  CHECK(decimal(-bound) == "0");
  CHECK(decimal(1e300) == "0");
  CHECK(decimal(std::numeric_limits<double>::infinity()) == "0");
  CHECK(decimal(-std::numeric_limits<double>::infinity()) == "0");
  CHECK(decimal(std::numeric_limits<double>::quiet_NaN()) == "0");
}

TEST_CASE("numbers around every power of ten and of two are written as the standard library does") {
  size_t wrong = 0;
  const auto check_around = [&](int64_t middle) {
    for (int64_t i = middle - 3; i <= middle + 3; ++i) {
      if (decimal(static_cast<double>(i)) != std::to_string(i)) ++wrong;
      if (decimal(static_cast<double>(-i)) != std::to_string(-i)) ++wrong;
    }
  };
  for (int64_t power = 1; power <= 1000000000000000; power *= 10) check_around(power);
  for (int bit = 0; bit < 53; ++bit) check_around(int64_t{1} << bit);
  for (int64_t high = 1; high <= 90071991; high = high * 7 + 1) check_around(high * 100000000);
  CHECK(wrong == 0);
}

TEST_CASE("a text is digits when it has some and nothing else") {
  for (const std::string_view digits : {"0", "7", "0123456789", "00000000000000000000000000"}) {
    CHECK(piste::is_digits(text_of(digits)));
  }
  for (const std::string_view other : {"", " ", "1 ", " 1", "-1", "+1", "1.0", "1e3", "0x1", "a", "/", ":", "١"}) {
    CHECK_FALSE(piste::is_digits(text_of(other)));
  }
}

TEST_CASE("a text is a number when JSON says so") {
  const std::string_view numbers[] = {"0",   "-0",  "1",    "-1",   "10",  "1234567890", "0.5",     "-0.5",  "1.25",
                                      "1e5", "1E5", "1e+5", "1e-5", "0e0", "-0.0e-00",   "1.5E+10", "1e400", "0.0001"};
  const std::string_view others[] = {"",    "-",   "+",     "+1",    "01",       "-01",       "00",    "1.",
                                     ".5",  "-.5", "1e",    "1e+",   "1E-",      "e5",        "1.e5",  "1 ",
                                     " 1",  "1,5", "0x10",  "NaN",   "Infinity", "-Infinity", "1_000", "1e5.5",
                                     "--1", "1-",  "1.2.3", "\"1\"", "true",     "١"};
  for (const std::string_view text : numbers) {
    CAPTURE(text);
    CHECK(piste::is_number(text_of(text)));
  }
  for (const std::string_view text : others) {
    CAPTURE(text);
    CHECK_FALSE(piste::is_number(text_of(text)));
  }
}

TEST_CASE("every short text of the characters of numbers is judged as nlohmann does") {
  const std::string_view alphabet = "01-+.eE ";
  size_t wrong = 0;
  for (unsigned i = 0; i < 8 * 8 * 8 * 8 * 8; ++i) {
    std::string text;
    for (unsigned rest = i; rest > 0; rest /= 8) text += alphabet[rest % 8];
    // Blanks are allowed around JSON, but not in a number.
    const bool expected = nlohmann::json::accept(text) && text.find(' ') == std::string::npos;
    if (piste::is_number(text_of(text)) != expected) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("up to fifteen digits are read") {
  const struct {
    std::string_view text;
    double expected;
  } rows[] = {
      {"0", 0},
      {"7", 7},
      {"0007", 7},
      {"120", 120},
      {"999999999999999", 999999999999999.0},
      {"1000000000000000", -1},
      {"", -1},
      {"-1", -1},
      {"1.5", -1},
      {"12a", -1},
      {" 1", -1},
  };
  for (const auto& row : rows) CHECK(piste::parse_digits(text_of(row.text)) == row.expected);
}
