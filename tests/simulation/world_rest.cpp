// How a world runs and ends: the troubles stop, the pages end, a last one takes over, and every event is accounted for.
#include <algorithm>

#include "core_heap.h"
#include "happenings.h"
#include "world.h"

namespace simulation {

namespace {

constexpr uint64_t kMostSteps = 400000;
/// The longest Retry-After that is obeyed is a day.
constexpr double kMostRestMs = 26.0 * 3600000;

}  // namespace

bool World::step() {
  if (timeline.step_count() < kMostSteps) return !findings.enough() && timeline.step();
  violation("rest", 0, "the world never comes to rest");
  return false;
}

void World::run() {
  Happenings happenings(*this);
  happenings.begin();
  while (!happenings.is_over() && step()) {}
  calm_down();
  if (scenario.setup.ping_every_ms == 0 && random.happens(0.5)) let_pages_finish();
  end_pages();
  Page& last = open_page(true);
  const double most_ms = timeline.now_ms() + kMostRestMs;
  while (!last.is_quiet() && timeline.now_ms() < most_ms && step()) {}
  if (findings.enough()) return;
  if (!last.is_quiet()) {
    violation("rest", last.number(), "%.0f events are still pending at the end", last.account().pending());
  }
  while (step()) {}
  judge_the_end();
  last.die("ends");
  if (core_heap_bytes() > 0) violation("caps", 0, "%zu bytes are never freed", core_heap_bytes());
}

void World::calm_down() {
  tell(0, "the troubles are over");
  calm = true;
  collector.become(Condition::up);
  page_storage.heal();
  lasting_storage.heal();
  set_online(true);
  consent.settle(random);
  for (Page* page : living()) page->post(random.around(1), [page] { page->heed(); });
}

void World::let_pages_finish() {
  tell(0, "all pages may finish");
  for (Page* page : living()) {
    if (page->is_cached()) {
      page->come_back();
    } else {
      page->show();
    }
    page->signal(PISTE_SIGNAL_ONLINE);
  }
  const auto is_quiet = [](const Page* page) { return page->is_quiet(); };
  const double most_ms = timeline.now_ms() + kMostRestMs;
  std::vector<Page*> left = living();
  while (!std::all_of(left.begin(), left.end(), is_quiet) && timeline.now_ms() < most_ms && step()) {}
  if (findings.enough()) return;
  for (const Page* page : left) {
    if (page->is_quiet()) continue;
    violation("rest", page->number(), "%.0f events are pending although nothing stands in the way",
              page->account().pending());
  }
}

void World::end_pages() {
  for (Page* page : living()) {
    if (random.happens(0.5)) {
      page->put_away(false);
    } else {
      page->die("is killed");
    }
    if (page->is_alive()) page->die("is discarded");
  }
  // What has no Web Locks waits until the leases are over.
  const double over_ms = timeline.now_ms() + scenario.setup.lease_ms + 1;
  timeline.after(scenario.setup.lease_ms + 1, [] {});
  while (timeline.now_ms() < over_ms && step()) {}
}

void World::judge_the_end() {
  for (const auto& [number, facts] : history.all()) judge_event(facts);
  const bool has_identity = !identity.kept[0].empty() || !identity.kept[1].empty();
  if (consent.denies(ConsentStates::kAnalytics) && has_identity) {
    violation("consent", 0, "something of the visitor is left after the denial");
  }
}

void World::judge_event(const EventFacts& facts) {
  const auto number = static_cast<unsigned long long>(facts.number);
  if (facts.owner != 0) violation("lost", facts.owner, "event %llu has never ended", number);
  if (facts.arrival_count > 0) return;
  if (facts.ended) {
    const bool delivered = std::string_view(facts.reason) == "delivered";
    if (delivered) violation("lost", facts.born_in, "event %llu counts as delivered, but never arrived", number);
    return;
  }
  if (facts.explanation != nullptr) {
    findings.count((std::string("gone: ") + facts.explanation).c_str());
    return;
  }
  findings.count("lost");
  violation("lost", facts.born_in, "event %llu was taken at %.0f ms and is nowhere", number, facts.taken_ms);
}

}  // namespace simulation
