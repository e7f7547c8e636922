// A handful of entries: searched in order.
#include "engine/in_flight.h"

namespace piste {

uint32_t InFlight::keepalive_bytes() const {
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < count_; ++i) bytes += requests_[i].keepalive_bytes;
  return bytes;
}

void InFlight::add(double id, uint32_t keepalive_bytes) { requests_[count_++] = {id, keepalive_bytes}; }

bool InFlight::remove(double id) {
  for (uint32_t i = 0; i < count_; ++i) {
    if (requests_[i].id != id) continue;
    requests_[i] = requests_[--count_];
    return true;
  }
  return false;
}

}  // namespace piste
