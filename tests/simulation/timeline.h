// Virtual time: tasks in the order of their instants. Nothing here waits.
#ifndef TESTS_SIMULATION_TIMELINE_H
#define TESTS_SIMULATION_TIMELINE_H

#include <cstdint>
#include <functional>
#include <vector>

namespace simulation {

class Timeline {
 public:
  using Task = std::function<void()>;

  double now_ms() const { return now_ms_; }
  uint64_t step_count() const { return step_count_; }

  /// Runs `task` when `ms` have passed. Tasks of one instant run in the order in which they were handed in.
  void after(double ms, Task task);
  /// Runs the next task. False if there is none.
  bool step();

 private:
  struct Entry {
    double at_ms;
    uint64_t order;
    Task task;
  };
  static bool is_later(const Entry& a, const Entry& b);

  std::vector<Entry> entries_;  ///< A heap, the earliest first.
  double now_ms_ = 0;
  uint64_t order_ = 0;
  uint64_t step_count_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_TIMELINE_H
