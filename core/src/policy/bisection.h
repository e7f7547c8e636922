// Whether a refused request is divided to find the event that the collector does not want.
#ifndef PISTE_POLICY_BISECTION_H
#define PISTE_POLICY_BISECTION_H

#include "model/limits.h"

namespace piste {

/// Divides until too many events were refused one after another: then it is not the events.
class Bisection {
 public:
  /// A request was delivered.
  void deliver() { refusals_ = 0; }
  /// A request of `event_count` events was refused. Returns the most events that the requests may have in which they
  /// are tried again; 0 if they are refused for good.
  uint32_t refuse(uint32_t event_count);

 private:
  uint32_t refusals_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_BISECTION_H
