// A host for the engine's tests: it performs what the tracker asks for at once, in memory, and answers as the test
// says. Time is a number that the test moves. After every step it checks what must hold whatever happens.
#ifndef TESTS_SUPPORT_SCRIPTED_HOST_H
#define TESTS_SUPPORT_SCRIPTED_HOST_H

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tracker.h"
#include "support/event_buffer.h"

namespace tests {

/// A request that the tracker asked for.
struct Request {
  double id = 0;
  std::string url;
  std::string body;
  bool keepalive = false;
  bool anonymous = false;
  bool open = true;                 ///< Not answered yet.
  std::vector<std::string> events;  ///< Each payload as it was tracked: without its sending time.
};

/// Checks after each call: the ledger adds up, and agrees with the host's own count; no event is in two requests, or
/// delivered twice; batches and keepalive requests are within their bounds; bodies are valid; no wait is endless.
class ScriptedHost {
 public:
  static constexpr double kStartWallMs = 1700000000000.0;
  static constexpr double kStartMonoMs = 5000;

  /// A tracker that has a collector and no web_page entity, so that rows have few bytes.
  ScriptedHost();

  void pass(double ms);
  piste::Moment now();

  piste::Status set(piste::Key key, std::string_view value);
  piste::Status track(piste::EventKind kind, const std::string& buffer);
  /// A structured event with this action.
  piste::Status track(std::string_view action = "a");
  /// An event whose row has so many bytes.
  piste::Status track_bytes(size_t row_bytes);
  piste::Status refuse(piste::Status why);
  piste::Status restore(std::string_view row);
  void signal(piste::Signal kind);
  /// True if a ping was tracked.
  bool ping(double active_ms, const double (&offsets)[piste::field::kOffsetCount] = {0, 0, 0, 0});

  /// One action, performed and, if it is to be stored, reported.
  piste::ActionKind step();
  /// Steps until the tracker is idle or waits.
  piste::ActionKind settle();
  /// Settles and lets the time of each wait pass, until the tracker is idle.
  void run();

  /// Reports what became of a request, known or not.
  piste::Status answer(double id, int32_t outcome, std::string_view retry_after = "");
  /// The same for the newest request.
  piste::Status answer(int32_t outcome, std::string_view retry_after = "");
  /// The same for every open request, oldest first.
  void answer_all(int32_t outcome, std::string_view retry_after = "");

  /// A count of stats(), as "pending" or "dropped/closed"; 0 if it is not there.
  double count(const std::string& path);
  double wait_ms() const { return tracker.action().wait_ms; }
  size_t open_count() const;
  const Request& last() const { return requests.back(); }

  piste::Tracker tracker;
  std::map<double, std::string> stored;  ///< What the storage holds.
  std::vector<Request> requests;         ///< Every request so far.
  bool storage_fails = false;
  uint32_t jitter = 0x80000000U;  ///< Of each moment's entropy: the fraction of the wait after a failure, times 2^32.

 private:
  void store();
  void send();
  void check_bounds(const Request& made) const;
  void conclude(Request& request, int32_t outcome);
  void check();

  double passed_ms_ = 0;
  uint32_t moments_ = 0;
  double accepted_ = 0;
  double pending_ = 0;
  double delivered_ = 0;
  size_t batch_bytes_ = 40000;
  bool pings_ = false;
  bool leaving_ = false;
  std::set<std::string> under_way_;
  std::set<std::string> arrived_;
};

}  // namespace tests

#endif  // TESTS_SUPPORT_SCRIPTED_HOST_H
