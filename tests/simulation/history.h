// What became of every event, as somebody knows who sees all: the judge's memory.
#ifndef TESTS_SIMULATION_HISTORY_H
#define TESTS_SIMULATION_HISTORY_H

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "findings.h"
#include "flight.h"

namespace simulation {

/// What a tracker was told of an event, and has not given back yet.
enum class Verdict { none, delivered, rejected, denied };

/// One event, told by its number, which is the end of its `eid`.
struct EventFacts {
  uint64_t number = 0;
  uint32_t born_in = 0;  ///< The page that tracked it.
  double taken_ms = 0;
  double row_ms = 0;  ///< The time in its row; 0 until a row was seen.
  int priority = 1;
  bool anonymous = false;
  bool poisonous = false;
  uint32_t purpose = 1;             ///< Its own.
  int entity_purpose = -1;          ///< Of an entity of its own; -1: it has none.
  uint32_t purposes = 0;            ///< All that its row is for, by bit; 0 until there is one, and where nobody asks.
  bool is_held = false;             ///< Until the visitor answers.
  bool was_held = false;            ///< It went out later than it was tracked.
  bool is_impersonal = false;       ///< Nothing of the visitor is in it.
  bool taken_away = false;          ///< Somebody else deleted a copy.
  uint32_t owner = 0;               ///< The page whose tracker has it; 0: none.
  uint64_t owned_since = 0;         ///< The step of the timeline in which that page got it.
  Verdict verdict = Verdict::none;  ///< For its owner.
  int32_t outcome = 0;              ///< The HTTP status of the verdict.
  bool ended = false;               ///< Counted by some tracker: delivered, rejected or dropped.
  const char* reason = "";          ///< Once ended.
  /// Why no copy of it is left although it has not ended; null: nothing explains it.
  const char* explanation = nullptr;
  uint32_t arrival_count = 0;  ///< How often the collector stored it.
  /// Requests that carried it, but for those whose page was told that they failed.
  std::vector<std::shared_ptr<const Flight>> flights;
};

class History {
 public:
  EventFacts& add(uint64_t number);
  /// Null if there is no such event.
  EventFacts* find(uint64_t number);
  std::unordered_map<uint64_t, EventFacts>& all() { return events_; }

 private:
  std::unordered_map<uint64_t, EventFacts> events_;
};

/// The numbers of the events in a request's body, or, if that is empty, in its URL; or in a row.
std::vector<uint64_t> read_events(const std::string& body, const std::string& url);
uint64_t read_event(const std::string& row);
/// The device time in a row's header, in Unix ms.
double read_row_time(const std::string& row);

}  // namespace simulation

#endif  // TESTS_SIMULATION_HISTORY_H
