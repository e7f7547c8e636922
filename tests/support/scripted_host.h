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

/// What an ERASE told.
struct Ended {
  double id = 0;
  std::string row;
  piste::Status why = piste::Status::ok;
  int32_t outcome = 0;
};

/// Checks after each call: the ledger adds up, and agrees with the host's own count; no event is in two requests, or
/// delivered twice; batches and keepalive requests are within their bounds; refused requests get smaller; rows are
/// asked to be stored at most once for each keeping, and to be lasting when they must; each event that ended is told
/// once, as it ended; who has no probe sends nothing to a collector that is down; bodies are valid, and times go on; no
/// wait is endless.
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
  /// A structured event with this action, and a priority: "", "0", "1" or "2".
  piste::Status track(std::string_view action = "a", std::string_view priority = "");
  /// An event whose row has so many bytes.
  piste::Status track_bytes(size_t row_bytes, std::string_view priority = "");
  piste::Status refuse(piste::Status why);
  piste::Status restore(std::string_view row);
  void signal(piste::Signal kind);
  /// True if a ping was tracked.
  bool ping(double active_ms, const double (&offsets)[piste::field::kOffsetCount] = {0, 0, 0, 0});

  /// One action, performed and, if it is to be stored, reported unless `confirms_later`.
  piste::ActionKind step();
  /// Steps until the tracker is idle or waits.
  piste::ActionKind settle();
  /// Settles; true if nothing is left to be done before the next input but to make rows lasting.
  bool rests();
  /// Settles and lets the time of each wait pass, until the tracker is idle.
  void run();

  /// Reports what became of a request, known or not.
  piste::Status answer_to(double id, int32_t outcome, double retry_after_ms = 0);
  /// The same for the newest request.
  piste::Status answer(int32_t outcome, double retry_after_ms = 0);
  /// The same for every open request, oldest first.
  void answer_all(int32_t outcome, double retry_after_ms = 0);
  /// Keeps the row of an earlier STORE that was not reported yet, and reports it.
  void confirm(double id);
  /// The same for all of them, oldest first.
  void confirm_all();
  /// The rows in the storage that are another tracker's since GONE.
  std::map<double, std::string> left_behind() const;
  /// Gives the probe that was asked for, or takes it away.
  void grant();
  void take_probe_away();

  /// A count of the statistics, as "pending" or "dropped/closed"; 0 if it is not there.
  double count(const std::string& path);
  /// A number of the last action.
  double number(piste::Number number) const { return tracker.action().numbers[static_cast<size_t>(number)]; }
  double wait_ms() const { return number(piste::Number::wait_ms); }
  size_t open_count() const;
  const Request& last() const { return requests.back(); }

  piste::Tracker tracker;
  std::map<double, std::string> stored;  ///< What the storage holds.
  std::set<double> lasting;              ///< Which of it survives the sudden death of the host.
  std::vector<double> unconfirmed;       ///< STOREs that were not reported yet.
  std::vector<Request> requests;         ///< Every request so far.
  std::vector<Ended> ended;              ///< Every ERASE so far.
  piste::Probe probe = piste::Probe::none;
  bool storage_fails = false;
  bool confirms_later = false;    ///< STOREs wait for confirm().
  bool grants_probe = true;       ///< The probe is given as soon as it is asked for.
  double wall_shift_ms = 0;       ///< How far the wall clock was set forward.
  uint32_t jitter = 0x80000000U;  ///< Of each moment's entropy: the fraction of the wait after a failure, times 2^32.

 private:
  /// What the host knows of a row since it was asked to store it, or restored it.
  struct Known {
    std::string row;
    std::string event;
    bool is_fleeting = false;   ///< Asked to survive the page, and no more.
    bool is_confirmed = false;  ///< Reported as stored.
    bool is_released = false;   ///< Another tracker's since GONE.
    bool has_ended = false;
    piste::Status why = piste::Status::ok;
    int32_t outcome = 0;
  };

  void store();
  void erase();
  void send();
  void change_probe(piste::ActionKind kind);
  void report(double id, piste::Outcome outcome);
  void confirmed(double id);
  void know(double id, const std::string& row);
  void set_fleeting(Known& known, bool is_fleeting);
  void release_confirmed();
  void check_request(const Request& made, bool down);
  void conclude(Request& request, int32_t outcome);
  bool ends_its_events(const Request& request, int32_t outcome);
  void end(const std::string& event, piste::Status why, int32_t outcome);
  void take(bool is_taken, double evicted_before);
  void check();
  void check_ended();
  double mono_ms() const { return kStartMonoMs + passed_ms_; }

  double passed_ms_ = 0;
  uint32_t moments_ = 0;
  double accepted_ = 0;
  double pending_ = 0;
  double delivered_ = 0;
  double evicted_told_ = 0;  ///< ERASEs of evicted rows.
  double keepalive_taken_ = 0;
  int fleeting_count_ = 0;
  double fleeting_since_ms_ = 0;
  long long last_sent_ms_ = 0;
  uint32_t refusals_ = 0;  ///< Events refused one by one since the last delivery.
  size_t batch_bytes_ = 40000;
  bool pings_ = false;
  bool is_hidden_ = false;
  bool is_exiting_ = false;
  bool is_gone_ = false;
  bool clock_was_set_ = false;
  piste::Bytes stats_;
  std::map<double, Known> known_;
  std::map<std::string, double> ids_;      ///< By event.
  std::map<std::string, size_t> company_;  ///< Most events in a request with this one.
  std::set<std::string> under_way_;
  std::set<std::string> arrived_;
};

}  // namespace tests

#endif  // TESTS_SUPPORT_SCRIPTED_HOST_H
