// Requests and responses, each with its time and its chance to be lost.
#include "network.h"

#include "model/limits.h"
#include "page.h"
#include "world.h"

namespace simulation {

namespace {

constexpr double kLostRatio = 0.25;          // of requests, and of responses, when the way is lossy
constexpr size_t kBrowserKeepalive = 65536;  // Fetch: bytes of all keepalive requests of a page under way

bool carries_poison(World& world, const Flight& flight) {
  for (const uint64_t event : flight.events) {
    const EventFacts* facts = world.history.find(event);
    if (facts != nullptr && facts->poisonous) return true;
  }
  return false;
}

}  // namespace

void Network::answer_later(Page& page, const std::shared_ptr<Flight>& flight, const Answer& answer, double ms) {
  page.post(ms, [&page, flight, answer] { page.answer(flight, answer); });
}

void Network::send(Page& page, const std::shared_ptr<Flight>& flight) {
  Random& random = world_.random;
  const Answer offline{PISTE_OUTCOME_OFFLINE};
  const Condition condition = world_.collector.condition();
  const size_t kept_alive = page.keepalive_bytes() + page.keepalive_taken();
  if (!world_.is_online() || (flight->keepalive && kept_alive > kBrowserKeepalive)) {
    flight->cancelled = true;
    return answer_later(page, flight, offline, 1);
  }
  const double travel_ms = random.around(20);
  if (condition == Condition::refusing) {
    flight->cancelled = true;
    return answer_later(page, flight, offline, travel_ms);
  }
  page.post(flight->timeout_ms, [this, &page, flight] { time_out(page, flight); });
  flight->cancelled = condition == Condition::lossy && random.happens(kLostRatio);
  if (flight->cancelled) return;
  on_the_way_.push_back(flight);
  if (on_the_way_.size() > 64) std::erase_if(on_the_way_, [](const auto& one) { return one.expired(); });
  world_.timeline.after(travel_ms, [this, &page, flight] { arrive(page, flight); });
}

void Network::arrive(Page& page, const std::shared_ptr<Flight>& flight) {
  if (flight->cancelled) return;
  flight->arrived = true;
  const Condition condition = world_.collector.condition();
  bool stored = false;
  const Answer answer = world_.collector.receive(*flight, carries_poison(world_, *flight), world_.wall_ms(), stored);
  world_.tell(0, "request %.0f of page %u arrives, %s: %d", flight->id, flight->page, name_of(condition),
              answer.outcome);
  if (stored) world_.note_arrival(*flight);
  if (condition == Condition::silent || (condition == Condition::lossy && world_.random.happens(kLostRatio))) return;
  const bool slow = condition == Condition::slow;
  answer_later(page, flight, answer, slow ? world_.random.between(50, 9000) : world_.random.around(20));
}

void Network::time_out(Page& page, const std::shared_ptr<Flight>& flight) {
  if (flight->told) return;
  // Aborting stops what has not left yet.
  if (!flight->arrived && world_.random.happens(0.5)) flight->cancelled = true;
  page.answer(flight, {PISTE_OUTCOME_OFFLINE});
}

void Network::abandon(uint32_t page, bool whole_browser) {
  for (const auto& one : on_the_way_) {
    const auto flight = one.lock();
    if (flight == nullptr || flight->page != page || flight->arrived) continue;
    const double lost_ratio = whole_browser ? 0.8 : flight->keepalive ? 0.05 : 0.7;
    if (world_.random.happens(lost_ratio)) flight->cancelled = true;
  }
}

}  // namespace simulation
