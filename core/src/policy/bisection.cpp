// Halves, rounded up, so that each request is smaller than the one before.
#include "policy/bisection.h"

namespace piste {

uint32_t Bisection::refuse(uint32_t event_count) {
  if (event_count > 1 && refusals_ < kMaxRefusals) return (event_count + 1) / 2;
  ++refusals_;
  return 0;
}

}  // namespace piste
