// The command line: runs seeds and prints what was found, or replays one of them with a trace. README.md has examples.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "world.h"

namespace simulation {
namespace {

struct Options {
  uint64_t first_seed = 1;
  uint64_t seed_count = 100;
  uint64_t step = 1;  ///< Only every so many-th seed, so that processes can share the work.
  HostFault fault = HostFault::none;
  bool trace = false;
  bool until_caught = false;
};

constexpr char kUsage[] =
    "usage: piste_simulation [--seeds N] [--first-seed N] [--step N] [--until-caught] [--host-fault NAME]\n"
    "       piste_simulation --seed N [--trace] [--host-fault NAME]\n"
    "       piste_simulation --list-host-faults\n";

[[noreturn]] void stop(const std::string& message) {
  std::fprintf(stderr, "%s\n%s", message.c_str(), kUsage);
  std::exit(2);
}

uint64_t read_number(const char* option, const char* text) {
  char* end = nullptr;
  const uint64_t number = text == nullptr ? 0 : std::strtoull(text, &end, 10);
  if (text == nullptr || end == text || *end != 0) stop(std::string(option) + " wants a whole number");
  return number;
}

HostFault read_fault(const char* name) {
  for (int i = 0; i < static_cast<int>(HostFault::count); ++i) {
    if (name != nullptr && kHostFaultNames[i] == name) return static_cast<HostFault>(i);
  }
  stop("--host-fault wants one of the names that --list-host-faults prints");
}

void list_host_faults() {
  for (int i = 1; i < static_cast<int>(HostFault::count); ++i) std::printf("%s\n", kHostFaultNames[i].data());
  std::exit(0);
}

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const char* value = i + 1 < count ? words[i + 1] : nullptr;
    if (word == "--trace") {
      options.trace = true;
    } else if (word == "--until-caught") {
      options.until_caught = true;
    } else if (word == "--list-host-faults") {
      list_host_faults();
    } else if (word == "--host-fault") {
      options.fault = read_fault(value);
      ++i;
    } else if (word == "--seeds" || word == "--first-seed" || word == "--step" || word == "--seed") {
      const uint64_t number = read_number(words[i], value);
      ++i;
      if (word == "--seeds") options.seed_count = number;
      if (word == "--step") options.step = number;
      if (word == "--first-seed" || word == "--seed") options.first_seed = number;
      if (word == "--seed") options.seed_count = 1;
    } else {
      stop("unknown option " + word);
    }
  }
  if (options.step == 0 || options.seed_count == 0) stop("--seeds and --step are above 0");
  return options;
}

/// The first of a run; `so_far` counts them, those of this seed among them.
void print_violations(uint64_t seed, const Findings& findings, uint64_t so_far) {
  constexpr uint64_t kMostShown = 100;
  uint64_t shown = so_far - findings.violations.size();
  for (const Violation& one : findings.violations) {
    if (++shown > kMostShown) return;
    std::fprintf(stderr, "seed %llu, %.1f ms: \"%s\" is broken: %s\n", static_cast<unsigned long long>(seed), one.at_ms,
                 one.rule, one.text.c_str());
  }
}

void print_counts(uint64_t seeds, uint64_t violations, const Counts& counts) {
  std::printf("{\"seeds\":%llu,\"violations\":%llu", static_cast<unsigned long long>(seeds),
              static_cast<unsigned long long>(violations));
  for (const auto& [name, count] : counts) {
    std::printf(",\"%s\":%llu", name.c_str(), static_cast<unsigned long long>(count));
  }
  std::printf("}\n");
}

int run(const Options& options) {
  const Trace trace(options.trace);
  uint64_t seeds = 0;
  uint64_t violations = 0;
  Counts counts;
  for (uint64_t i = 0; i < options.seed_count; i += options.step) {
    const uint64_t seed = options.first_seed + i;
    Findings findings;
    World(seed, options.fault, trace, findings).run();
    ++seeds;
    violations += findings.violations.size();
    for (const auto& [name, count] : findings.counts) counts[name] += count;
    print_violations(seed, findings, violations);
    if (options.until_caught && violations > 0) break;
  }
  print_counts(seeds, violations, counts);
  return violations > 0 ? 1 : 0;
}

}  // namespace
}  // namespace simulation

int main(int count, char** words) { return simulation::run(simulation::read_options(count, words)); }
