// Times as JSON: what a browser's toISOString() makes of them, over leap days and the ends of years.
#include "base/iso_time.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

namespace {

std::string iso(double unix_ms) {
  return tests::written([&](piste::Bytes& out) { piste::append_iso_time(out, unix_ms); });
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

constexpr double kDayMs = 86400000;

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

}  // namespace

TEST_CASE("times are written as a browser writes them") {
  const struct {
    double unix_ms;
    std::string_view expected;
  } rows[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1, "1970-01-01T00:00:00.001Z"},
      {31535999999, "1970-12-31T23:59:59.999Z"},
      {31536000000, "1971-01-01T00:00:00.000Z"},
      {68169599999, "1972-02-28T23:59:59.999Z"},
      {68169600000, "1972-02-29T00:00:00.000Z"},
      {68256000000, "1972-03-01T00:00:00.000Z"},
      {946684799999, "1999-12-31T23:59:59.999Z"},
      {946684800000, "2000-01-01T00:00:00.000Z"},
      {951782400000, "2000-02-29T00:00:00.000Z"},
      {951827696789, "2000-02-29T12:34:56.789Z"},
      {951868800000, "2000-03-01T00:00:00.000Z"},
      {978307199999, "2000-12-31T23:59:59.999Z"},
      {983404799999, "2001-02-28T23:59:59.999Z"},
      {983404800000, "2001-03-01T00:00:00.000Z"},
      {1675123200000, "2023-01-31T00:00:00.000Z"},
      {1696838826050, "2023-10-09T08:07:06.050Z"},
      {1700000000000, "2023-11-14T22:13:20.000Z"},
      {1709168523004, "2024-02-29T01:02:03.004Z"},
      {1735603200000, "2024-12-31T00:00:00.000Z"},
      {4107456000000, "2100-02-28T00:00:00.000Z"},
      {4107542399999, "2100-02-28T23:59:59.999Z"},
      {4107542400000, "2100-03-01T00:00:00.000Z"},
      {13574563200000, "2400-02-29T00:00:00.000Z"},
      {13574649600000, "2400-03-01T00:00:00.000Z"},
      {253402300799999, "9999-12-31T23:59:59.999Z"},
  };
  for (const auto& row : rows) CHECK(iso(row.unix_ms) == quoted(row.expected));
}

TEST_CASE("the fraction of a millisecond is cut, even at the end of a day") {
  CHECK(iso(0.999) == quoted("1970-01-01T00:00:00.000Z"));
  CHECK(iso(1700000000123.9) == quoted("2023-11-14T22:13:20.123Z"));
  CHECK(iso(68169599999.9) == quoted("1972-02-28T23:59:59.999Z"));
  CHECK(iso(253402300799999.9) == quoted("9999-12-31T23:59:59.999Z"));
}

TEST_CASE("every day from 1970 to 2500 follows the one before") {
  constexpr int kMonthDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  double unix_ms = 0;
  bool all_right = true;
  for (int year = 1970; year <= 2500; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const int days = kMonthDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
      for (int day = 1; day <= days; ++day, unix_ms += kDayMs) {
        const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        const std::string date = std::to_string(year) + '-' + two(month) + '-' + two(day);
        all_right = all_right && iso(unix_ms) == quoted(date + "T00:00:00.000Z") &&
                    iso(unix_ms + kDayMs - 1) == quoted(date + "T23:59:59.999Z");
        if (!all_right) FAIL(date << " became " << iso(unix_ms));
      }
    }
  }
}

TEST_CASE("of years behind 9999 the last four digits stand, so that the text has one length") {
  CHECK(iso(253402300800000) == quoted("0000-01-01T00:00:00.000Z"));
  CHECK(iso(999999999999999).size() == iso(0).size());
}
