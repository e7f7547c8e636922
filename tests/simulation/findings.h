// What a run found out: violations of the invariants, and the counts of the last line.
#ifndef TESTS_SIMULATION_FINDINGS_H
#define TESTS_SIMULATION_FINDINGS_H

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace simulation {

/// Names and how often: what the tables show.
using Counts = std::map<std::string, uint64_t>;

struct Violation {
  const char* rule;
  double at_ms;
  std::string text;
};

struct Findings {
  /// Violations after which a seed is given up: its state means nothing any more.
  static constexpr size_t kEnough = 5;

  std::vector<Violation> violations;
  Counts counts;

  bool enough() const { return violations.size() >= kEnough; }
  void count(const char* name, uint64_t by = 1) { counts[name] += by; }
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_FINDINGS_H
