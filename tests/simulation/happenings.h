// What happens in a scenario: visitors, browsers and networks do something at random, one thing after the other.
#ifndef TESTS_SIMULATION_HAPPENINGS_H
#define TESTS_SIMULATION_HAPPENINGS_H

#include <cstdint>

namespace simulation {

class Page;
class World;

class Happenings {
 public:
  explicit Happenings(World& world) : world_(world) {}

  /// From here on things happen, in their own time.
  void begin();
  bool is_over() const { return count_ >= most_; }

 private:
  void next();
  void happen();
  void change_collector();
  void track(Page& page);
  void track_one(Page& page);
  void change_page(Page& page);
  void kill(Page& page);
  /// A page tracks and is killed; some seconds later, and nothing happens between, so is the browser.
  void die_in_turn(Page& page);
  void change_world(Page& page);
  void jump_clock();
  void delete_key();
  void leave_foreign_row();
  void go_offline();
  Page* any_page();

  World& world_;
  uint32_t count_ = 0;
  uint32_t most_ = 0;
  double still_until_ms_ = 0;  ///< Nothing else happens before.
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_HAPPENINGS_H
