// What a page knows of the visitor's consent: it tells its tracker, and judges what that does then.
#include <algorithm>

#include "model/limits.h"
#include "page.h"
#include "world.h"

namespace simulation {

namespace {

unsigned long long printed(uint64_t number) { return number; }

}  // namespace

void Page::tell_identity() {
  if (!told_.asks()) return;
  set(PISTE_KEY_IDENTITY_STATE, world_.identity.kept[0]);
  set(PISTE_KEY_SESSION_STATE, world_.identity.kept[1]);
}

void Page::begin_consent() {
  if (!world_.consent.asks()) return;
  const bool is_late = !world_.calm && world_.random.happens(0.2);
  told_ = is_late ? world_.consent.undecided() : world_.consent;
  world_.tell(number_, "is told of consent %s", told_.text().c_str());
  set(PISTE_KEY_CONSENT, told_.text());
  set(PISTE_KEY_IDENTITY, "1");
  tell_identity();
  if (is_late) post(world_.random.around(300), [this] { heed(); });
}

bool Page::is_frozen_by_consent(const EventFacts& facts) const {
  return !facts.is_impersonal && !told_.grants(facts.purposes);
}

uint32_t Page::purposes_of(const EventFacts& facts) const {
  uint32_t purposes = 1U << facts.purpose;
  // It carries no entities with purposes of their own.
  if (facts.is_impersonal) return purposes;
  if (facts.entity_purpose >= 0 && told_.grants(1U << facts.entity_purpose)) purposes |= 1U << facts.entity_purpose;
  // The collector may know the visitor by it.
  if (told_.grants(ConsentStates::kAnalytics)) purposes |= ConsentStates::kAnalytics;
  return purposes;
}

void Page::take_by_consent(EventFacts& facts, size_t bytes) {
  switch (told_.fate_of(1U << facts.purpose)) {
    case Fate::goes:
      facts.purposes = purposes_of(facts);
      unstored_.insert(facts.number);
      return;
    case Fate::is_held:
      facts.is_held = true;
      held_bytes_ += bytes;
      break;
    case Fate::is_anonymised:
      facts.is_impersonal = facts.anonymous = true;
      facts.purposes = purposes_of(facts);
      break;
    case Fate::is_refused:
      world_.violation("consent", number_, "event %llu is taken, but its purpose is refused", printed(facts.number));
  }
  unseen_.insert(facts.number);
}

void Page::check_refusal(const EventFacts& facts, int32_t status, size_t bytes) {
  const Fate fate = told_.fate_of(1U << facts.purpose);
  if (status == PISTE_DENIED && fate != Fate::is_refused) {
    world_.violation("consent", number_, "event %llu is denied, but its purpose is not", printed(facts.number));
  }
  if (status == PISTE_QUEUE_FULL && fate == Fate::is_held && held_bytes_ + bytes < piste::kMaxHeldBytes) {
    world_.violation("room", number_, "%zu bytes are held, but there is no room for event %llu", held_bytes_,
                     printed(facts.number));
  }
}

std::set<uint64_t> Page::all_events() const {
  std::set<uint64_t> all = unstored_;
  all.insert(unseen_.begin(), unseen_.end());
  for (const auto& [id, event] : events_) all.insert(event);
  return all;
}

void Page::deny(EventFacts& facts) {
  account_.deny();
  facts.outcome = 0;
  if (!facts.is_held) {
    facts.verdict = Verdict::denied;
    return;
  }
  // What has no row yet is not told.
  facts.is_held = false;
  facts.owner = 0;
  facts.ended = true;
  facts.reason = "denied";
  world_.findings.count("denied: held");
  unseen_.erase(facts.number);
}

void Page::release(EventFacts& facts) {
  facts.is_held = false;
  facts.was_held = true;
  facts.purposes = purposes_of(facts);
  unseen_.erase(facts.number);
  unstored_.insert(facts.number);
  highest_priority_ = std::max(highest_priority_, facts.priority);
  world_.findings.count("held events released");
}

void Page::follow_decision(EventFacts& facts) {
  if (facts.owner != number_ || facts.verdict != Verdict::none) return;
  const uint32_t own = 1U << facts.purpose;
  if (!facts.is_held) {
    const bool is_denied =
        facts.is_impersonal ? told_.fate_of(facts.purposes) == Fate::is_refused : told_.denies(facts.purposes);
    if (is_denied) deny(facts);
  } else if (told_.denies(own)) {
    deny(facts);
  } else if (told_.grants(own)) {
    release(facts);
  }
}

void Page::heed() {
  if (!is_alive() || !world_.consent.asks()) return;
  // What has made room has ended for that reason.
  if (account_.has_untold(ledger_)) pump();
  if (!is_alive()) return;
  const ConsentStates before = told_;
  told_ = world_.consent;
  world_.tell(number_, "is told of consent %s", told_.text().c_str());
  for (const uint64_t event : all_events()) {
    if (EventFacts* facts = world_.history.find(event)) follow_decision(*facts);
  }
  const auto is_held = [&](uint64_t event) { return world_.history.find(event)->is_held; };
  if (std::none_of(unseen_.begin(), unseen_.end(), is_held)) held_bytes_ = 0;
  for (const auto& [id, event] : events_) {
    const EventFacts& facts = *world_.history.find(event);
    if (!before.grants(facts.purposes) && told_.grants(facts.purposes)) keeper_.thaw(id);
  }
  set(PISTE_KEY_CONSENT, told_.text());
  count_refused_at_release();
  settled_ = false;
  read_ledger(false);
  pump_soon();
}

void Page::count_refused_at_release() {
  LedgerReading after;
  (void)after.read(text(PISTE_FIELD_STATS));
  const size_t full = reason_at("queue_full");
  const double refused = after.dropped[full] - ledger_.dropped[full];
  refused_at_release_ += refused;
  account_.refuse(refused);
}

void Page::find_refused_at_release() {
  // Which ones there was no room for shows when the others were seen.
  for (auto at = unstored_.begin(); at != unstored_.end() && refused_at_release_ > 0;) {
    EventFacts& facts = *world_.history.find(*at);
    if (!facts.was_held || is_frozen_by_consent(facts)) {
      ++at;
      continue;
    }
    --refused_at_release_;
    facts.owner = 0;
    facts.ended = true;
    facts.reason = "queue_full";
    world_.findings.count(facts.reason);
    at = unstored_.erase(at);
  }
}

size_t Page::check_consent() {
  find_refused_at_release();
  size_t frozen = 0;
  for (const uint64_t event : all_events()) {
    const EventFacts& facts = *world_.history.find(event);
    if (unstored_.count(event) > 0 && is_frozen_by_consent(facts)) ++frozen;
    if (facts.verdict != Verdict::denied) continue;
    world_.violation("consent", number_, "event %llu is still there after the denial", printed(event));
  }
  return frozen;
}

void Page::judge_storing_by_consent(const EventFacts& facts) {
  const bool may = !facts.is_held && !facts.is_impersonal && !is_frozen_by_consent(facts);
  if (may && facts.verdict != Verdict::denied) return;
  world_.violation("consent", number_, "event %llu is stored without consent", printed(facts.number));
}

void Page::judge_sending_by_consent(const Flight& flight, const std::string& text) {
  if (!told_.asks()) return;
  for (const uint64_t event : flight.events) {
    const EventFacts* facts = world_.history.find(event);
    if (facts == nullptr) continue;
    const bool is_refused = facts->is_impersonal && told_.fate_of(facts->purposes) == Fate::is_refused;
    if (facts->is_held || is_frozen_by_consent(*facts) || is_refused || facts->verdict == Verdict::denied) {
      world_.violation("consent", number_, "event %llu is sent without consent", printed(event));
    }
  }
  if (told_.grants(ConsentStates::kAnalytics)) return;
  for (const char* mark : {R"("duid":)", R"("sid":)", "&duid=", "&sid="}) {
    if (text.find(mark) != std::string::npos) world_.violation("consent", number_, "ids are sent without consent");
  }
  if (!flight.anonymous) world_.violation("consent", number_, "a request shows the visitor without consent");
}

void Page::keep_state() {
  const auto which = static_cast<size_t>(number(PISTE_FIELD_STATE));
  const bool keeps = number(PISTE_FIELD_STATE_MAX_AGE_S) >= 0;
  world_.identity.kept[which] = keeps ? text(PISTE_FIELD_STATE_VALUE) : "";
  world_.tell(number_, "%s state %zu", keeps ? "keeps" : "forgets", which);
  if (keeps && !told_.grants(ConsentStates::kAnalytics)) {
    world_.violation("consent", number_, "ids are kept without consent");
  }
}

}  // namespace simulation
