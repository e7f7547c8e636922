// Random numbers from a seed, the same on every machine: SplitMix64.
#ifndef TESTS_SIMULATION_RANDOM_H
#define TESTS_SIMULATION_RANDOM_H

#include <cmath>
#include <cstdint>

namespace simulation {

class Random {
 public:
  /// Mixed first: else the numbers of a seed would be those of the seed before it, one place further.
  explicit Random(uint64_t seed) : state_(mixed(seed + kStep)) {}

  uint64_t next() { return mixed(state_ += kStep); }

  /// From 0 up to, not including, 1.
  double part() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
  double between(double least, double most) { return least + (most - least) * part(); }
  /// Exponentially distributed.
  double around(double mean) { return -mean * std::log(1 - part()); }
  bool happens(double probability) { return probability > 0 && part() < probability; }
  /// From 0 up to, not including, `count`, which is above 0.
  uint32_t below(uint32_t count) { return static_cast<uint32_t>(next() % count); }

  template <typename T, size_t N>
  const T& one_of(const T (&values)[N]) {
    return values[below(N)];
  }

 private:
  static constexpr uint64_t kStep = 0x9E3779B97F4A7C15U;

  static uint64_t mixed(uint64_t word) {
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
    return word ^ (word >> 31);
  }

  uint64_t state_;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_RANDOM_H
