// The way between pages and the collector: takes time, and loses what the collector's condition says.
#ifndef TESTS_SIMULATION_NETWORK_H
#define TESTS_SIMULATION_NETWORK_H

#include <memory>
#include <vector>

#include "flight.h"

namespace simulation {

class Page;
class World;

class Network {
 public:
  explicit Network(World& world) : world_(world) {}

  /// Carries a request of `page`, which is told its end by Page::answer().
  void send(Page& page, const std::shared_ptr<Flight>& flight);
  /// The page is gone: some of what it sent never arrives. `whole_browser`: most of it.
  void abandon(uint32_t page, bool whole_browser);

 private:
  void answer_later(Page& page, const std::shared_ptr<Flight>& flight, const Answer& answer, double ms);
  void arrive(Page& page, const std::shared_ptr<Flight>& flight);
  void time_out(Page& page, const std::shared_ptr<Flight>& flight);

  World& world_;
  std::vector<std::weak_ptr<Flight>> on_the_way_;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_NETWORK_H
