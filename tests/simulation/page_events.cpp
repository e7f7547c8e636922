// Events on their way into a tracker: tracked by the site, or taken over from the dead.
#include <algorithm>

#include "model/limits.h"
#include "page.h"
#include "support/event_buffer.h"
#include "world.h"

namespace simulation {

namespace {

constexpr uint32_t kMaxOutboxBytes = piste::kMaxOutboxBytes;

std::string own_buffer_of(const EventPlan& plan, const std::string& filling, const tests::CommonFields& common) {
  switch (plan.kind) {
    case PISTE_EVENT_PAGE_VIEW:
      return tests::event_buffer({filling}, common);
    case PISTE_EVENT_SELF_DESCRIBING:
      return tests::event_buffer({plan.invalid ? "" : "iglu:a/b/jsonschema/1-0-0", R"({"a":")" + filling + "\"}"},
                                 common);
    case PISTE_EVENT_PAGE_PING:
      return tests::event_buffer({"", plan.invalid ? "x" : "1", "2", "3", "4"}, common);
    default:
      return tests::event_buffer({plan.invalid ? "" : "shop", "buy", filling, "", ""}, common);
  }
}

/// What an event is for, and an entity of it.
std::string purposes_buffer_of(const EventPlan& plan) {
  if (plan.purpose < 0 && plan.entity_purpose < 0) return {};
  const std::string purpose = plan.purpose < 0 ? std::string() : std::to_string(plan.purpose);
  if (plan.entity_purpose < 0) return tests::packed({purpose});
  return tests::packed({purpose, std::to_string(plan.entity_purpose), R"([{"schema":"iglu:a/e/jsonschema/1-0-0"}])"});
}

std::string buffer_of(const EventPlan& plan) {
  const std::string filling(plan.bytes, 'x');
  const std::string priority = plan.priority < 0 ? std::string() : std::to_string(plan.priority);
  return own_buffer_of(plan, filling, {"", "", "", priority}) + purposes_buffer_of(plan);
}

}  // namespace

piste_moment Page::moment(uint64_t event) {
  piste_moment now{world_.wall_ms(), mono_ms(), {}};
  const uint64_t number = event == 0 ? world_.new_own_event() : event;
  const uint64_t noise = world_.random.next();
  for (int i = 0; i < 10; ++i) now.entropy[i] = static_cast<uint8_t>(noise >> (i % 8 * 8));
  for (int i = 0; i < 6; ++i) now.entropy[15 - i] = static_cast<uint8_t>(number >> (i * 8));
  return now;
}

void Page::track(const EventPlan& plan) {
  if (!is_alive() || frozen_) return;
  tell_identity();
  const uint64_t event = world_.new_event();
  const std::string buffer = buffer_of(plan);
  const piste_moment now = moment(event);
  const piste_status status = piste_track(tracker_, plan.kind, buffer.data(), buffer.size(), &now);
  const int usual = plan.kind == PISTE_EVENT_PAGE_PING ? 0 : 1;
  const int priority = plan.priority < 0 ? usual : plan.priority;
  world_.findings.count("events");
  world_.tell(number_, "tracks event %llu, %zu bytes, priority %d%s: %d", static_cast<unsigned long long>(event),
              buffer.size(), priority, plan.poisonous ? ", poisonous" : "", status);
  account_.track(status);
  EventFacts& facts = world_.history.add(event);
  facts.born_in = number_;
  facts.taken_ms = world_.timeline.now_ms();
  facts.priority = priority;
  facts.poisonous = plan.poisonous;
  facts.purpose = plan.purpose < 0 ? 1 : static_cast<uint32_t>(plan.purpose);
  facts.entity_purpose = plan.entity_purpose;
  // A ping that is held carries the title of its page view.
  const size_t held_bytes =
      buffer.size() + 1000 + (plan.kind == PISTE_EVENT_PAGE_PING ? world_.scenario.traffic.largest_bytes : 0);
  if (status != PISTE_OK) {
    facts.ended = true;
    facts.reason = reason_of(status).data();
    world_.findings.count(facts.reason);
    // A ping carries the title of its page view, which may be long.
    if (plan.kind != PISTE_EVENT_PAGE_PING) check_room(status, buffer.size());
    check_refusal(facts, status, held_bytes);
  } else {
    facts.owner = number_;
    take_by_consent(facts, held_bytes);
  }
  highest_priority_ = std::max(highest_priority_, priority);
  settled_ = false;
  read_ledger(false);
  pump_soon();
}

void Page::check_room(int32_t status, size_t event_bytes) {
  // What was tracked or ended since the last actions has a size that nobody was told.
  if (status != PISTE_QUEUE_FULL || !settled_ || !unstored_.empty() || !unseen_.empty()) return;
  const size_t row_bytes = 3 * event_bytes + 2000;  // generous: headers, escapes, base64
  if (keeper_.row_bytes() + row_bytes > kMaxOutboxBytes) return;
  world_.violation("room", number_, "no room for %zu bytes, but only %zu bytes are taken", event_bytes,
                   keeper_.row_bytes());
}

void Page::check_age(const std::string& row, int32_t status) {
  if (status != PISTE_OK && status != PISTE_EXPIRED) return;
  const double taken_ms = read_row_time(row);
  // A tracker's clock is never behind the wall clock, nor before what that ever was.
  const bool must = world_.wall_ms() - taken_ms > piste::kMaxAgeMs;
  const bool may = world_.latest_wall_ms() - taken_ms > piste::kMaxAgeMs;
  if (status == PISTE_OK ? must : !may) {
    world_.violation("age", number_, "a row of %.0f is taken over with %d", taken_ms, status);
  }
}

int32_t Page::restore(const std::string& row, uint64_t event, double& id) {
  const piste_moment now = moment();
  const piste_status status = piste_restore(tracker_, row.data(), row.size(), &now);
  id = piste_number(tracker_, PISTE_FIELD_ID);
  world_.tell(number_, "restores event %llu: %d, id %.0f", static_cast<unsigned long long>(event), status, id);
  account_.restore(status);
  settled_ = false;
  read_ledger(false);
  check_age(row, status);
  EventFacts* facts = world_.history.find(event);
  if (facts == nullptr) {
    if (status == PISTE_OK) world_.violation("restoring", number_, "what is no row of ours was taken over");
    return status;
  }
  const bool may = status == PISTE_DENIED ? told_.denies(facts->purposes) : told_.grants(facts->purposes);
  if ((status == PISTE_OK || status == PISTE_DENIED) && !may) {
    world_.violation("consent", number_, "event %llu is taken over with %d", static_cast<unsigned long long>(event),
                     status);
  }
  if (status == PISTE_UNREADABLE_ROW || status == PISTE_EXPIRED || status == PISTE_DENIED) {
    facts->ended = true;
    facts->reason = reason_of(status).data();
    world_.findings.count(facts->reason);
  } else if (status == PISTE_OK) {
    if (facts->owner != 0) {
      world_.violation("one owner", number_, "event %llu is taken over, but page %u has it",
                       static_cast<unsigned long long>(event), facts->owner);
    }
    facts->row_ms = read_row_time(row);
    facts->owner = number_;
    facts->owned_since = world_.timeline.step_count();
    facts->verdict = Verdict::none;
    events_[id] = event;
  }
  return status;
}

}  // namespace simulation
