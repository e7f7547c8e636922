// The world of one seed: the pages of one browser, what they share, and the collector.
#ifndef TESTS_SIMULATION_WORLD_H
#define TESTS_SIMULATION_WORLD_H

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "collector.h"
#include "consent_states.h"
#include "findings.h"
#include "history.h"
#include "host_faults.h"
#include "locks.h"
#include "network.h"
#include "page.h"
#include "random.h"
#include "scenario.h"
#include "timeline.h"
#include "trace.h"
#include "wait_rules.h"

namespace simulation {

/// What the browser keeps of the visitor, for all pages: the identity and the session's marker.
struct KeptIdentity {
  std::string kept[2];
};

class World {
 public:
  World(uint64_t seed, HostFault fault, const Trace& trace, Findings& findings);
  ~World();

  /// Lets the scenario happen, then everything come to rest, and judges.
  void run();

  double wall_ms() const { return 1700000000000.0 + wall_offset_ms_ + timeline.now_ms(); }
  /// No clock has ever shown a later time.
  double latest_wall_ms() const { return wall_ms() - wall_offset_ms_ + latest_offset_ms_; }
  void set_clock(double by_ms) {
    wall_offset_ms_ = by_ms;
    latest_offset_ms_ = std::max(latest_offset_ms_, by_ms);
  }
  uint32_t new_owner() { return ++last_owner_; }
  uint64_t new_event() { return ++last_event_; }
  /// For events that nobody has tracked: far from the others.
  uint64_t new_own_event() { return (uint64_t{1} << 40) + ++last_event_; }
  bool is_online() const { return online_; }
  void set_online(bool online) { online_ = online; }

  Page& open_page(bool visible);
  std::vector<Page*> living();
  /// Whether that life of that page goes on.
  bool is_current(uint32_t page, uint32_t life);
  /// The page, or the whole browser, dies.
  void crash(Page& page);
  void kill_browser();
  /// As the event `storage`: the other pages hear that one has written a row in the name of `owner`.
  void tell_others(uint32_t page, uint32_t owner);
  /// The locks of a page that died or was put away.
  void release_locks(uint32_t page, bool at_once);
  /// Changes the probe lock, and tells those whom it concerns.
  void change_probe(const std::function<void(ProbeLock&)>& change);
  /// A probe is sent by `page`: does it have the lock?
  void judge_holder(uint32_t page);
  /// The visitor answers on `page`; the others hear of it later.
  void decide(Page& page);
  /// The collector has stored the events of a request.
  void note_arrival(const Flight& flight);
  /// The events of which there is a copy.
  std::unordered_set<uint64_t> stored_events() const;
  /// The event has no owner any more; if it is not among `stored` either, `excuse` is why (null: nothing explains it).
  void orphan(EventFacts& facts, const char* excuse, const std::unordered_set<uint64_t>& stored);

  [[gnu::format(printf, 4, 5)]] void violation(const char* rule, uint32_t page, const char* form, ...);
  [[gnu::format(printf, 3, 4)]] void tell(uint32_t page, const char* form, ...) const;

  Random random;
  const HostFault fault;
  const Trace& trace;
  Findings& findings;
  Scenario scenario;
  Timeline timeline;
  History history;
  PageStorage page_storage;
  LastingStorage lasting_storage;
  OwnerLocks owner_locks;
  ProbeLock probe_lock;
  Collector collector;
  Network network;
  WaitRules waits;
  ConsentStates consent;  ///< As the visitor has decided last.
  KeptIdentity identity;
  bool calm = false;  ///< The troubles are over.

 private:
  bool step();
  void calm_down();
  void let_pages_finish();
  void end_pages();
  void judge_the_end();
  void judge_event(const EventFacts& facts);
  void pass_on(uint32_t owner);
  /// Nothing excuses that a row older than kLastingAfterMs is only in the page storage.
  bool keeps_all_lasting();

  std::vector<std::unique_ptr<Page>> pages_;
  double wall_offset_ms_ = 0;
  double latest_offset_ms_ = 0;
  double last_end_ms_ = 0;                    ///< When a page last died, or was put away.
  std::map<uint32_t, double> probe_lost_ms_;  ///< When each page last lost the probe.
  uint32_t last_owner_ = 0;
  uint64_t last_event_ = 0;
  bool online_ = true;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_WORLD_H
