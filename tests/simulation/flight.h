// A request under way, as the page, the network and the judge see it.
#ifndef TESTS_SIMULATION_FLIGHT_H
#define TESTS_SIMULATION_FLIGHT_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace simulation {

struct Flight {
  uint32_t page = 0;
  uint32_t life = 0;  ///< Of the page: a page that is put away begins another.
  double id = 0;      ///< The tracker's.
  size_t bytes = 0;   ///< Of the body; of the URL if there is none.
  bool keepalive = false;
  bool anonymous = false;
  uint64_t sent_at = 0;  ///< The step of the timeline.
  double timeout_ms = 0;
  std::vector<uint64_t> events;

  bool is_duplicate = false;  ///< Nothing explains that it carries an event which was carried before.
  bool cancelled = false;     ///< The network has stopped carrying it.
  bool arrived = false;       ///< The collector has seen it.
  bool told = false;          ///< The tracker knows how it ended.
  int32_t outcome = 0;        ///< What it was told.

  bool is_told_delivered() const { return told && outcome >= 200 && outcome < 300; }
};

/// What a collector says.
struct Answer {
  int32_t outcome = 0;      ///< An HTTP status or PISTE_OUTCOME_OFFLINE.
  bool wants_rest = false;  ///< There is a Retry-After.
  double wait_ms = 0;       ///< What it says, if it is a number; NaN if it cannot be read.
  double until_ms = -1;     ///< The wall time that it says, if it is a date.

  /// As a host reads it when the answer comes.
  double retry_after_ms(double wall_ms) const { return until_ms < 0 ? wait_ms : until_ms - wall_ms; }
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_FLIGHT_H
