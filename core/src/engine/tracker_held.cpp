// Events that wait in the core for the visitor's answer: with what they happened in, until they are taken or destroyed.
#include "base/field_reader.h"
#include "base/json_escape.h"
#include "engine/tracker.h"

#ifdef PISTE_FULL_CONSENT

namespace piste {

namespace {

/// What an event that is held keeps of its surroundings, which will be others when it is taken.
constexpr Key kFacts[] = {Key::viewport, Key::document_size, Key::page_referrer, Key::page_url, Key::page_title};
constexpr uint32_t kFactCount = sizeof kFacts / sizeof kFacts[0];

/// What a held event begins with. Behind it: the page view's id and title and kFacts, a field each, and the event.
struct HeldHead {
  Moment moment;
  double draft;  ///< The id of a draft; 0: it is none.
  EventKind kind;
  uint8_t purposes;
  uint8_t unknown;  ///< Those of them that it waits for.
};

HeldHead head_of(Text held) {
  HeldHead head;
  memcpy(&head, held.data, sizeof head);
  return head;
}

}  // namespace

Status Tracker::hold(const Event& event, double draft, const Moment& now) {
  has_draft_ = false;
  PISTE_TRY(begin(event, now));
  const auto unknown = static_cast<uint8_t>(consent_.unknown(event.purposes));
  const HeldHead head{told(now), draft, event.kind, event.purposes, unknown};
  scratch_.clear();
  scratch_.append({reinterpret_cast<const char*>(&head), sizeof head});
  append_field(scratch_, settings_.web_page() ? page_.id(now) : Text());
  // It has one of its own, or needs none.
  const bool is_page_event = event.kind == EventKind::page_view || event.kind == EventKind::page_ping;
  append_field(scratch_, is_page_event && event.fields[field::kTitle].empty() ? page_.title() : Text());
  for (const Key key : kFacts) append_field(scratch_, settings_.text(key));
  append_event(scratch_, event);
  if (!scratch_.ok()) return Status::no_memory;
  const uint32_t size = scratch_.size() + sizeof(uint32_t);
  if (size > kMaxHeldBytes - held_.size()) return Status::queue_full;
  // All of it or nothing.
  if (held_.reserve(size) == nullptr) return Status::no_memory;
  append_field(held_, scratch_.text());
  return Status::ok;
}

void Tracker::swap_facts(Bytes* facts) {
  for (uint32_t i = 0; i < kFactCount; ++i) settings_.swap_text(kFacts[i], facts[i]);
}

void Tracker::append_mark(Bytes& entities, uint32_t purposes) {
  Text names = held_names_.text();
  for (; (purposes & 1) == 0; purposes >>= 1) (void)take_until(names, '\n');
  if (entities.size() > 0) entities.push(',');
  entities.append(R"({"schema":"iglu:piste/held/jsonschema/1-0-0","data":{"purpose":")");
  append_json_escaped(entities, take_until(names, '\n'));
  entities.append(R"("}})");
}

Status Tracker::revive(Text held, RowHead& head) {
  const HeldHead then = head_of(held);
  FieldReader reader(held.part(sizeof then, held.size - sizeof then));
  Page page;
  bool is_whole = page.give_id(reader.next());
  is_whole = page.set_custom_title(reader.next()) && is_whole;
  Bytes facts[kFactCount];
  for (Bytes& fact : facts) {
    fact.assign(reader.next());
    is_whole = fact.ok() && is_whole;
  }
  if (!is_whole) return Status::no_memory;
  Event event;
  (void)read_event(then.kind, reader.rest(), event);
  Bytes entities;
  if (!held_names_.text().empty()) {
    entities.assign(event.entities);
    append_mark(entities, then.unknown);
    if (!entities.ok()) return Status::no_memory;
    event.entities = entities.text();
  }
  const bool is_draft = then.draft != 0;
  swap_facts(facts);
  const Status status =
      build_row(event, !is_draft && settings_.use_get(), !is_draft && settings_.base64(), page, then.moment, head);
  swap_facts(facts);
  return status;
}

void Tracker::release_held() {
  // A draft may be in the host's hands.
  const bool has_draft = has_draft_;
  Bytes draft;
  draft.swap(row_);
  // What stays moves up: that needs no memory.
  char* const first = held_.reserve(0) - held_.size();
  uint32_t kept = 0;
  for (FieldReader reader(held_.text()); !reader.at_end();) {
    const Text held = reader.next();
    const HeldHead head = head_of(held);
    const bool is_draft = head.draft != 0;
    const Treatment treatment = consent_.treatment(head.purposes);
    const bool is_denied = consent_.denies(head.purposes) || treatment == Treatment::refuse;
    Status status = is_denied || settings_.opted_out() ? Status::denied : Status::ok;
    if (status == Status::ok && (is_draft || treatment == Treatment::hold)) {
      memmove(first + kept, held.data - sizeof(uint32_t), held.size + sizeof(uint32_t));
      kept += held.size + static_cast<uint32_t>(sizeof(uint32_t));
      continue;
    }
    RowHead row;
    if (status == Status::ok) status = revive(held, row);
    if (status == Status::ok) status = take(row_.text(), row, head.moment);
    // Drafts were not counted yet.
    if (status != Status::ok && is_draft) ledger_.accept();
    if (status != Status::ok) ledger_.drop(status);
  }
  draft.swap(row_);
  has_draft_ = has_draft;
  held_.shorten(kept);
  if (kept > 0) return;
  Bytes empty;
  held_.swap(empty);
}

bool Tracker::prepare_draft() {
  FieldReader reader(held_.text());
  while (!reader.at_end()) {
    char* const place = held_.reserve(0) - reader.rest().size;
    const Text held = reader.next();
    const HeldHead head = head_of(held);
    // All others that are still there are drafts.
    if (consent_.treatment(head.purposes) == Treatment::hold) continue;
    const Status status = revive(held, draft_head_);
    // What comes after it moves up.
    const uint32_t left = reader.rest().size;
    memmove(place, reader.rest().data, left);
    held_.shorten(held_.size() - held.size - static_cast<uint32_t>(sizeof(uint32_t)));
    reader = FieldReader({place, left});
    has_draft_ = status == Status::ok;
    if (!has_draft_) {
      (void)count(status);
      continue;
    }
    action_.kind = ActionKind::draft;
    action_.set(Number::id, head.draft);
    return true;
  }
  return false;
}

}  // namespace piste

#endif  // PISTE_FULL_CONSENT
