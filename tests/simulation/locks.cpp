// Locks are numbers in tables; telling their pages is the world's part.
#include "locks.h"

#include <algorithm>

namespace simulation {

bool OwnerLocks::is_held_by(uint32_t owner, uint32_t page) const {
  const auto found = holders_.find(owner);
  return found != holders_.end() && found->second == page;
}

bool OwnerLocks::is_waited_for_by(uint32_t owner, uint32_t page) const {
  const auto found = queues_.find(owner);
  return found != queues_.end() && std::count(found->second.begin(), found->second.end(), page) > 0;
}

void OwnerLocks::wait(uint32_t owner, uint32_t page) {
  if (!is_waited_for_by(owner, page)) queues_[owner].push_back(page);
}

void OwnerLocks::stop_waiting(uint32_t page) {
  for (auto& [owner, queue] : queues_) std::erase(queue, page);
}

uint32_t OwnerLocks::release(uint32_t owner) {
  holders_.erase(owner);
  const auto found = queues_.find(owner);
  if (found == queues_.end()) return 0;
  if (found->second.empty()) {
    queues_.erase(found);
    return 0;
  }
  const uint32_t next = found->second.front();
  found->second.pop_front();
  holders_[owner] = next;
  return next;
}

std::set<uint32_t> OwnerLocks::held_by(uint32_t page) const {
  std::set<uint32_t> owners;
  for (const auto& [owner, holder] : holders_) {
    if (holder == page) owners.insert(owner);
  }
  return owners;
}

bool ProbeLock::is_waited_for_by(uint32_t page) const {
  return holder() != page && std::count(queue_.begin(), queue_.end(), page) > 0;
}

void ProbeLock::ask(uint32_t page) {
  if (std::count(queue_.begin(), queue_.end(), page) == 0) queue_.push_back(page);
}

void ProbeLock::steal(uint32_t page) {
  leave(page);
  queue_.push_front(page);
}

void ProbeLock::leave(uint32_t page) { std::erase(queue_, page); }

}  // namespace simulation
