// When a tracker may send: what holds of every request, and what it is entitled to while the collector is down.
#ifndef TESTS_SIMULATION_REQUEST_RULES_H
#define TESTS_SIMULATION_REQUEST_RULES_H

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "flight.h"
#include "ledger_reading.h"

namespace simulation {

class Page;
class World;

/// The judge of one tracker's requests. README.md, "While the collector is down", says the bound in words.
class RequestRules {
 public:
  RequestRules(World& world, const Page& page) : world_(world), page_(page) {}

  /// A request is about to go out. `text`: its body, or its URL if it has none. `failures`: what the ledger says.
  /// `carries_stored`: one of its rows is known to be stored.
  void judge(const std::shared_ptr<Flight>& flight, const std::string& text, double failures, bool carries_stored);
  /// The tracker was told an answer. `retry_after_ms`: may be negative or NaN. `before` and `after`: the ledger.
  void note_answer(double retry_after_ms, const LedgerReading& before, const LedgerReading& after);

  /// The page goes and takes a request along: its rows may go again, in the exit plan.
  void note_cut_off() { discoveries_ -= std::min(discoveries_, 1U); }

  /// A signal came that ends a random wait.
  void hurry() { hurried_ = true; }
  /// The page is hidden, or about to go.
  void leave();
  /// The page is seen.
  void stay() { leaving_ = false; }

  /// No Retry-After forbids a request.
  bool may_hurry() const;

  /// Refused requests are refused whole by now: README.md, "Poisonous events".
  bool has_given_up_dividing() const;
  void count_refusal() { ++refusals_; }
  void count_delivery() { refusals_ = 0; }

 private:
  void judge_events(const std::shared_ptr<Flight>& flight);
  void judge_event(uint64_t event, const std::shared_ptr<Flight>& flight);
  void judge_size(const Flight& flight);
  void judge_time(const std::string& text);
  void judge_discovery();
  void judge_probe();
  void judge_wait(double failures);

  World& world_;
  const Page& page_;
  double opens_at_ms_ = 0;      ///< When the random wait ends.
  double obeyed_until_ms_ = 0;  ///< When the Retry-After ends.
  double last_sent_ms_ = 0;     ///< The last `stm`.
  uint32_t refusals_ = 0;
  uint32_t outage_ = 0;  ///< The one that `discoveries_` counts for.
  uint32_t discoveries_ = 0;
  uint32_t exits_ = 0;  ///< Requests of the last exit plan.
  bool hid_in_outage_ = false;
  bool hurried_ = false;
  bool leaving_ = false;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_REQUEST_RULES_H
