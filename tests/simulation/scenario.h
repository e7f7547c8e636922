// What a seed decides before the world begins: how many pages, which storage, what troubles.
#ifndef TESTS_SIMULATION_SCENARIO_H
#define TESTS_SIMULATION_SCENARIO_H

#include <string>
#include <vector>

#include "collector.h"
#include "consent_states.h"
#include "lasting_storage.h"
#include "page_storage.h"

namespace simulation {

/// How tracker and host are set up, on all pages alike.
struct Setup {
  bool get = false;
  bool base64 = false;
  bool anonymous = false;  ///< Some pages are.
  uint32_t batch_bytes = 40000;
  uint32_t batch_wait_ms = 0;
  uint32_t timeout_ms = 5000;
  uint32_t ping_every_ms = 0;
  bool locks = true;    ///< Without, nothing is stored.
  double lease_ms = 0;  ///< How long a dead page's locks are held on; 0: Web Locks.
};

/// How often what happens; weights, but for the ratios.
struct Troubles {
  double hide = 0;
  double put_away = 0;
  double freeze = 0;
  double kill_page = 0;
  double kill_browser = 0;
  double die_in_turn = 0;
  double clock_jump = 0;
  double delete_keys = 0;
  double foreign_rows = 0;
  double close = 0;
  double offline = 0;
  double decide = 0;      ///< The visitor gives or withdraws his consent, where he is asked.
  double kill_ratio = 0;  ///< Of actions between which a page is killed.
};

/// What the visitors do.
struct Traffic {
  uint32_t happening_count = 200;
  double gap_ms = 100;        ///< Mean time between two happenings.
  double burst_ratio = 0.1;   ///< Of tracking: many events at once.
  double large_ratio = 0.02;  ///< Of events: some kilobytes and more.
  double poison_ratio = 0;
  double invalid_ratio = 0.01;
  uint32_t largest_bytes = 30000;
};

struct Scenario {
  uint32_t most_pages = 1;
  Setup setup;
  PageStorageTraits page_storage;
  LastingStorageTraits lasting_storage;
  Troubles troubles;
  Traffic traffic;
  ConsentStates consent;
  std::vector<Condition> conditions;  ///< Of the collector, by turns, at random.
  double condition_ms = 1000;         ///< Mean length of one.
  size_t most_request_bytes = SIZE_MAX;

  /// Draws a scenario.
  static Scenario of(Random& random);
  /// One line for the trace.
  std::string text() const;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_SCENARIO_H
