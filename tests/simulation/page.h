// A page in a tab: a real tracker, and a browser's host that performs what it asks for.
#ifndef TESTS_SIMULATION_PAGE_H
#define TESTS_SIMULATION_PAGE_H

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "consent_states.h"
#include "flight.h"
#include "history.h"
#include "ledger_reading.h"
#include "page_account.h"
#include "piste/piste.h"
#include "request_rules.h"
#include "row_keeper.h"

namespace simulation {

class World;

/// An event that a site is about to track.
struct EventPlan {
  piste_event kind = PISTE_EVENT_STRUCTURED;
  int priority = -1;   ///< Of piste_track(); -1: the kind's own.
  uint32_t bytes = 0;  ///< Of its longest field.
  bool invalid = false;
  bool poisonous = false;
  int purpose = -1;         ///< Of piste_track(); -1: none is given, hence analytics.
  int entity_purpose = -1;  ///< Of an entity; -1: there is none.
};

/// Numbers count from 1. A page that is put away and comes back begins another life.
class Page {
 public:
  Page(World& world, uint32_t number, bool visible);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  uint32_t number() const { return number_; }
  uint32_t life() const { return life_; }
  bool is_alive() const { return tracker_ != nullptr; }
  bool is_visible() const { return visible_; }
  bool is_frozen() const { return frozen_; }
  bool is_closed() const { return closed_; }
  /// Since when it is neither frozen nor put away.
  double awake_since_ms() const { return awake_since_ms_; }
  /// Put away, and may come back.
  bool is_cached() const { return cached_; }
  bool has_probe() const { return has_probe_; }
  /// Nothing is pending, under way or left to be taken over.
  bool is_quiet() const { return account_.pending() == 0 && flights_.empty() && keeper_.is_done(); }
  double mono_ms() const;
  const PageAccount& account() const { return account_; }
  RowKeeper& keeper() { return keeper_; }
  const RowKeeper& keeper() const { return keeper_; }
  size_t open_request_count() const { return flights_.size(); }
  size_t keepalive_bytes() const;
  uint32_t keepalive_taken() const { return keepalive_taken_; }

  /// The life of a page, in page.cpp.
  void open();
  void hide();
  void show();
  void put_away(bool may_come_back);
  void come_back();
  void freeze();
  void thaw();
  /// Ends it at once, whatever it is doing.
  void die(const char* how);
  /// Tells the tracker what happened, and does what it wants done.
  void signal(piste_signal_kind kind);
  void take_keepalive(uint32_t bytes);
  /// Runs `task` in `ms` if the page lives then; when it is frozen, once it is not.
  void post(double ms, std::function<void()> task);

  /// Events, in page_events.cpp.
  void track(const EventPlan& plan);
  int32_t restore(const std::string& row, uint64_t event, double& id);
  /// A moment for a call. `event`: the number of the event that the call may make; 0: the next one of the tracker's
  /// own.
  piste_moment moment(uint64_t event = 0);

  /// Consent, in page_consent.cpp. The page hears what the visitor has decided last.
  void heed();
  /// By what the page was told, the row of an event is neither to be sent nor stored now.
  bool is_frozen_by_consent(const EventFacts& facts) const;

  /// The driver, in page_driver.cpp.
  void pump();
  void pump_soon();
  void report_stored(double id, bool stored);
  void answer(const std::shared_ptr<Flight>& flight, const Answer& answer);
  /// The lock has another holder, or another queue.
  void follow_probe_lock();

 private:
  static constexpr double kNever = 1e300;

  void set(piste_key key, const std::string& value);
  void leave(piste_signal_kind kind = PISTE_SIGNAL_LEAVING);
  /// The page ends: those of its requests that are not keepalive end with it.
  void end_ordinary_requests();
  bool must_try_at_once(piste_signal_kind kind) const;
  bool has_sendable() const;
  void run_deferred();
  void excuse_events(const char* how);
  /// The tracker learns what it is to know of the visitor before it begins.
  void begin_consent();
  void tell_identity();
  uint32_t purposes_of(const EventFacts& facts) const;
  void take_by_consent(EventFacts& facts, size_t bytes);
  void check_refusal(const EventFacts& facts, int32_t status, size_t bytes);
  std::set<uint64_t> all_events() const;
  void deny(EventFacts& facts);
  void release(EventFacts& facts);
  void follow_decision(EventFacts& facts);
  void count_refused_at_release();
  void find_refused_at_release();
  void judge_storing_by_consent(const EventFacts& facts);
  void judge_sending_by_consent(const Flight& flight, const std::string& text);
  void keep_state();
  /// How many events wait to be stored until the visitor answers.
  size_t check_consent();
  /// Rows that belong to another tracker from here on.
  void give_up(const std::vector<double>& ids);
  EventFacts& own_event(const std::string& row, double id);
  void wake_in(double ms);
  void wake();
  bool perform(piste_action action);
  void store();
  void erase();
  void judge_end(EventFacts& facts, int32_t why, double id);
  bool carries_stored(const Flight& flight) const;
  void judge_order(const Flight& flight) const;
  void send();
  void ask_for_probe(bool asks);
  void settle(piste_action action, double wait_ms);
  void check_storing(piste_action action, double wait_ms);
  void check_probe();
  void check_caps();
  void check_age(const std::string& row, int32_t status);
  void check_room(int32_t status, size_t event_bytes);
  void read_ledger(bool settled);
  bool dies_here();
  std::string text(piste_field field) const;
  double number(piste_field field) const;

  World& world_;
  piste_tracker* tracker_ = nullptr;
  RowKeeper keeper_;
  PageAccount account_;
  RequestRules rules_;
  LedgerReading ledger_;
  std::map<double, std::shared_ptr<Flight>> flights_;
  std::map<double, uint64_t> events_;  ///< Of the tracker's ids that are known.
  std::set<uint64_t> unstored_;        ///< Events taken that the tracker has not asked to store.
  std::set<uint64_t> unseen_;          ///< Events taken that are not to be stored: held, or impersonal.
  ConsentStates told_;                 ///< What the tracker knows.
  size_t held_bytes_ = 0;              ///< At most so many.
  double refused_at_release_ = 0;      ///< Events that were held and found no room, and are not known yet.
  std::vector<std::function<void()>> deferred_;
  uint32_t number_;
  uint32_t life_ = 1;
  uint32_t keepalive_taken_ = 0;
  double origin_ms_;
  double awake_since_ms_;
  uint64_t timer_ = 0;
  double wakes_at_ms_ = kNever;
  int highest_priority_ = -1;  ///< Of the events tracked since the tracker came to rest.
  uint64_t sent_count_ = 0;
  bool visible_;
  bool frozen_ = false;
  bool cached_ = false;
  bool gone_ = false;  ///< Put away, and not told that it is back.
  bool closed_ = false;
  bool scheduled_ = false;
  bool pumping_ = false;
  bool settled_ = true;
  bool leaving_now_ = false;  ///< The exit plan is being carried out.
  bool has_probe_ = false;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_PAGE_H
