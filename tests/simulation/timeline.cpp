// A heap of tasks.
#include "timeline.h"

#include <algorithm>

namespace simulation {

bool Timeline::is_later(const Entry& a, const Entry& b) {
  return a.at_ms != b.at_ms ? a.at_ms > b.at_ms : a.order > b.order;
}

void Timeline::after(double ms, Task task) {
  entries_.push_back({now_ms_ + std::max(ms, 0.0), ++order_, std::move(task)});
  std::push_heap(entries_.begin(), entries_.end(), is_later);
}

bool Timeline::step() {
  if (entries_.empty()) return false;
  std::pop_heap(entries_.begin(), entries_.end(), is_later);
  const Entry next = std::move(entries_.back());
  entries_.pop_back();
  now_ms_ = next.at_ms;
  ++step_count_;
  next.task();
  return true;
}

}  // namespace simulation
