// The world's parts, deaths, and what pages share.
#include "world.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace simulation {

namespace {

/// How long after it was tracked a row must be lasting: a second, and a moment.
constexpr double kLastingAfterMs = 1500;
/// How long after its death others must have made lasting what a page had.
constexpr double kTakingOverMs = 500;

}  // namespace

World::World(uint64_t seed, HostFault host_fault, const Trace& told_to, Findings& found)
    : random(seed),
      fault(host_fault),
      trace(told_to),
      findings(found),
      scenario(Scenario::of(random)),
      page_storage(scenario.page_storage, random),
      lasting_storage(scenario.lasting_storage, random, timeline),
      collector(random),
      network(*this) {
  consent = scenario.consent;
  collector.set_most_bytes(scenario.most_request_bytes);
  if (trace.on()) tell(0, "%s", scenario.text().c_str());
}

World::~World() = default;

void World::violation(const char* rule, uint32_t page, const char* form, ...) {
  char text[400];
  va_list arguments;
  va_start(arguments, form);
  std::vsnprintf(text, sizeof text, form, arguments);
  va_end(arguments);
  trace.line(timeline.now_ms(), page, "VIOLATION of \"%s\": %s", rule, text);
  findings.violations.push_back({rule, timeline.now_ms(), "page " + std::to_string(page) + ": " + text});
}

void World::tell(uint32_t page, const char* form, ...) const {
  if (!trace.on()) return;
  char text[800];
  va_list arguments;
  va_start(arguments, form);
  std::vsnprintf(text, sizeof text, form, arguments);
  va_end(arguments);
  trace.line(timeline.now_ms(), page, "%s", text);
}

Page& World::open_page(bool visible) {
  pages_.push_back(std::make_unique<Page>(*this, static_cast<uint32_t>(pages_.size() + 1), visible));
  Page& page = *pages_.back();
  page.open();
  return page;
}

std::vector<Page*> World::living() {
  std::vector<Page*> living;
  for (const auto& page : pages_) {
    if (page->is_alive()) living.push_back(page.get());
  }
  return living;
}

bool World::is_current(uint32_t page, uint32_t life) {
  const Page& one = *pages_[page - 1];
  return one.is_alive() && one.life() == life;
}

void World::crash(Page& page) {
  if (random.happens(0.15)) {
    kill_browser();
  } else {
    page.die("is killed in between");
    findings.count("crashes");
  }
}

void World::kill_browser() {
  tell(0, "the browser is killed");
  findings.count("crashes");
  const bool must_last = keeps_all_lasting();
  for (Page* page : living()) {
    page->die("dies with its browser");
    network.abandon(page->number(), true);
  }
  std::vector<uint64_t> vanished;
  page_storage.forget(timeline.now_ms(), [&](uint64_t event) { vanished.push_back(event); });
  const auto stored = stored_events();
  for (const uint64_t event : vanished) {
    EventFacts* facts = history.find(event);
    if (facts == nullptr || stored.count(event) > 0) continue;
    const bool is_old = facts->taken_ms < timeline.now_ms() - kLastingAfterMs;
    if (must_last && is_old && !facts->ended && !facts->taken_away) {
      violation("lasting", 0, "event %llu was only where a killed browser forgets it",
                static_cast<unsigned long long>(event));
    }
    facts->explanation = "forgotten by a killed browser";
  }
}

bool World::keeps_all_lasting() {
  const LastingStorageTraits& lasting = scenario.lasting_storage;
  if (lasting.denied || lasting.quota_bytes > 0 || lasting.failing_ratio > 0 || lasting.slow_ratio > 0) return false;
  if (!scenario.setup.locks || scenario.setup.lease_ms > 0) return false;
  // Rows that wait for the visitor's answer stay where they are.
  if (consent.asks()) return false;
  const double since_ms = timeline.now_ms() - kTakingOverMs;
  if (!lasting_storage.is_idle_since(since_ms)) return false;
  const std::vector<Page*> pages = living();
  return last_end_ms_ < since_ms && !pages.empty() && std::all_of(pages.begin(), pages.end(), [&](const Page* page) {
           // The timers of a hidden page are slow.
           return page->is_visible() && !page->is_frozen() && !page->is_closed() && page->keeper().is_done() &&
                  page->awake_since_ms() < since_ms;
         });
}

