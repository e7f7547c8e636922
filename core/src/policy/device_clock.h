// The device's time as events tell it: the wall clock, but never backwards.
#ifndef PISTE_POLICY_DEVICE_CLOCK_H
#define PISTE_POLICY_DEVICE_CLOCK_H

#include "base/moment.h"

namespace piste {

/// Follows the wall clock. When that is set back it goes on by the monotonic one, so that events keep their order and
/// the time between an event and its sending (`dtm` and `stm`) stays true.
class DeviceClock {
 public:
  /// The time at `now`, in Unix ms; never less than an earlier one.
  double read(const Moment& now);

 private:
  double last_ms_ = -1e300;  // before any wall clock
  double last_mono_ms_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_DEVICE_CLOCK_H
