// A fixed form of 29 characters: digits at known places, a month by its letters.
#include "base/http_date.h"

#include "base/decimal.h"

namespace piste {

namespace {

constexpr uint32_t kDateSize = 29;

/// The month 1 to 12 of its three letters; 0 if it is none.
int month_of(Text letters) {
  constexpr char kMonths[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (uint32_t i = 0; i < 12; ++i) {
    if (letters == Text(kMonths + i * 3, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// Days from 1970-01-01 to a day of the Gregorian calendar from 1970 on, counting years from March.
double days_before(double year, int month, double day) {
  const int march_month = month > 2 ? month - 3 : month + 9;
  const int march_year = static_cast<int>(year) - (month > 2 ? 0 : 1);
  const int leap_days = march_year / 4 - march_year / 100 + march_year / 400;
  const int month_days = (153 * march_month + 2) / 5;
  return march_year * 365.0 + leap_days + month_days + day - 719469.0;
}

}  // namespace

double parse_http_date(Text text) {
  if (text.size != kDateSize || !(text.part(25, 4) == Text(" GMT"))) return -1;
  const double day = parse_digits(text.part(5, 2));
  const int month = month_of(text.part(8, 3));
  const double year = parse_digits(text.part(12, 4));
  const double hour = parse_digits(text.part(17, 2));
  const double minute = parse_digits(text.part(20, 2));
  const double second = parse_digits(text.part(23, 2));
  const bool valid = day >= 1 && day <= 31 && month != 0 && year >= 1970 && hour >= 0 && hour < 24 && minute >= 0 &&
                     minute < 60 && second >= 0 && second <= 60;
  return valid ? (((days_before(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 : -1;
}

}  // namespace piste
