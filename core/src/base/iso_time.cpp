// The calendar by counting: years begin in March, so that the leap day is the last one.
#include "base/iso_time.h"

namespace piste {

namespace {

constexpr double kDayMs = 86400000;
constexpr uint32_t kDaysToEpoch = 719468;  // from 0000-03-01 to 1970-01-01
constexpr uint32_t kEraDays = 146097;      // of 400 years

/// Digits of each part, and what stands behind it.
constexpr char kDigits[] = "4222223";
constexpr char kBehind[] = "--T::.Z";

}  // namespace

void append_iso_time(Bytes& out, double unix_ms) {
  auto days = static_cast<uint32_t>(unix_ms / kDayMs);
  const auto ms = static_cast<uint32_t>(unix_ms - days * kDayMs);
  days += kDaysToEpoch;
  const uint32_t day_of_era = days % kEraDays;
  const uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const uint32_t month = (5 * day_of_year + 2) / 153;  // 0: March
  const uint32_t is_next_year = month >= 10 ? 1 : 0;
  const uint32_t parts[] = {days / kEraDays * 400 + year_of_era + is_next_year,
                            month + 3 - 12 * is_next_year,
                            day_of_year - (153 * month + 2) / 5 + 1,
                            ms / 3600000,
                            ms / 60000 % 60,
                            ms / 1000 % 60,
                            ms % 1000};
  out.push('"');
  for (uint32_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    uint32_t unit = kDigits[i] == '2' ? 10 : kDigits[i] == '3' ? 100 : 1000;
    for (; unit > 0; unit /= 10) out.push(static_cast<char>('0' + parts[i] / unit % 10));
    out.push(kBehind[i]);
  }
  out.push('"');
}

}  // namespace piste
