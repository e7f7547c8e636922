// The collector: stores events and answers, as well as its present condition lets it.
#ifndef TESTS_SIMULATION_COLLECTOR_H
#define TESTS_SIMULATION_COLLECTOR_H

#include "flight.h"
#include "random.h"

namespace simulation {

enum class Condition {
  up,           ///< Stores, answers 200; refuses requests with a poisonous event.
  slow,         ///< The same, after seconds.
  lossy,        ///< Requests and responses are lost on the way.
  refusing,     ///< No connection.
  silent,       ///< Takes the connection and says nothing.
  unavailable,  ///< 5xx, with or without Retry-After.
  limiting,     ///< 429 with Retry-After.
  odd,          ///< Any status.
  forgetful,    ///< Stores, then answers 500, every other time.
  rejecting     ///< Refuses every request for good.
};

const char* name_of(Condition condition);

/// True if no request can succeed.
bool is_down(Condition condition);

class Collector {
 public:
  explicit Collector(Random& random) : random_(random) {}

  Condition condition() const { return condition_; }
  /// How many times it has gone down so far.
  uint32_t outage() const { return outage_; }
  void become(Condition condition);

  /// Requests with larger bodies are answered with 413.
  void set_most_bytes(size_t bytes) { most_bytes_ = bytes; }

  /// Decides on a request that has arrived. `stored` is set if its events are kept. `poisonous`: one of them is.
  Answer receive(const Flight& flight, bool poisonous, double wall_ms, bool& stored);

 private:
  Answer refuse_for_now(int32_t status, double wall_ms);

  Random& random_;
  Condition condition_ = Condition::up;
  size_t most_bytes_ = SIZE_MAX;
  uint32_t outage_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_COLLECTOR_H
