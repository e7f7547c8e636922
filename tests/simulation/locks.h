// The two kinds of locks that pages share: who owns which rows, and who may try a collector that is down.
#ifndef TESTS_SIMULATION_LOCKS_H
#define TESTS_SIMULATION_LOCKS_H

#include <cstdint>
#include <deque>
#include <map>
#include <set>

namespace simulation {

/// A lock for each owner of rows, held by a page.
class OwnerLocks {
 public:
  /// Takes the lock if nobody has it.
  bool take(uint32_t owner, uint32_t page) { return holders_.emplace(owner, page).second; }
  bool is_held(uint32_t owner) const { return holders_.count(owner) > 0; }
  bool is_held_by(uint32_t owner, uint32_t page) const;
  bool is_waited_for_by(uint32_t owner, uint32_t page) const;
  /// Stands in the queue for a lock that another page has.
  void wait(uint32_t owner, uint32_t page);
  /// Leaves all queues.
  void stop_waiting(uint32_t page);
  /// Gives the lock to the next in the queue, whose number this is; 0: there is none.
  uint32_t release(uint32_t owner);
  /// The owners whose locks `page` holds.
  std::set<uint32_t> held_by(uint32_t page) const;

 private:
  std::map<uint32_t, uint32_t> holders_;
  std::map<uint32_t, std::deque<uint32_t>> queues_;
};

/// One lock with a queue. Pages are numbers; 0 is none.
class ProbeLock {
 public:
  uint32_t holder() const { return queue_.empty() ? 0 : queue_.front(); }
  bool is_waited_for_by(uint32_t page) const;

  /// Stands in the queue; once, however often it asks.
  void ask(uint32_t page);
  /// Takes it at once. Who had it is next in the queue.
  void steal(uint32_t page);
  /// Gives it up, or leaves the queue.
  void leave(uint32_t page);

 private:
  std::deque<uint32_t> queue_;  ///< The first has the lock.
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_LOCKS_H
