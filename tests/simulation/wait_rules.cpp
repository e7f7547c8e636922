// Two streaks.
#include "wait_rules.h"

namespace simulation {

bool WaitRules::take(double part) {
  long_count_ = part >= 0.9 ? long_count_ + 1 : 0;
  short_count_ = part <= 0.1 ? short_count_ + 1 : 0;
  return part <= 1 && long_count_ < kStreak && short_count_ < kStreak;
}

}  // namespace simulation
