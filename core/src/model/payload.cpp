// The order of keys: the event's own, its id, the tracker's, its time, the page's, and last the JSON.
#include "model/payload.h"

#include "base/decimal.h"
#include "base/field_reader.h"
#include "base/json_escape.h"
#include "model/attached.h"
#include "model/bare_url.h"

namespace piste {

namespace {

// The protocol's key of each setting, in the order of Key; a page's referrer and URL come before the rest in page
// events. The other keys are in the order of the fields of their event.
#define PISTE_KEY_OF(key, ...) key,
constexpr char kSettingKeys[][7] = {
#define PISTE_SETTING PISTE_KEY_OF
#include "model/payload_fields.def"
};
constexpr char kStructuredKeys[][7] = {
#define PISTE_STRUCTURED PISTE_KEY_OF
#include "model/payload_fields.def"
};
#ifdef PISTE_LEAN
constexpr char kEventTypes[][3] = {"pv", "se", "ue", "pp"};
#else
constexpr char kEventTypes[][3] = {"pv", "se", "ue", "pp", "tr", "ti", ""};
#endif
#ifdef PISTE_TRANSACTIONS
constexpr char kTransactionKeys[][7] = {
#define PISTE_TRANSACTION PISTE_KEY_OF
#include "model/payload_fields.def"
};
constexpr char kItemKeys[][7] = {
#define PISTE_ITEM PISTE_KEY_OF
#include "model/payload_fields.def"
};
#endif
constexpr char kOffsetKeys[][7] = {
#define PISTE_OFFSET PISTE_KEY_OF
#include "model/payload_fields.def"
};

#ifdef PISTE_FULL_CONSENT
/// What becomes of a setting in an event that must not show its visitor.
enum class Impersonal : uint8_t { stays, goes, is_cut };
constexpr Impersonal kImpersonal[] = {
#define PISTE_SETTING(key, impersonal, ...) Impersonal::impersonal,
#include "model/payload_fields.def"
};
#endif

Text terminated(const char* text) { return {text, static_cast<uint32_t>(strlen(text))}; }

class Assembly {
 public:
  Assembly(Bytes& out, Bytes& scratch, const Event& event, const Surroundings& around)
      : writer_(out, around.query), scratch_(scratch), event_(event), around_(around) {}

  void write();

 private:
  void add_setting(Key key);
  void add_settings(Key first, Key last);
  void add_own_fields();
  template <uint32_t count>
  void add_fields(const char (&keys)[count][7]);
  void add_page_fields();
  void add_time();
  void add_visitor();
  void add_event_json();
  void add_entities();
  void add_guarded_entities();
  void add_attached_entities();
  void begin_wrapper(Text schema);
  /// Nothing stands behind the bracket; or, when memory ran out, nothing at all.
  bool is_array_empty() const { return scratch_.size() == 0 || scratch_.text().back() == '['; }
  /// After another entity of the array: a comma.
  void separate_entity();
  /// Begins one more entity of the array; its data follow.
  void begin_entity(Text schema);
  bool is_page_event() const { return event_.kind == EventKind::page_view || event_.kind == EventKind::page_ping; }

