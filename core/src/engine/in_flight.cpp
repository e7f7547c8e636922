// A handful of entries: searched in order.
#include "engine/in_flight.h"

namespace piste {

uint32_t InFlight::keepalive_bytes() const {
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < count_; ++i) bytes += requests_[i].keepalive_bytes;
  return bytes;
}

void InFlight::add(double id, uint32_t event_count, uint32_t keepalive_bytes) {
  requests_[count_++] = {id, event_count, keepalive_bytes};
}

double InFlight::remove_ordinary() {
  for (uint32_t i = 0; i < count_; ++i) {
    const double id = requests_[i].id;
    if (requests_[i].keepalive_bytes > 0) continue;
    remove(id);
    return id;
  }
  return 0;
}

uint32_t InFlight::remove(double id) {
  for (uint32_t i = 0; i < count_; ++i) {
    if (requests_[i].id != id) continue;
    const uint32_t event_count = requests_[i].event_count;
    requests_[i] = requests_[--count_];
    return event_count;
  }
  return 0;
}

}  // namespace piste
