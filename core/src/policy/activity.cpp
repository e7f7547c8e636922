// One check after the first wait, then one each interval. The comparison is strict, so that a page view alone, without
// any activity after it, causes no ping.
#include "policy/activity.h"

namespace piste {

void Activity::begin(double first_ms, double every_ms, double now_ms) {
  every_ms_ = every_ms;
  begun_ms_ = now_ms;
  window_ms_ = first_ms > 0 ? first_ms : every_ms;
  next_check_ms_ = every_ms > 0 ? now_ms + window_ms_ : 0;
}

bool Activity::is_due(double active_ms, double now_ms) {
  if (next_check_ms_ == 0 || now_ms < next_check_ms_) return false;
  const double last_ms = active_ms > begun_ms_ ? active_ms : begun_ms_;
  const bool due = last_ms + window_ms_ > now_ms;
  window_ms_ = every_ms_;
  // A throttled timer may be late by several intervals: those are over, and are not made up for.
  next_check_ms_ += every_ms_;
  if (next_check_ms_ <= now_ms) next_check_ms_ = now_ms + every_ms_;
  return due;
}

}  // namespace piste
