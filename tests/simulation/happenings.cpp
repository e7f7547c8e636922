// One happening is drawn by the weights of the scenario.
#include "happenings.h"

#include <iterator>

#include "world.h"

namespace simulation {

namespace {

constexpr double kTrackingWeight = 40;
constexpr double kHourMs = 3600000;
constexpr double kYearMs = 365 * 24 * kHourMs;

/// Takes its share off a number that was drawn; true if that share was hit.
bool takes(double& drawn, double weight) {
  drawn -= weight;
  return drawn < 0 && drawn >= -weight;
}

}  // namespace

void Happenings::begin() {
  most_ = world_.scenario.traffic.happening_count;
  (void)world_.open_page(true);
  next();
  if (world_.scenario.conditions.size() > 1) change_collector();
}

void Happenings::next() {
  world_.timeline.after(world_.random.around(world_.scenario.traffic.gap_ms), [this] {
    if (is_over()) return;
    if (world_.timeline.now_ms() >= still_until_ms_) {
      ++count_;
      happen();
    }
    if (!is_over()) next();
  });
}

void Happenings::change_collector() {
  world_.timeline.after(world_.random.around(world_.scenario.condition_ms), [this] {
    if (is_over()) return;
    const auto& conditions = world_.scenario.conditions;
    const Condition condition = conditions[world_.random.below(static_cast<uint32_t>(conditions.size()))];
    world_.collector.become(condition);
    world_.tell(0, "the collector is %s", name_of(condition));
    change_collector();
  });
}

Page* Happenings::any_page() {
  const std::vector<Page*> living = world_.living();
  return living.empty() ? nullptr : living[world_.random.below(static_cast<uint32_t>(living.size()))];
}

void Happenings::happen() {
  Page* page = any_page();
  const size_t living = world_.living().size();
  if (page == nullptr || (living < world_.scenario.most_pages && world_.random.happens(0.15))) {
    (void)world_.open_page(page == nullptr || world_.random.happens(0.8));
    return;
  }
  const Troubles& troubles = world_.scenario.troubles;
  const double changes = troubles.hide + troubles.put_away + troubles.freeze + troubles.kill_page + troubles.close + 2;
  const double others = troubles.kill_browser + troubles.clock_jump + troubles.delete_keys + troubles.foreign_rows +
                        troubles.offline + troubles.die_in_turn + troubles.decide + 0.001;
  double drawn = world_.random.between(0, kTrackingWeight + changes + others);
  if (takes(drawn, kTrackingWeight)) return track(*page);
  if (takes(drawn, changes)) return change_page(*page);
  change_world(*page);
}

void Happenings::track(Page& page) {
  uint32_t count = 1;
  if (world_.random.happens(world_.scenario.traffic.burst_ratio)) count = 2 + world_.random.below(40);
  for (; count > 0 && page.is_alive(); --count) track_one(page);
  // The answer may come before the tracker was asked what to do with them.
  if (world_.consent.asks() && world_.random.happens(0.1)) world_.decide(page);
}

void Happenings::track_one(Page& page) {
  Random& random = world_.random;
  const Traffic& traffic = world_.scenario.traffic;
  constexpr piste_event kKinds[] = {PISTE_EVENT_STRUCTURED, PISTE_EVENT_STRUCTURED, PISTE_EVENT_SELF_DESCRIBING,
                                    PISTE_EVENT_PAGE_VIEW, PISTE_EVENT_PAGE_PING};
  EventPlan plan;
  plan.kind = random.one_of(kKinds);
  plan.priority = static_cast<int>(random.below(6)) - 1;
  if (plan.priority > 2) plan.priority = -1;
  plan.bytes = random.below(60);
  if (random.happens(traffic.large_ratio)) plan.bytes = random.below(traffic.largest_bytes);
  plan.invalid = random.happens(traffic.invalid_ratio);
  if (plan.invalid && random.happens(0.2)) plan.bytes = PISTE_MAX_EVENT_BYTES + random.below(1000);
  plan.poisonous = random.happens(traffic.poison_ratio);
  if (world_.consent.asks()) {
    plan.purpose = static_cast<int>(random.below(ConsentStates::kPurposeCount + 1)) - 1;
    if (random.happens(0.2)) plan.entity_purpose = static_cast<int>(random.below(ConsentStates::kPurposeCount));
  }
  page.track(plan);
}

void Happenings::change_page(Page& page) {
  Random& random = world_.random;
  const Troubles& troubles = world_.scenario.troubles;
  // What was changed changes back, mostly.
  if (page.is_cached()) return random.happens(0.6) ? page.come_back() : page.die("is discarded");
  if (page.is_frozen()) return random.happens(0.8) ? page.thaw() : page.die("is discarded");
  if (!page.is_visible() && random.happens(0.4)) return page.show();
  double drawn =
      random.between(0, troubles.hide + troubles.put_away + troubles.freeze + troubles.kill_page + troubles.close + 2);
  if (takes(drawn, troubles.hide)) return page.hide();
  if (takes(drawn, troubles.put_away)) return page.put_away(random.happens(0.4));
  if (takes(drawn, troubles.freeze)) return page.freeze();
  if (takes(drawn, troubles.kill_page)) return kill(page);
  if (takes(drawn, troubles.close)) return page.signal(PISTE_SIGNAL_CLOSE);
  if (random.happens(0.5)) return page.signal(PISTE_SIGNAL_FLUSH);
  if (random.happens(0.5)) return page.take_keepalive(random.below(80000));
  page.take_keepalive(0);
}

void Happenings::kill(Page& page) {
  world_.findings.count("crashes");
  page.die("is killed");
}

void Happenings::die_in_turn(Page& page) {
  Random& random = world_.random;
  if (world_.living().size() < 2) (void)world_.open_page(true);
  track(page);
  const double page_ms = random.between(0, 1500);
  const double browser_ms = page_ms + random.between(500, random.happens(0.5) ? 2000 : 30000);
  still_until_ms_ = world_.timeline.now_ms() + browser_ms;
  page.post(page_ms, [this, &page] {
    if (!is_over()) kill(page);
  });
  world_.timeline.after(browser_ms, [this] {
    if (!is_over()) world_.kill_browser();
  });
}

void Happenings::change_world(Page& page) {
  const Troubles& troubles = world_.scenario.troubles;
  double drawn =
      world_.random.between(0, troubles.kill_browser + troubles.clock_jump + troubles.delete_keys +
                                   troubles.foreign_rows + troubles.offline + troubles.die_in_turn + troubles.decide);
  if (takes(drawn, troubles.decide)) return world_.decide(page);
  if (takes(drawn, troubles.die_in_turn)) return die_in_turn(page);
  if (takes(drawn, troubles.kill_browser)) return world_.kill_browser();
  if (takes(drawn, troubles.clock_jump)) return jump_clock();
  if (takes(drawn, troubles.delete_keys)) return delete_key();
  if (takes(drawn, troubles.foreign_rows)) return leave_foreign_row();
  if (takes(drawn, troubles.offline)) go_offline();
}

void Happenings::jump_clock() {
  constexpr double kJumps[] = {0, -2000, 5000, -kHourMs, kHourMs, -kYearMs, kYearMs};
  const double by_ms = world_.random.one_of(kJumps) * world_.random.part();
  world_.tell(0, "the clock jumps to %+.0f ms", by_ms);
  world_.set_clock(by_ms);
}

void Happenings::delete_key() {
  const auto& rows = world_.page_storage.rows();
  if (rows.empty()) return;
  const auto at = std::next(rows.begin(), world_.random.below(static_cast<uint32_t>(rows.size())));
  EventFacts* facts = world_.history.find(at->second.event);
  world_.tell(0, "somebody deletes a row of event %llu", static_cast<unsigned long long>(at->second.event));
  world_.page_storage.remove(at->first, world_.timeline.now_ms());
  if (facts == nullptr) return;
  facts->taken_away = true;
  if (facts->owner == 0) world_.orphan(*facts, nullptr, world_.stored_events());
}

void Happenings::leave_foreign_row() {
  constexpr const char* kTexts[] = {"",
                                    "2",
                                    R"(1p-{"e":"pv","eid":"00000000-0000-4000-8000-000000000001"})",
                                    R"(3p-110000000000000{"e":"pv"})",
                                    R"(2p-911700000000000{"e":"pv"})",
                                    R"(2p-111700000000000{"e":"pv)",
                                    "2g-11170000",
                                    "\xff\xfe\x00 not text"};
  const RowKey key{world_.new_owner(), 1 + world_.random.below(5)};
  const auto text = std::make_shared<const std::string>(world_.random.one_of(kTexts));
  world_.tell(0, "a row of another version is left behind");
  (void)world_.page_storage.put(key, {text, 0}, world_.timeline.now_ms());
}

void Happenings::go_offline() {
  if (!world_.is_online()) return;
  world_.tell(0, "the network is gone");
  world_.set_online(false);
  world_.timeline.after(world_.random.around(20 * world_.scenario.traffic.gap_ms), [this] {
    world_.tell(0, "the network is back");
    world_.set_online(true);
    for (Page* page : world_.living()) page->signal(PISTE_SIGNAL_ONLINE);
  });
}

}  // namespace simulation
