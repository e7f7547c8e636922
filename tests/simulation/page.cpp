// The life of a page: opened, hidden, put away, back again, dead.
#include "page.h"

#include <algorithm>

#include "world.h"

namespace simulation {

Page::Page(World& world, uint32_t number, bool visible)
    : world_(world),
      keeper_(world, *this),
      account_(world.scenario.setup.ping_every_ms > 0),
      rules_(world, *this),
      number_(number),
      origin_ms_(world.timeline.now_ms() - 1 - world.random.below(5000)),
      awake_since_ms_(world.timeline.now_ms()),
      visible_(visible) {}

Page::~Page() { piste_destroy(tracker_); }

double Page::mono_ms() const { return world_.timeline.now_ms() - origin_ms_; }

void Page::post(double ms, std::function<void()> task) {
  world_.timeline.after(ms, [this, task = std::move(task)]() mutable {
    if (!is_alive()) return;
    if (frozen_) {
      deferred_.push_back(std::move(task));
      return;
    }
    task();
    if (is_alive()) read_ledger(false);
  });
}

void Page::run_deferred() {
  std::vector<std::function<void()>> tasks;
  tasks.swap(deferred_);
  for (const auto& task : tasks) {
    if (is_alive()) task();
  }
}

void Page::set(piste_key key, const std::string& value) {
  const piste_status status = piste_set(tracker_, key, value.data(), value.size());
  if (status != PISTE_OK) world_.violation("calls", number_, "piste_set(%d) gives %d", key, status);
}

void Page::open() {
  const Setup& setup = world_.scenario.setup;
  tracker_ = piste_create();
  begin_consent();
  set(PISTE_KEY_COLLECTOR, "https://c.test");
  set(PISTE_KEY_METHOD, setup.get ? "get" : "post");
  set(PISTE_KEY_BASE64, setup.base64 ? "1" : "0");
  set(PISTE_KEY_ANONYMOUS, setup.anonymous && world_.random.happens(0.5) ? "1" : "0");
  set(PISTE_KEY_WEB_PAGE, world_.random.happens(0.5) ? "1" : "0");
  set(PISTE_KEY_BATCH_BYTES, std::to_string(setup.batch_bytes));
  set(PISTE_KEY_BATCH_WAIT_MS, std::to_string(setup.batch_wait_ms));
  set(PISTE_KEY_TIMEOUT_MS, std::to_string(setup.timeout_ms));
  if (!world_.calm) {
    set(PISTE_KEY_PING_FIRST_MS, std::to_string(setup.ping_every_ms));
    set(PISTE_KEY_PING_EVERY_MS, std::to_string(setup.ping_every_ms));
  }
  world_.tell(number_, "opens %s", visible_ ? "visible" : "hidden");
  keeper_.begin_life();
  keeper_.adopt();
  if (!visible_) leave();
  if (is_alive()) pump();
}

void Page::signal(piste_signal_kind kind) {
  if (!is_alive() || frozen_) return;
  const piste_moment now = moment();
  (void)piste_signal(tracker_, kind, &now);
  if (kind == PISTE_SIGNAL_FLUSH || kind == PISTE_SIGNAL_ONLINE || kind == PISTE_SIGNAL_CLOSE) rules_.hurry();
  if (kind == PISTE_SIGNAL_LEAVING || kind == PISTE_SIGNAL_AWAY) rules_.leave();
  if (kind == PISTE_SIGNAL_VISIBLE) rules_.stay();
  if (kind == PISTE_SIGNAL_CLOSE) {
    closed_ = true;
    world_.owner_locks.stop_waiting(number_);
  }
  world_.tell(number_, "signal %d", kind);
  const uint64_t sent_count = sent_count_;
  const bool must_try = must_try_at_once(kind);
  pump();
  if (is_alive() && must_try && sent_count_ == sent_count) {
    world_.violation("retry", number_, "it does not try at once");
  }
}

bool Page::must_try_at_once(piste_signal_kind kind) const {
  const bool hurries =
      kind == PISTE_SIGNAL_FLUSH || (kind == PISTE_SIGNAL_ONLINE && world_.scenario.setup.batch_wait_ms == 0);
  return hurries && ledger_.failures > 0 && has_probe_ && flights_.empty() && has_sendable() && rules_.may_hurry();
}

bool Page::has_sendable() const {
  return std::any_of(events_.begin(), events_.end(),
                     [&](const auto& one) { return !is_frozen_by_consent(*world_.history.find(one.second)); });
}

void Page::take_keepalive(uint32_t bytes) {
  if (!is_alive()) return;
  keepalive_taken_ = bytes;
  set(PISTE_KEY_KEEPALIVE_TAKEN, std::to_string(bytes));
}

void Page::leave(piste_signal_kind kind) {
  leaving_now_ = true;
  signal(kind);
  leaving_now_ = false;
}

void Page::end_ordinary_requests() {
  world_.network.abandon(number_, false);
  for (auto at = flights_.begin(); at != flights_.end();) {
    if (at->second->keepalive) {
      ++at;
      continue;
    }
    at->second->told = true;  // whatever the collector says, nobody hears it
    at->second->outcome = PISTE_OUTCOME_OFFLINE;
    at = flights_.erase(at);
    rules_.note_cut_off();
  }
}

void Page::hide() {
  if (!is_alive() || !visible_) return;
  visible_ = false;
  leave();
}

void Page::show() {
  if (!is_alive() || cached_) return;
  if (frozen_) thaw();
  if (!is_alive() || visible_) return;
  visible_ = true;
  signal(PISTE_SIGNAL_VISIBLE);
  if (!is_alive()) return;
  keeper_.adopt();
  if (world_.probe_lock.is_waited_for_by(number_)) {
    world_.change_probe([&](ProbeLock& lock) { lock.steal(number_); });
  }
}

void Page::put_away(bool may_come_back) {
  if (!is_alive() || cached_) return;
  if (frozen_) return die("is discarded");
  world_.tell(number_, "is put away%s", may_come_back ? ", may come back" : "");
  visible_ = false;
  end_ordinary_requests();
  leave(PISTE_SIGNAL_AWAY);
  if (!is_alive() || dies_here()) return;
  const std::vector<double> given_up = keeper_.release();
  if (!is_alive()) return;
  const piste_moment now = moment();
  if (world_.fault != HostFault::keeps_what_it_releases) (void)piste_signal(tracker_, PISTE_SIGNAL_GONE, &now);
  gone_ = true;
  give_up(given_up);
  has_probe_ = false;
  ++life_;
  ++timer_;
  wakes_at_ms_ = kNever;
  read_ledger(true);
  if (!may_come_back) return die("is closed");
  cached_ = frozen_ = true;
  world_.release_locks(number_, true);
}

void Page::give_up(const std::vector<double>& ids) {
  const auto stored = world_.stored_events();
  for (const double id : ids) {
    EventFacts* facts = world_.history.find(events_[id]);
    events_.erase(id);
    if (facts != nullptr && facts->owner == number_) world_.orphan(*facts, nullptr, stored);
  }
  account_.release(static_cast<double>(ids.size()));
}

void Page::come_back() {
  if (!is_alive() || !cached_) return;
  world_.tell(number_, "comes back");
  cached_ = frozen_ = false;
  awake_since_ms_ = world_.timeline.now_ms();
  visible_ = true;
  // What was frozen may go on before the page hears that it is back.
  const bool first = world_.random.happens(0.5);
  if (first) run_deferred();
  if (!is_alive()) return;
  keeper_.begin_life();
  gone_ = false;
  signal(PISTE_SIGNAL_VISIBLE);
  if (!first) run_deferred();
  if (is_alive()) keeper_.adopt();
}

void Page::freeze() {
  if (!is_alive() || visible_ || frozen_) return;
  leave();
  if (!is_alive()) return;
  world_.tell(number_, "is frozen");
  frozen_ = true;
}

void Page::thaw() {
  if (!is_alive() || !frozen_ || cached_) return;
  world_.tell(number_, "is thawed");
  frozen_ = false;
  awake_since_ms_ = world_.timeline.now_ms();
  follow_probe_lock();
  run_deferred();
  if (is_alive()) pump();
}

void Page::die(const char* how) {
  if (!is_alive()) return;
  world_.tell(number_, "%s", how);
  world_.lasting_storage.abandon(number_);
  excuse_events(how);
  piste_destroy(tracker_);
  tracker_ = nullptr;
  flights_.clear();
  deferred_.clear();
  has_probe_ = false;
  ++life_;
  world_.release_locks(number_, false);
  world_.network.abandon(number_, false);
}

void Page::excuse_events(const char* how) {
  const auto stored = world_.stored_events();
  for (const uint64_t event : unstored_) {
    EventFacts* facts = world_.history.find(event);
    if (facts == nullptr || facts->owner != number_) continue;
    const char* const excuse = is_frozen_by_consent(*facts) ? "waited for the visitor's answer"
                               : settled_                   ? nullptr
                                                            : "ended before it was stored";
    world_.orphan(*facts, excuse, stored);
  }
  for (const uint64_t event : unseen_) {
    EventFacts* facts = world_.history.find(event);
    if (facts->owner != number_) continue;
    world_.orphan(*facts, facts->is_held ? "waited for the visitor's answer" : "never to be stored", stored);
    facts->is_held = false;
  }
  unseen_.clear();
  for (const auto& [id, event] : events_) {
    EventFacts* facts = world_.history.find(event);
    if (facts == nullptr || facts->owner != number_) continue;
    world_.tell(number_, "%s with event %llu", how, static_cast<unsigned long long>(event));
    world_.orphan(*facts, keeper_.excuse(id), stored);
  }
  events_.clear();
  unstored_.clear();
}

}  // namespace simulation
