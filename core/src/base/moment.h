// The outside world at the instant of a call: the only way in for time and randomness.
#ifndef PISTE_BASE_MOMENT_H
#define PISTE_BASE_MOMENT_H

#include <stdint.h>

namespace piste {

/// The layout of piste_moment, which abi/piste.cpp asserts.
struct Moment {
  double wall_ms;       ///< Unix time. May jump.
  double mono_ms;       ///< From any origin. Never goes back.
  uint8_t entropy[16];  ///< Fresh random bytes.
};

}  // namespace piste

#endif  // PISTE_BASE_MOMENT_H
