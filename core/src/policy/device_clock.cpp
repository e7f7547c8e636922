// A small lag behind the monotonic clock is no setting back: the clocks are rounded, and corrected by slowing down.
#include "policy/device_clock.h"

#include "model/limits.h"

namespace piste {

double DeviceClock::read(const Moment& now) {
  const double expected_ms = last_ms_ + (now.mono_ms - last_mono_ms_);
  const double ms = now.wall_ms < expected_ms - kClockSlackMs ? expected_ms : now.wall_ms;
  // An event that its host has held: it changes nothing for those of now.
  if (now.mono_ms < last_mono_ms_) return ms;
  if (ms > last_ms_ && ms < kLatestMs) last_ms_ = ms;
  last_mono_ms_ = now.mono_ms;
  return last_ms_;
}

}  // namespace piste