void World::decide(Page& page) {
  if (!consent.asks()) return;
  consent.decide(random);
  tell(page.number(), "the visitor decides: %s", consent.text().c_str());
  findings.count("decisions");
  for (Page* other : living()) {
    if (other != &page) other->post(random.around(40), [other] { other->heed(); });
  }
  if (!page.is_frozen()) return page.heed();
  page.post(0, [&page] { page.heed(); });
}

void World::tell_others(uint32_t page, uint32_t owner) {
  for (Page* other : living()) {
    const uint32_t number = other->number();
    if (number == page || owner_locks.is_waited_for_by(owner, number)) continue;
    other->post(random.around(1), [other, owner] { other->keeper().watch(owner); });
  }
}

void World::release_locks(uint32_t page, bool at_once) {
  last_end_ms_ = timeline.now_ms();
  owner_locks.stop_waiting(page);
  change_probe([&](ProbeLock& lock) { lock.leave(page); });
  const double delay_ms = at_once ? 0 : scenario.setup.lease_ms;
  for (const uint32_t owner : owner_locks.held_by(page)) {
    if (delay_ms == 0) {
      pass_on(owner);
    } else {
      timeline.after(delay_ms, [this, owner] { pass_on(owner); });
    }
  }
}

void World::pass_on(uint32_t owner) {
  const uint32_t next = owner_locks.release(owner);
  if (next == 0) return;
  Page& page = *pages_[next - 1];
  page.post(random.around(1), [&page, owner, life = page.life()] {
    if (page.life() == life) page.keeper().inherit(owner);
  });
}

void World::change_probe(const std::function<void(ProbeLock&)>& change) {
  const uint32_t before = probe_lock.holder();
  change(probe_lock);
  const uint32_t after = probe_lock.holder();
  if (before == after) return;
  if (before != 0) probe_lost_ms_[before] = timeline.now_ms();
  for (const uint32_t number : {before, after}) {
    if (number == 0) continue;
    Page& page = *pages_[number - 1];
    page.post(random.around(1), [&page] { page.follow_probe_lock(); });
  }
}

void World::judge_holder(uint32_t page) {
  if (probe_lock.holder() == page) return;
  // The news of a theft takes a moment.
  constexpr double kNewsMs = 50;
  const auto lost = probe_lost_ms_.find(page);
  if (lost != probe_lost_ms_.end() && timeline.now_ms() - lost->second < kNewsMs) return;
  violation("probe rate", page, "a request, but page %u has the probe", probe_lock.holder());
}

std::unordered_set<uint64_t> World::stored_events() const {
  std::unordered_set<uint64_t> stored;
  for (const auto& [key, row] : page_storage.rows()) stored.insert(row.event);
  for (const auto& [key, row] : lasting_storage.rows()) stored.insert(row.event);
  return stored;
}

void World::orphan(EventFacts& facts, const char* excuse, const std::unordered_set<uint64_t>& stored) {
  facts.owner = 0;
  facts.verdict = Verdict::none;
  if (stored.count(facts.number) > 0) return;
  facts.explanation = excuse != nullptr || !facts.taken_away ? excuse : "deleted by somebody else";
}

void World::note_arrival(const Flight& flight) {
  for (const uint64_t event : flight.events) {
    EventFacts* facts = history.find(event);
    if (facts == nullptr || ++facts->arrival_count == 1) continue;
    findings.count("duplicates");
    if (flight.is_duplicate) findings.count("unexplained_duplicates");
  }
}

}  // namespace simulation
