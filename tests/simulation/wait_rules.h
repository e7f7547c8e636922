// Judges the waits after failures as a whole: each is random, so only many together show that they are.
#ifndef TESTS_SIMULATION_WAIT_RULES_H
#define TESTS_SIMULATION_WAIT_RULES_H

#include <cstdint>

namespace simulation {

/// Full jitter: a wait is any part of its interval. Of kStreak waits in a row, one after the other, all in the
/// uppermost or all in the lowest tenth happen by chance once in 10^13.
class WaitRules {
 public:
  static constexpr uint32_t kStreak = 13;

  /// Takes a wait as part of its interval. False if there were too many like it.
  bool take(double part);

 private:
  uint32_t long_count_ = 0;
  uint32_t short_count_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_WAIT_RULES_H
