// The requests that are under way.
#ifndef PISTE_ENGINE_IN_FLIGHT_H
#define PISTE_ENGINE_IN_FLIGHT_H

#include "model/limits.h"

namespace piste {

/// A table of at most kMaxInFlight requests by id.
class InFlight {
 public:
  bool full() const { return count_ == kMaxInFlight; }
  uint32_t count() const { return count_; }
  /// Bytes of the bodies of keepalive requests.
  uint32_t keepalive_bytes() const;

  /// Adds a request of `event_count` events; the table must not be full.
  void add(double id, uint32_t event_count, uint32_t keepalive_bytes);
  /// Takes one request out that is not keepalive. Returns its id; 0 if there is none.
  double remove_ordinary();
  /// Takes request `id` out. Returns how many events it has; 0 if it is not there.
  uint32_t remove(double id);

 private:
  struct Request {
    double id;
    uint32_t event_count;
    uint32_t keepalive_bytes;
  };

  Request requests_[kMaxInFlight] = {};
  uint32_t count_ = 0;
};

}  // namespace piste

#endif  // PISTE_ENGINE_IN_FLIGHT_H
