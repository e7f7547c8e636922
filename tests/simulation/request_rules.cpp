// The rules of requests, one function for each.
#include "request_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/limits.h"
#include "page.h"
#include "world.h"

namespace simulation {

namespace {

/// The sending time in a body or URL; 0 if there is none.
double sent_ms(const std::string& text) {
  for (const char* mark : {R"("stm":")", "stm="}) {
    const size_t at = text.find(mark);
    if (at != std::string::npos) return std::strtod(text.c_str() + at + std::char_traits<char>::length(mark), nullptr);
  }
  return 0;
}

}  // namespace

void RequestRules::judge(const std::shared_ptr<Flight>& flight, const std::string& text, double failures,
                         bool carries_stored) {
  judge_events(flight);
  judge_size(*flight);
  judge_time(text);
  const bool down = is_down(world_.collector.condition());
  world_.findings.count("requests");
  if (failures == 0) {
    if (down) judge_discovery();
    return;
  }
  if (leaving_ && flight->keepalive && !carries_stored) {
    if (down) world_.findings.count("down: at leaving");
    if (++exits_ > piste::kMaxInFlight) {
      world_.violation("probe rate", page_.number(), "%u requests at one leaving", exits_);
    }
    return;
  }
  if (down) world_.findings.count(hurried_ ? "down: at once" : "down: probes");
  judge_probe();
}

void RequestRules::leave() {
  leaving_ = hid_in_outage_ = true;
  exits_ = 0;
}

bool RequestRules::may_hurry() const { return page_.mono_ms() > obeyed_until_ms_ + 1; }

bool RequestRules::has_given_up_dividing() const { return refusals_ >= piste::kMaxRefusals; }

void RequestRules::judge_events(const std::shared_ptr<Flight>& flight) {
  if (flight->events.empty()) world_.violation("requests", page_.number(), "a request without events");
  for (const uint64_t event : flight->events) judge_event(event, flight);
}

void RequestRules::judge_event(uint64_t event, const std::shared_ptr<Flight>& flight) {
  EventFacts* facts = world_.history.find(event);
  const auto number = static_cast<unsigned long long>(event);
  if (facts == nullptr) return world_.violation("requests", page_.number(), "event %llu is unknown", number);
  if (facts->owner != page_.number()) {
    world_.violation("one owner", page_.number(), "event %llu is sent, but is page %u's", number, facts->owner);
  }
  if (facts->verdict != Verdict::none) {
    world_.violation("sent again", page_.number(), "event %llu is sent after its end", number);
  }
  if (facts->anonymous != flight->anonymous) {
    world_.violation("requests", page_.number(), "event %llu goes with others' anonymity", number);
  }
  std::erase_if(facts->flights, [](const auto& one) { return one->told && !one->is_told_delivered(); });
  for (const auto& before : facts->flights) {
    if (!world_.is_current(before->page, before->life)) continue;
    flight->is_duplicate = true;
    world_.violation("sent again", page_.number(), "event %llu is sent, but request %.0f of page %u %s", number,
                     before->id, before->page, before->told ? "delivered it" : "is under way with it");
  }
  facts->flights.push_back(flight);
}

void RequestRules::judge_size(const Flight& flight) {
  const size_t open = page_.open_request_count();
  if (open >= (leaving_ ? piste::kMaxInFlight : 1)) {
    world_.violation("requests", page_.number(), "%zu requests are under way already", open);
  }
  if (flight.events.size() > 1 && flight.bytes > world_.scenario.setup.batch_bytes) {
    world_.violation("requests", page_.number(), "a batch of %zu bytes", flight.bytes);
  }
  const size_t kept_alive = page_.keepalive_bytes() + page_.keepalive_taken() + flight.bytes;
  if (flight.keepalive && kept_alive > piste::kMaxKeepaliveBytes) {
    world_.violation("requests", page_.number(), "%zu bytes of keepalive requests", kept_alive);
  }
}

void RequestRules::judge_time(const std::string& text) {
  const double ms = sent_ms(text);
  if (ms < last_sent_ms_ || ms == 0) {
    world_.violation("time", page_.number(), "sent at %.0f, after %.0f", ms, last_sent_ms_);
  }
  last_sent_ms_ = ms;
}

void RequestRules::judge_discovery() {
  world_.findings.count("down: discoveries");
  if (outage_ != world_.collector.outage()) {
    outage_ = world_.collector.outage();
    discoveries_ = 0;
    hid_in_outage_ = leaving_;
  }
  const uint32_t most = hid_in_outage_ ? piste::kMaxInFlight : 1;
  if (++discoveries_ > most) {
    world_.violation("probe rate", page_.number(), "%u requests until it knows that the collector is down",
                     discoveries_);
  }
}

void RequestRules::judge_probe() {
  const double now_ms = page_.mono_ms();
  if (!page_.has_probe()) {
    world_.violation("probe rate", page_.number(), "a request without the right to probe");
  }
  if (!hurried_ && now_ms < opens_at_ms_ - 0.5) {
    world_.violation("probe rate", page_.number(), "a request %.0f ms too early", opens_at_ms_ - now_ms);
  }
  if (now_ms < obeyed_until_ms_ - 0.5) {
    world_.violation("Retry-After", page_.number(), "a request %.0f ms too early", obeyed_until_ms_ - now_ms);
  }
  if (page_.open_request_count() > 0) {
    world_.violation("probe rate", page_.number(), "a second probe");
  }
  world_.judge_holder(page_.number());
}

void RequestRules::judge_wait(double failures) {
  double interval_ms = piste::kFirstRetryMs;
  for (double i = 1; i < failures && interval_ms < piste::kLongestRetryMs; ++i) interval_ms *= 2;
  interval_ms = std::min(interval_ms, piste::kLongestRetryMs);
  const double part = std::max(0.0, opens_at_ms_ - page_.mono_ms()) / interval_ms;
  if (!world_.waits.take(part)) {
    world_.violation("jitter", page_.number(), "a wait of %.3f of its interval, like those before", part);
  }
}

void RequestRules::note_answer(double retry_after_ms, const LedgerReading& before, const LedgerReading& after) {
  if (after.failures == 0) {
    // That may be a late answer: then it does not know any more that the collector is down.
    opens_at_ms_ = obeyed_until_ms_ = 0;
    hurried_ = false;
    discoveries_ = exits_ = 0;
    hid_in_outage_ = leaving_;
    return;
  }
  const double now_ms = page_.mono_ms();
  const double wait_ms = retry_after_ms > 0 ? retry_after_ms : 0;  // not for NaN
  obeyed_until_ms_ = std::max(obeyed_until_ms_, now_ms + std::min(wait_ms, piste::kLongestRetryAfterMs));
  if (after.failures <= before.failures) return;
  hurried_ = false;
  opens_at_ms_ = now_ms + after.retry_in_ms;
  // Where the Retry-After is longer, nothing is seen of the random wait.
  if (obeyed_until_ms_ <= now_ms) judge_wait(after.failures);
}

}  // namespace simulation
