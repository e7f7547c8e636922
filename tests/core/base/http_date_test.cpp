// Dates of HTTP headers: known ones, every day of a century and a half, and what is none.
#include "base/http_date.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

using piste::parse_http_date;
using tests::text_of;

namespace {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string date_of(int year, int month, int day) {
  const std::string months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string name = months.substr(static_cast<size_t>(month - 1) * 3, 3);
  return "Mon, " + two_digits(day) + ' ' + name + ' ' + std::to_string(year) + " 00:00:00 GMT";
}

}  // namespace

TEST_CASE("known dates are read") {
  const struct {
    std::string_view text;
    double expected;
  } rows[] = {
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777000},
      {"Tue, 29 Feb 2000 00:00:00 GMT", 951782400000},
      {"Wed, 01 Mar 2000 00:00:00 GMT", 951868800000},
      {"Thu, 29 Feb 2024 23:59:59 GMT", 1709251199000},
      {"Tue, 19 Jan 2038 03:14:08 GMT", 2147483648000},
      {"Sun, 28 Feb 2100 00:00:00 GMT", 4107456000000},
      {"Mon, 01 Mar 2100 00:00:00 GMT", 4107542400000},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799000},
      {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800000},  // a leap second
  };
  for (const auto& row : rows) CHECK(parse_http_date(text_of(row.text)) == row.expected);
}

TEST_CASE("every day from 1970 to 2120 follows the day before") {
  double expected = 0;
  size_t wrong = 0;
  for (int year = 1970; year <= 2120; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in(year, month); ++day, expected += 86400000) {
        if (parse_http_date(text_of(date_of(year, month, day))) != expected) ++wrong;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("what is no date is told apart") {
  for (const std::string_view text : {
           "",
           "120",
           "Sun, 06 Nov 1994 08:49:37",
           "Sun, 06 Nov 1994 08:49:37 UTC",
           "Sun, 06 Nov 1994 08:49:37 GMT ",
           " Sun, 06 Nov 1994 08:49:37 GMT",
           "Sun, 06 nov 1994 08:49:37 GMT",
           "Sun, 06 Nox 1994 08:49:37 GMT",
           "Sun, 00 Nov 1994 08:49:37 GMT",
           "Sun, 32 Nov 1994 08:49:37 GMT",
           "Sun, 06 Nov 1969 08:49:37 GMT",
           "Sun, 06 Nov 1994 24:49:37 GMT",
           "Sun, 06 Nov 1994 08:60:37 GMT",
           "Sun, 06 Nov 1994 08:49:61 GMT",
           "Sun,  6 Nov 1994 08:49:37 GMT",
           "Sun, 06 Nov 19x4 08:49:37 GMT",
           "Sun, 06 Nov 1994 -8:49:37 GMT",
           "Sunday, 06-Nov-94 08:49:37 GMT",
           "Sun Nov  6 08:49:37 1994",
           "1994-11-06T08:49:37Z",
       }) {
    CAPTURE(text);
    CHECK(parse_http_date(text_of(text)) == -1);
  }
  CHECK(parse_http_date({}) == -1);
}
