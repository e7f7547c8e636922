// Draws scenarios: most parts are harmless in most seeds, so that each trouble is also seen alone.
#include "scenario.h"

#include <cstdio>

namespace simulation {

namespace {

Setup draw_setup(Random& random) {
  Setup setup;
  setup.get = random.happens(0.06);
  setup.base64 = random.happens(0.1);
  setup.anonymous = random.happens(0.15);
  constexpr uint32_t kBatchBytes[] = {1, 700, 3000, 20000, 60000};
  if (random.happens(0.35)) setup.batch_bytes = random.one_of(kBatchBytes);
  if (random.happens(0.2)) setup.batch_wait_ms = 1 + random.below(20000);
  if (random.happens(0.3)) setup.timeout_ms = 50 + random.below(20000);
  if (random.happens(0.08)) setup.ping_every_ms = 1000 + random.below(20000);
  setup.locks = !random.happens(0.03);
  if (random.happens(0.1)) setup.lease_ms = 1000 + random.below(20000);
  return setup;
}

PageStorageTraits draw_page_storage(Random& random) {
  PageStorageTraits traits;
  traits.denied = random.happens(0.08);
  if (random.happens(0.12)) traits.quota_bytes = 1 + random.below(60000);
  if (random.happens(0.12)) traits.failing_ratio = random.between(0.01, 0.5);
  if (random.happens(0.1)) traits.torn_ratio = random.between(0.01, 0.3);
  constexpr double kForgotten[] = {0, 3000, 60000};
  traits.forgotten_ms = random.one_of(kForgotten);
  return traits;
}

LastingStorageTraits draw_lasting_storage(Random& random) {
  LastingStorageTraits traits;
  traits.denied = random.happens(0.1);
  if (random.happens(0.08)) traits.quota_bytes = 1 + random.below(100000);
  if (random.happens(0.12)) traits.failing_ratio = random.between(0.01, 0.5);
  constexpr double kUsual[] = {1, 5, 60};
  traits.usual_ms = random.one_of(kUsual);
  if (random.happens(0.15)) traits.slow_ratio = random.between(0.001, 0.1);
  return traits;
}

Troubles draw_troubles(Random& random) {
  Troubles troubles;
  const auto draw = [&](double ratio, double most) { return random.happens(ratio) ? random.between(0.1, most) : 0.0; };
  troubles.hide = draw(0.6, 20);
  troubles.put_away = draw(0.5, 8);
  troubles.freeze = draw(0.25, 5);
  troubles.kill_page = draw(0.5, 4);
  troubles.kill_browser = draw(0.35, 1.5);
  troubles.die_in_turn = draw(0.4, 6);
  troubles.clock_jump = draw(0.25, 3);
  troubles.delete_keys = draw(0.06, 3);
  troubles.foreign_rows = draw(0.08, 3);
  troubles.close = draw(0.15, 1);
  troubles.offline = draw(0.25, 3);
  if (random.happens(0.3)) troubles.kill_ratio = random.between(0.0002, 0.01);
  return troubles;
}

Traffic draw_traffic(Random& random) {
  Traffic traffic;
  constexpr double kGaps[] = {5, 40, 400, 4000, 60000, 3600000};
  traffic.happening_count = 20 + random.below(random.happens(0.1) ? 400 : 130);
  traffic.gap_ms = random.one_of(kGaps);
  traffic.burst_ratio = random.happens(0.4) ? random.between(0, 0.4) : 0.05;
  traffic.large_ratio = random.happens(0.2) ? random.between(0.05, 0.6) : 0.01;
  if (random.happens(0.3)) traffic.poison_ratio = random.between(0.002, 0.2);
  // Enough to fill an outbox, which is the dear part of a run.
  if (random.happens(0.08)) {
    traffic.largest_bytes = 300000;
    traffic.large_ratio = 0.7;
  }
  return traffic;
}

void draw_conditions(Random& random, Scenario& scenario) {
  constexpr Condition kAll[] = {Condition::slow,   Condition::lossy,       Condition::refusing,
                                Condition::silent, Condition::unavailable, Condition::limiting,
                                Condition::odd,    Condition::forgetful,   Condition::rejecting};
  scenario.conditions.push_back(Condition::up);
  if (random.happens(0.15)) return;
  for (uint32_t left = 1 + random.below(4); left > 0; --left) scenario.conditions.push_back(random.one_of(kAll));
  constexpr double kLengths[] = {0.05, 0.3, 2};
  scenario.condition_ms = scenario.traffic.gap_ms * scenario.traffic.happening_count * random.one_of(kLengths);
  if (random.happens(0.06)) scenario.most_request_bytes = 500 + random.below(20000);
}

}  // namespace

Scenario Scenario::of(Random& random) {
  Scenario scenario;
  scenario.most_pages = random.happens(0.3) ? 1 : 1 + random.below(12);
  scenario.setup = draw_setup(random);
  scenario.page_storage = draw_page_storage(random);
  scenario.lasting_storage = draw_lasting_storage(random);
  scenario.troubles = draw_troubles(random);
  scenario.traffic = draw_traffic(random);
  // Events that come by the clock would make days endless.
  if (scenario.traffic.gap_ms > 4000) scenario.setup.ping_every_ms = 0;
  draw_conditions(random, scenario);
  scenario.consent = ConsentStates::of(random);
  if (scenario.consent.asks()) {
    scenario.troubles.decide = random.between(1, 15);
    // Pings follow the page view's purpose, which the judge does not see.
    scenario.setup.ping_every_ms = 0;
  }
  return scenario;
}

std::string Scenario::text() const {
  char line[600];
  std::snprintf(
      line, sizeof line,
      "%u pages, %u happenings every %.0f ms%s; batches of %u bytes after %u ms%s%s; page storage%s quota %zu "
      "failing %.2f torn %.2f forgets %.0f ms; lasting storage%s quota %zu failing %.2f; killed %.4f",
      most_pages, traffic.happening_count, traffic.gap_ms, traffic.large_ratio > 0.05 ? ", many large" : "",
      setup.batch_bytes, setup.batch_wait_ms, setup.get ? ", GET" : "", setup.locks ? "" : ", no locks",
      page_storage.denied ? " denied," : "", page_storage.quota_bytes, page_storage.failing_ratio,
      page_storage.torn_ratio, page_storage.forgotten_ms, lasting_storage.denied ? " denied," : "",
      lasting_storage.quota_bytes, lasting_storage.failing_ratio, troubles.kill_ratio);
  std::string text = line;
  if (consent.asks()) text += "; consent " + consent.text();
  text += "; collector";
  for (const Condition condition : conditions) text += std::string(" ") + name_of(condition);
  return text;
}

}  // namespace simulation
