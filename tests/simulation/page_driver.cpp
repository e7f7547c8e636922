// The driver: performs what the tracker asks for until there is nothing to do, and reports.
#include <algorithm>

#include "model/limits.h"
#include "page.h"
#include "world.h"

namespace simulation {

namespace {

constexpr int kMostActions = 200000;

unsigned long long printed(uint64_t number) { return number; }

}  // namespace

std::string Page::text(piste_field field) const {
  const char* text = piste_text(tracker_, field);
  return text == nullptr ? std::string() : std::string(text, piste_text_size(tracker_, field));
}

double Page::number(piste_field field) const { return piste_number(tracker_, field); }

bool Page::dies_here() {
  if (!world_.calm && world_.random.happens(world_.scenario.troubles.kill_ratio)) world_.crash(*this);
  return !is_alive();
}

void Page::pump_soon() {
  if (scheduled_ || !is_alive()) return;
  scheduled_ = true;
  post(world_.random.happens(0.1) ? world_.random.between(0, 50) : 0.2, [this] {
    scheduled_ = false;
    pump();
  });
}

void Page::pump() {
  // What a page stores while it is put away would be nobody's, or two pages'.
  if (pumping_ || gone_) return;
  pumping_ = true;
  for (int left = kMostActions; is_alive(); --left) {
    if (dies_here()) break;
    const piste_moment now = moment();
    const piste_action action = piste_next(tracker_, &now);
    if (!perform(action)) break;
    if (left == 0) {
      world_.violation("rest", number_, "the tracker never comes to rest");
      break;
    }
  }
  pumping_ = false;
}

bool Page::perform(piste_action action) {
  const double wait_ms = number(PISTE_FIELD_WAIT_MS);
  switch (action) {
    case PISTE_ACTION_STORE:
      store();
      return is_alive();
    case PISTE_ACTION_ERASE:
      erase();
      return is_alive();
    case PISTE_ACTION_SEND:
      send();
      return is_alive();
    case PISTE_ACTION_CLAIM_PROBE:
    case PISTE_ACTION_YIELD_PROBE:
      ask_for_probe(action == PISTE_ACTION_CLAIM_PROBE);
      return is_alive();
    case PISTE_ACTION_SET_STATE:
      keep_state();
      return is_alive();
    case PISTE_ACTION_SESSION:
      return true;
    case PISTE_ACTION_WAIT:
      wake_in(wait_ms);
      break;
    default:
      break;
  }
  settle(action, wait_ms);
  return false;
}

void Page::wake_in(double ms) {
  // Timers are no finer than this; and browsers let those of hidden pages wait.
  constexpr double kGrainMs = 0.05;
  const double late_ms = visible_ ? kGrainMs : world_.random.between(kGrainMs, 1000);
  const double at_ms = world_.timeline.now_ms() + ms + late_ms;
  // One that fires too early does no harm.
  if (at_ms >= wakes_at_ms_) return;
  wakes_at_ms_ = at_ms;
  const uint64_t timer = ++timer_;
  post(ms + late_ms, [this, timer] {
    if (timer == timer_) wake();
  });
}

void Page::wake() {
  wakes_at_ms_ = kNever;
  if (world_.scenario.setup.ping_every_ms > 0) {
    const piste_moment now = moment();
    (void)piste_set_activity(tracker_, now.mono_ms - world_.random.between(0, 20000), 0, 1, 0, 1, &now);
    settled_ = false;
    highest_priority_ = std::max(highest_priority_, 0);
  }
  pump();
}

EventFacts& Page::own_event(const std::string& row, double id) {
  const uint64_t event = read_event(row);
  EventFacts* facts = world_.history.find(event);
  if (facts == nullptr) {
    facts = &world_.history.add(event);
    facts->born_in = facts->owner = number_;
    facts->taken_ms = world_.timeline.now_ms();
    facts->priority = row.size() > 3 ? row[3] - '0' : 1;
    account_.see_own();
    world_.findings.count("events");
  }
  facts->row_ms = read_row_time(row);
  if (facts->owner != number_) {
    world_.violation("one owner", number_, "event %llu is none of this page's", printed(event));
  }
  const auto [at, is_new] = events_.try_emplace(id, event);
  if (!is_new && at->second != event) {
    world_.violation("ids", number_, "id %.0f means event %llu and event %llu", id, printed(at->second),
                     printed(event));
  }
  return *facts;
}

void Page::store() {
  const double id = number(PISTE_FIELD_ID);
  const bool lasting = number(PISTE_FIELD_LASTING) == 1;
  const std::string row = text(PISTE_FIELD_ROW);
  EventFacts& facts = own_event(row, id);
  facts.anonymous = row.size() > 2 && row[2] == 'a';
  judge_storing_by_consent(facts);
  unstored_.erase(facts.number);
  world_.tell(number_, "stores event %llu, id %.0f%s", printed(facts.number), id, lasting ? ", lasting" : "");
  keeper_.put(id, row, facts.number, lasting);
}

void Page::report_stored(double id, bool stored) {
  // A host can die between doing and reporting.
  if (!is_alive() || dies_here()) return;
  const piste_moment now = moment();
  (void)piste_done(tracker_, id, stored ? PISTE_OUTCOME_OK : PISTE_OUTCOME_FAILED, 0, &now);
}

void Page::erase() {
  const double id = number(PISTE_FIELD_ID);
  const auto why = static_cast<int32_t>(number(PISTE_FIELD_WHY));
  EventFacts& facts = own_event(text(PISTE_FIELD_ROW), id);
  world_.tell(number_, "erases event %llu, id %.0f, because %d, status %.0f", printed(facts.number), id, why,
              number(PISTE_FIELD_OUTCOME));
  judge_end(facts, why, id);
  const auto outcome = static_cast<int32_t>(number(PISTE_FIELD_OUTCOME));
  if (outcome != (facts.verdict == Verdict::none ? 0 : facts.outcome)) {
    world_.violation("ends", number_, "event %llu ends by status %d, not %d", printed(facts.number), outcome,
                     facts.outcome);
  }
  facts.owner = 0;
  facts.ended = true;
  facts.reason = why == PISTE_OK ? "delivered" : why == PISTE_REJECTED ? "rejected" : reason_of(why).data();
  world_.findings.count(facts.reason);
  facts.verdict = Verdict::none;
  unstored_.erase(facts.number);
  unseen_.erase(facts.number);
  events_.erase(id);
  keeper_.erase(id);
}

void Page::judge_end(EventFacts& facts, int32_t why, double id) {
  const unsigned long long event = printed(facts.number);
  const bool delivered = facts.verdict == Verdict::delivered;
  if ((why == PISTE_OK) != delivered) {
    world_.violation("ends", number_, "event %llu ends with %d, but was %sdelivered", event, why,
                     delivered ? "" : "not ");
  }
  if ((why == PISTE_REJECTED) != (facts.verdict == Verdict::rejected)) {
    world_.violation("ends", number_, "event %llu ends with %d, but its refusal was not final", event, why);
  }
  if ((why == PISTE_DENIED) != (facts.verdict == Verdict::denied)) {
    world_.violation("ends", number_, "event %llu ends with %d, but was %sdenied", event, why,
                     why == PISTE_DENIED ? "not " : "");
  }
  if (why != PISTE_EVICTED) return;
  account_.evict();
  if (facts.priority >= highest_priority_) {
    world_.violation("eviction", number_, "event %llu of priority %d made room for none above it", event,
                     facts.priority);
  }
  for (const auto& [request, flight] : flights_) {
    const bool carried = std::count(flight->events.begin(), flight->events.end(), facts.number) > 0;
    if (carried && facts.owned_since <= flight->sent_at) {
      world_.violation("eviction", number_, "event %llu, id %.0f, made room while it was under way", event, id);
    }
  }
}

size_t Page::keepalive_bytes() const {
  size_t bytes = 0;
  for (const auto& [id, flight] : flights_) bytes += flight->keepalive ? flight->bytes : 0;
  return bytes;
}

bool Page::carries_stored(const Flight& flight) const {
  if (ledger_.failures == 0) return true;  // of no interest then
  const std::set<uint64_t> carried(flight.events.begin(), flight.events.end());
  return std::any_of(events_.begin(), events_.end(),
                     [&](const auto& one) { return carried.count(one.second) > 0 && keeper_.is_confirmed(one.first); });
}

void Page::judge_order(const Flight& flight) const {
  const auto facts_of = [&](uint64_t event) { return world_.history.find(event); };
  if (leaving_now_) {
    const auto is_worth_less = [&](uint64_t a, uint64_t b) { return facts_of(a)->priority < facts_of(b)->priority; };
    if (std::adjacent_find(flight.events.begin(), flight.events.end(), is_worth_less) != flight.events.end()) {
      world_.violation("order", number_, "the last request does not begin with what is worth most");
    }
    return;
  }
  // Clocks that jump make times of different pages no order.
  if (world_.scenario.troubles.clock_jump > 0 || !visible_ || flight.events.empty()) return;
  const double sent_ms = facts_of(flight.events.front())->row_ms;
  for (const auto& [id, event] : events_) {
    const EventFacts& facts = *facts_of(event);
    if (facts.verdict != Verdict::none || facts.row_ms >= sent_ms) continue;
    if (facts.was_held || is_frozen_by_consent(facts)) continue;
    const auto carries = [&](const auto& one) {
      return std::count(one.second->events.begin(), one.second->events.end(), event) > 0;
    };
    if (std::any_of(flights_.begin(), flights_.end(), carries)) continue;
    world_.violation("order", number_, "event %llu is older than event %llu, which is sent", printed(event),
                     printed(flight.events.front()));
  }
}

void Page::send() {
  const std::string body = text(PISTE_FIELD_BODY);
  const std::string url = text(PISTE_FIELD_URL);
  auto flight = std::make_shared<Flight>();
  flight->page = number_;
  flight->life = life_;
  flight->id = number(PISTE_FIELD_ID);
  flight->bytes = body.empty() ? url.size() : body.size();
  flight->keepalive = number(PISTE_FIELD_KEEPALIVE) == 1;
  flight->anonymous = number(PISTE_FIELD_ANONYMOUS) == 1;
  flight->timeout_ms = number(PISTE_FIELD_TIMEOUT_MS);
  flight->events = read_events(body, url);
  flight->sent_at = world_.timeline.step_count();
  world_.tell(number_, "sends request %.0f: %zu events from %llu, %zu bytes%s", flight->id, flight->events.size(),
              flight->events.empty() ? 0 : printed(flight->events.front()), flight->bytes,
              flight->keepalive ? ", keepalive" : "");
  rules_.judge(flight, body.empty() ? url : body, ledger_.failures, carries_stored(*flight));
  judge_sending_by_consent(*flight, body.empty() ? url : body);
  judge_order(*flight);
  ++sent_count_;
  flights_[flight->id] = flight;
  world_.network.send(*this, flight);
}

void Page::answer(const std::shared_ptr<Flight>& flight, const Answer& answer) {
  if (flight->told) return;
  flight->told = true;
  flight->outcome = answer.outcome;
  flights_.erase(flight->id);
  world_.tell(number_, "request %.0f is answered: %d", flight->id, answer.outcome);
  if (answer.wants_rest) world_.tell(number_, "... with Retry-After, %.0f ms", answer.retry_after_ms(world_.wall_ms()));
  double mine = 0;
  const bool delivered = answer.outcome >= 200 && answer.outcome < 300;
  const bool refused = refusal_at(answer.outcome) < kRefusals.size();
  const bool ends = delivered || (refused && (flight->events.size() == 1 || rules_.has_given_up_dividing()));
  for (const uint64_t event : flight->events) {
    EventFacts* facts = world_.history.find(event);
    // A row that was given up and taken over again is another to the tracker.
    if (!ends || facts == nullptr || facts->owner != number_ || facts->owned_since > flight->sent_at) continue;
    if (facts->verdict == Verdict::denied) continue;
    facts->verdict = delivered ? Verdict::delivered : Verdict::rejected;
    facts->outcome = answer.outcome;
    facts->ended = true;
    facts->reason = delivered ? "delivered" : "rejected";
    ++mine;
  }
  const LedgerReading before = ledger_;
  const piste_moment now = moment();
  const double retry_after_ms = answer.retry_after_ms(now.wall_ms);
  const piste_status status = piste_done(tracker_, flight->id, answer.outcome, retry_after_ms, &now);
  if (status != (refused && ends ? PISTE_REJECTED : PISTE_OK)) {
    world_.violation("calls", number_, "an answer %d of %zu events gives %d", answer.outcome, flight->events.size(),
                     status);
  }
  if (delivered) account_.deliver(mine);
  if (refused && ends) account_.reject(answer.outcome, mine);
  if (delivered) rules_.count_delivery();
  if (refused && ends) rules_.count_refusal();
  settled_ = false;
  read_ledger(false);
  rules_.note_answer(retry_after_ms, before, ledger_);
  pump();
}

void Page::ask_for_probe(bool asks) {
  world_.tell(number_, "%s the probe", asks ? "asks for" : "gives up");
  if (!asks) {
    has_probe_ = false;
    world_.change_probe([&](ProbeLock& lock) { lock.leave(number_); });
    return;
  }
  if (world_.fault == HostFault::probes_without_right) {
    has_probe_ = true;
    const piste_moment now = moment();
    (void)piste_signal(tracker_, PISTE_SIGNAL_PROBE_GRANTED, &now);
    return;
  }
  world_.change_probe([&](ProbeLock& lock) {
    if (visible_) {
      lock.steal(number_);
    } else {
      lock.ask(number_);
    }
  });
}

void Page::follow_probe_lock() {
  if (!is_alive() || frozen_) return;
  const bool holds = world_.probe_lock.holder() == number_;
  if (holds == has_probe_ || world_.fault == HostFault::probes_without_right) return;
  has_probe_ = holds;
  signal(holds ? PISTE_SIGNAL_PROBE_GRANTED : PISTE_SIGNAL_PROBE_LOST);
}

}  // namespace simulation