  PayloadWriter writer_;
  Bytes& scratch_;
  const Event& event_;
  const Surroundings& around_;
};

void Assembly::write() {
  writer_.begin();
  writer_.add("e", terminated(kEventTypes[static_cast<uint32_t>(event_.kind)]));
  add_own_fields();
  writer_.add("eid", around_.event_id);
  add_settings(Key::tracker_version, Key::timezone);
  add_time();
  add_settings(Key::viewport, Key::document_size);
  add_visitor();
  if (!is_page_event()) add_settings(Key::page_referrer, Key::page_url);
  add_event_json();
  add_entities();
  writer_.end();
}

void Assembly::add_settings(Key first, Key last) {
  for (auto i = static_cast<uint32_t>(first); i <= static_cast<uint32_t>(last); ++i) add_setting(static_cast<Key>(i));
}

void Assembly::add_setting(Key key) {
  const auto i = static_cast<uint32_t>(key);
  Text value = around_.settings.text(key);
#ifdef PISTE_FULL_CONSENT
  if (around_.is_impersonal && kImpersonal[i] != Impersonal::stays) {
    scratch_.clear();
    if (kImpersonal[i] == Impersonal::is_cut) append_bare_url(scratch_, value);
    value = scratch_.text();
  }
#endif
  writer_.add(terminated(kSettingKeys[i]), value);
}

void Assembly::add_own_fields() {
  if (is_page_event()) add_page_fields();
  if (event_.kind == EventKind::structured) add_fields(kStructuredKeys);
#ifdef PISTE_TRANSACTIONS
  if (event_.kind == EventKind::transaction) add_fields(kTransactionKeys);
  if (event_.kind == EventKind::transaction_item) add_fields(kItemKeys);
#endif
}

template <uint32_t count>
void Assembly::add_fields(const char (&keys)[count][7]) {
  for (uint32_t i = 0; i < count; ++i) writer_.add(terminated(keys[i]), event_.fields[i]);
}

void Assembly::add_page_fields() {
  const Settings& settings = around_.settings;
  const Text own = event_.fields[field::kTitle];
  const Text viewed = own.empty() ? around_.page.title() : own;
  add_setting(Key::page_url);
  writer_.add("page", viewed.empty() ? settings.text(Key::page_title) : viewed);
  add_setting(Key::page_referrer);
  if (event_.kind != EventKind::page_ping) return;
  for (uint32_t i = 0; i < field::kOffsetCount; ++i) {
    const Text offset = event_.fields[field::kFirstOffset + i];
    // An offset of 0 is left out, as the Snowplow browser tracker does.
    if (!(offset == Text("0"))) writer_.add(terminated(kOffsetKeys[i]), offset);
  }
}

void Assembly::add_time() {
  if (!event_.true_ms.empty()) {
    writer_.add("ttm", event_.true_ms);
    return;
  }
  scratch_.clear();
  append_integer(scratch_, around_.now.wall_ms);
  writer_.add("dtm", event_.device_ms.empty() ? scratch_.text() : event_.device_ms);
}

void Assembly::add_visitor() {
  const IdentityView& visitor = around_.visitor;
  if (visitor.identity != nullptr) {
    scratch_.clear();
    append_integer(scratch_, visitor.number(Identity::session_index));
    writer_.add("vid", scratch_.text());
    writer_.add("sid", visitor.id(Identity::session));
  }
  if (!visitor.shows_user) return;
  if (visitor.identity != nullptr) writer_.add("duid", visitor.id(Identity::user));
  add_settings(Key::user_id, Key::user_id);
}

void Assembly::begin_wrapper(Text schema) {
  scratch_.assign(R"({"schema":"iglu:com.snowplowanalytics.snowplow/)");
  scratch_.append(schema);
  scratch_.append(R"(/jsonschema/1-0-0","data":)");
}

void Assembly::add_event_json() {
  if (event_.kind != EventKind::self_describing) return;
  begin_wrapper("unstruct_event");
  scratch_.append(R"({"schema":")");
  append_json_escaped(scratch_, event_.fields[field::kSchema]);
  scratch_.append(R"(","data":)");
  scratch_.append(event_.fields[field::kData]);
  scratch_.append("}}");
  writer_.add_json("ue_pr", "ue_px", around_.base64, scratch_.text());
}

void Assembly::separate_entity() {
  if (!is_array_empty()) scratch_.push(',');
}

void Assembly::begin_entity(Text schema) {
  separate_entity();
  scratch_.append(R"({"schema":"iglu:com.snowplowanalytics.snowplow/)");
  scratch_.append(schema);
  scratch_.append(R"(","data":)");
}

void Assembly::add_guarded_entities() {
#ifdef PISTE_FULL_CONSENT
  if (around_.is_impersonal) return;
  for (FieldReader reader(event_.guarded); !reader.at_end();) {
    const bool is_granted = around_.consent.grants(read_guard(reader.next()));
    Text array = reader.next();
    if (!is_granted || open_array(array) != Status::ok || array.empty()) continue;
    separate_entity();
    scratch_.append(array);
  }
#endif
}

void Assembly::add_attached_entities() {
  Text value = around_.settings.entities();
#ifdef PISTE_FULL_CONSENT
  while (!value.empty()) {
    const AttachedPart part = take_attached(value);
    if (part.entities.empty() || !around_.consent.grants(part.purposes)) continue;
    separate_entity();
    scratch_.append(part.entities);
  }
#else
  if (value.empty()) return;
  separate_entity();
  scratch_.append(value);
#endif
}

void Assembly::add_entities() {
  begin_wrapper("contexts");
  scratch_.push('[');
  scratch_.append(event_.entities);
  add_guarded_entities();
  if (around_.settings.web_page()) {
    begin_entity("web_page/jsonschema/1-0-0");
    scratch_.append(R"({"id":")");
    scratch_.append(around_.page.id(around_.now));
    scratch_.append(R"("}})");
  }
  // They tell of the device and of who uses it.
  if (!around_.is_impersonal) add_attached_entities();
  if (kIsFull && around_.visitor.has_entity && around_.visitor.identity != nullptr) {
    begin_entity("client_session/jsonschema/1-0-2");
    append_client_session(scratch_, around_.visitor);
    scratch_.push('}');
  }
  if (is_array_empty()) return;
  scratch_.append("]}");
  writer_.add_json("co", "cx", around_.base64, scratch_.text());
}

}  // namespace

void append_payload(Bytes& out, Bytes& scratch, const Event& event, const Surroundings& around) {
  Assembly(out, scratch, event, around).write();
}

}  // namespace piste
