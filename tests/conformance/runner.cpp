// Runs the cases of one file through libpiste and prints what happened, one JSON per step; see README.md. Judges
// nothing.
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <string_view>
#include <vector>

#include "case_text.h"
#include "names.h"

namespace conformance {
namespace {

constexpr double kWallStartMs = 1700000000000;
constexpr int kMostActions = 100000;

const std::map<int32_t, std::vector<const char*>>& event_fields() {
  static const std::map<int32_t, std::vector<const char*>> fields = {
      {PISTE_EVENT_PAGE_VIEW, {"title"}},
      {PISTE_EVENT_STRUCTURED, {"category", "action", "label", "property", "value"}},
      {PISTE_EVENT_SELF_DESCRIBING, {"schema", "data"}},
      {PISTE_EVENT_PAGE_PING, {"title", "least_x", "greatest_x", "least_y", "greatest_y"}},
      {PISTE_EVENT_TRANSACTION,
       {"order", "affiliation", "total", "tax", "shipping", "city", "state", "country", "currency"}},
      {PISTE_EVENT_TRANSACTION_ITEM, {"order", "sku", "name", "category", "price", "quantity", "currency"}}};
  return fields;
}

/// A name or a number of the case as the header's value.
template <size_t N>
int32_t value_in(const Name (&names)[N], const Json& value) {
  return value.is_string() ? value_of(names, value.get<std::string>()) : value.get<int32_t>();
}

/// Numbers as JavaScript prints them: whole ones without a point.
Json number(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15 ? Json(static_cast<int64_t>(value)) : Json(value);
}

/// A number of the ledger, as it is told: whole.
int64_t count(double value) { return static_cast<int64_t>(value); }

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& letter : made) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return made;
}

/// One case under way: the trackers, the time, and what a host remembers.
class Run {
 public:
  ~Run() {
    for (const auto& entry : trackers_) piste_destroy(entry.second);
  }
  Run() = default;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Performs a step and writes its answer into `line`.
  void perform(const Json& step, Json& line);

 private:
  using Handler = void (Run::*)(const Json& step, Json& line);

  void set(const Json& step, Json& line);
  void track(const Json& step, Json& line);
  void draft(const Json& step, Json& line);
  void commit(const Json& step, Json& line);
  void guard(const Json& step, Json& line);
  void refuse(const Json& step, Json& line);
  void restore(const Json& step, Json& line);
  void signal(const Json& step, Json& line);
  void set_activity(const Json& step, Json& line);
  void next(const Json& step, Json& line);
  void done(const Json& step, Json& line);
  void stats(const Json& step, Json& line);
  void read(const Json& step, Json& line);
  void restart(const Json& step, Json& line);
  void hash(const Json& step, Json& line);

  piste_tracker* tracker(const Json& step);
  const piste_moment* moment(const Json& step, bool fresh);
  CaseText event_buffer(const Json& step, int32_t kind) const;
  Json action(piste_tracker* tracker, piste_action kind);
  Json text(piste_tracker* tracker, int32_t field);

  std::map<int, piste_tracker*> trackers_;
  Rows rows_;
  piste_moment now_{};
  double at_ms_ = 0;
  uint32_t event_count_ = 0;
};

void Run::perform(const Json& step, Json& line) {
  static const std::pair<const char*, Handler> handlers[] = {
      {"set", &Run::set},         {"track", &Run::track},     {"draft", &Run::draft},
      {"commit", &Run::commit},   {"guard", &Run::guard},     {"refuse", &Run::refuse},
      {"restore", &Run::restore}, {"signal", &Run::signal},   {"set_activity", &Run::set_activity},
      {"next", &Run::next},       {"done", &Run::done},       {"stats", &Run::stats},
      {"read", &Run::read},       {"restart", &Run::restart}, {"hash", &Run::hash}};
  if (step.contains("at")) at_ms_ = step["at"];
  for (const auto& [name, handler] : handlers) {
    if (!step.contains(name)) continue;
    line["call"] = name;
    (this->*handler)(step, line);
    return;
  }
  throw std::runtime_error("a step without a call: " + step.dump());
}

piste_tracker* Run::tracker(const Json& step) {
  const Json which = step.value("tracker", Json(1));
  if (which.is_null()) return nullptr;
  piste_tracker*& tracker = trackers_[which.get<int>()];
  if (tracker == nullptr) tracker = piste_create();
  return tracker;
}

/// The step's moment. `fresh`: the call may make an event, so its entropy is the number of the event.
const piste_moment* Run::moment(const Json& step, bool fresh) {
  if (fresh) ++event_count_;
  now_ = {step.value("wall_ms", kWallStartMs + at_ms_), at_ms_, {}};
  if (step.contains("entropy")) {
    const std::string bytes = from_hex(step["entropy"]);
    for (size_t i = 0; i < bytes.size() && i < sizeof now_.entropy; ++i)
      now_.entropy[i] = static_cast<uint8_t>(bytes[i]);
  } else if (fresh) {
    for (int i = 0; i < 4; ++i) now_.entropy[15 - i] = static_cast<uint8_t>(event_count_ >> (8 * i));
  }
  return step.contains("moment") ? nullptr : &now_;
}

void Run::set(const Json& step, Json& line) {
  piste_status status = PISTE_OK;
  for (const auto& [key, value] : step["set"].items()) {
    const CaseText text = read_text(value, rows_);
    status = piste_set(tracker(step), static_cast<piste_key>(value_of(kKeys, key)), text.data(), text.size());
    if (status != PISTE_OK) break;
  }
  line["status"] = status_name(status);
}

CaseText Run::event_buffer(const Json& step, int32_t kind) const {
  if (step.contains("buffer")) return read_text(step["buffer"], rows_);
  const auto known = event_fields().find(kind);
  std::vector<const char*> members = known == event_fields().end() ? std::vector<const char*>{} : known->second;
  members.insert(members.end(), {"entities", "true_ms", "device_ms", "priority"});
  // What the others do not know is not there for them.
  const bool is_guarded = step.contains("guarded");
  if (step.contains("purpose") || is_guarded) members.push_back("purpose");
  CaseText buffer;
  const auto add = [&](const CaseText& field) {
    for (int i = 0; i < 4; ++i) buffer.bytes.push_back(static_cast<char>(field.bytes.size() >> (8 * i)));
    buffer.bytes += field.bytes;
  };
  for (const char* member : members) add(text_of(step, member, rows_));
  if (!is_guarded) return buffer;
  for (const Json& pair : step["guarded"]) {
    for (const Json& text : pair) add(read_text(text, rows_));
  }
  return buffer;
}

void Run::track(const Json& step, Json& line) {
  const int32_t kind = value_in(kEvents, step["track"]);
  const CaseText buffer = event_buffer(step, kind);
  Json statuses = Json::object();
  std::string last;
  for (int left = step.value("times", 1); left > 0; --left) {
    last = status_name(
        piste_track(tracker(step), static_cast<piste_event>(kind), buffer.data(), buffer.size(), moment(step, true)));
    statuses[last] = statuses.value(last, 0) + 1;
  }
  if (step.contains("times")) {
    line["statuses"] = statuses;
  } else {
    line["status"] = last;
  }
}

/// Makes a draft; the answer has its payload, too.
void Run::draft(const Json& step, Json& line) {
  const int32_t kind = value_in(kEvents, step["draft"]);
  const CaseText buffer = event_buffer(step, kind);
  line["status"] = status_name(
      piste_draft(tracker(step), static_cast<piste_event>(kind), buffer.data(), buffer.size(), moment(step, true)));
  line["payload"] = text(tracker(step), PISTE_FIELD_DRAFT);
}

/// Takes the draft with the payload of the step; without one, with its own.
void Run::commit(const Json& step, Json& line) {
  const bool own = step["commit"] == "DRAFT";
  const CaseText payload = read_text(own ? text(tracker(step), PISTE_FIELD_DRAFT) : step["commit"], rows_);
  line["status"] = status_name(piste_commit(tracker(step), payload.data(), payload.size(), moment(step, false)));
}

/// Asks for an entity of these purposes.
void Run::guard(const Json& step, Json& line) {
  const CaseText purposes = read_text(step["guard"], rows_);
  line["carried"] = piste_guard(tracker(step), purposes.data(), purposes.size());
}

void Run::refuse(const Json& step, Json& line) {
  const auto why = static_cast<piste_status>(value_in(kStatuses, step["refuse"]));
  line["status"] = status_name(piste_refuse(tracker(step), why));
}

void Run::restore(const Json& step, Json& line) {
  const CaseText row = read_text(step["restore"], rows_);
  const piste_status status = piste_restore(tracker(step), row.data(), row.size(), moment(step, false));
  line["status"] = status_name(status);
  if (status == PISTE_OK) line["id"] = number(piste_number(tracker(step), PISTE_FIELD_ID));
}

void Run::signal(const Json& step, Json& line) {
  const auto kind = static_cast<piste_signal_kind>(value_in(kSignals, step["signal"]));
  line["status"] = status_name(piste_signal(tracker(step), kind, moment(step, false)));
}

void Run::set_activity(const Json& step, Json& line) {
  const Json& use = step["set_activity"];
  line["tracked"] = piste_set_activity(tracker(step), use.value("active_ms", 0.0), use.value("least_x", 0.0),
                                       use.value("greatest_x", 0.0), use.value("least_y", 0.0),
                                       use.value("greatest_y", 0.0), moment(step, true));
}

/// Asks until there is nothing to do, as a host does. Rows are reported as stored at once, and the probe is granted at
/// once, unless the step says otherwise; requests stay under way.
void Run::next(const Json& step, Json& line) {
  const Json stored = step.value("stored", Json("OK"));
  const bool grants = step.value("probe", Json("GRANTED")) == "GRANTED";
  const bool commits = step.value("drafts", Json("COMMITTED")) == "COMMITTED";
  piste_tracker* const asked = tracker(step);
  const piste_moment* const now = moment(step, false);
  line["actions"] = Json::array();
  for (int i = 0; i < kMostActions; ++i) {
    const piste_action kind = piste_next(asked, now);
    line["actions"].push_back(action(asked, kind));
    if (kind == PISTE_ACTION_IDLE || kind == PISTE_ACTION_WAIT) return;
    if (kind == PISTE_ACTION_CLAIM_PROBE && grants) (void)piste_signal(asked, PISTE_SIGNAL_PROBE_GRANTED, now);
    if (kind == PISTE_ACTION_DRAFT && commits) {
      const Json draft = text(asked, PISTE_FIELD_DRAFT);
      const auto& payload = draft.get_ref<const std::string&>();
      (void)piste_commit(asked, payload.data(), payload.size(), now);
    }
    if (kind != PISTE_ACTION_STORE) continue;
    const double id = piste_number(asked, PISTE_FIELD_ID);
    rows_[id] = {piste_text(asked, PISTE_FIELD_ROW), piste_text_size(asked, PISTE_FIELD_ROW)};
    if (stored != "LATER") (void)piste_done(asked, id, value_in(kOutcomes, stored), 0, now);
  }
  throw std::runtime_error("it never ends");
}

Json Run::action(piste_tracker* tracker, piste_action kind) {
  const auto field = [&](piste_field which) { return number(piste_number(tracker, which)); };
  switch (kind) {
    case PISTE_ACTION_IDLE:
      return "idle";
    case PISTE_ACTION_WAIT:
      return Json::object({{"wait", field(PISTE_FIELD_WAIT_MS)}});
    case PISTE_ACTION_STORE:
      return Json::object({{"store", field(PISTE_FIELD_ID)},
                           {"row", text(tracker, PISTE_FIELD_ROW)},
                           {"lasting", field(PISTE_FIELD_LASTING)}});
    case PISTE_ACTION_ERASE:
      return Json::object({{"erase", field(PISTE_FIELD_ID)},
                           {"row", text(tracker, PISTE_FIELD_ROW)},
                           {"why", status_name(static_cast<piste_status>(piste_number(tracker, PISTE_FIELD_WHY)))},
                           {"outcome", field(PISTE_FIELD_OUTCOME)}});
    case PISTE_ACTION_SEND:
      return Json::object({{"send", field(PISTE_FIELD_ID)},
                           {"url", text(tracker, PISTE_FIELD_URL)},
                           {"body", text(tracker, PISTE_FIELD_BODY)},
                           {"anonymous", field(PISTE_FIELD_ANONYMOUS)},
                           {"keepalive", field(PISTE_FIELD_KEEPALIVE)},
                           {"timeout_ms", field(PISTE_FIELD_TIMEOUT_MS)}});
    case PISTE_ACTION_CLAIM_PROBE:
      return "claim_probe";
    case PISTE_ACTION_YIELD_PROBE:
      return "yield_probe";
    case PISTE_ACTION_SET_STATE:
      return Json::object({{"set_state", field(PISTE_FIELD_STATE)},
                           {"value", text(tracker, PISTE_FIELD_STATE_VALUE)},
                           {"max_age_s", field(PISTE_FIELD_STATE_MAX_AGE_S)}});
    case PISTE_ACTION_SESSION:
      return "session";
    case PISTE_ACTION_DRAFT:
      return Json::object({{"draft", field(PISTE_FIELD_ID)}, {"payload", text(tracker, PISTE_FIELD_DRAFT)}});
  }
  return Json::object({{"unknown", static_cast<int>(kind)}});
}

/// A text of the boundary; nothing and the empty text are the same to a host.
Json Run::text(piste_tracker* tracker, int32_t field) {
  const auto which = static_cast<piste_field>(field);
  const char* const bytes = piste_text(tracker, which);
  return bytes == nullptr ? std::string() : std::string(bytes, piste_text_size(tracker, which));
}

void Run::done(const Json& step, Json& line) {
  const Json wait = step.value("retry_after_ms", Json(0));
  const double wait_ms = wait.is_string() ? std::stod(wait.get<std::string>()) : wait.get<double>();
  line["status"] = status_name(
      piste_done(tracker(step), step["done"], value_in(kOutcomes, step["outcome"]), wait_ms, moment(step, false)));
}

/// Writes the ledger's numbers in the shape of the text that only native code has; and that text, if it says otherwise.
void Run::stats(const Json& step, Json& line) {
  const auto field = [&](int32_t which) { return count(piste_number(tracker(step), static_cast<piste_field>(which))); };
  Json stats = {{"accepted", field(PISTE_FIELD_ACCEPTED)},
                {"restored", field(PISTE_FIELD_RESTORED)},
                {"delivered", field(PISTE_FIELD_DELIVERED)},
                {"pending", field(PISTE_FIELD_PENDING)},
                {"rejected", Json::object()},
                {"dropped", Json::object()}};
  for (const Name& name : kFields) {
    const std::string_view text = name.text;
    for (const char* group : {"rejected", "dropped"}) {
      const size_t size = strlen(group);
      if (lower(text.substr(0, size)) != group || field(name.value) == 0) continue;
      stats[group][lower(text.substr(size + 1))] = field(name.value);
    }
  }
  stats["stored"] = field(PISTE_FIELD_STORED);
  stats["inFlight"] = field(PISTE_FIELD_IN_FLIGHT);
  stats["failures"] = field(PISTE_FIELD_FAILURES);
  stats["retryInMs"] = field(PISTE_FIELD_RETRY_IN_MS);
  line["stats"] = stats.dump();
  if (const Json told = text(tracker(step), PISTE_FIELD_STATS); told != line["stats"]) line["text"] = told;
}

void Run::read(const Json& step, Json& line) {
  const int32_t field = value_in(kFields, step["read"]);
  line["text"] = text(tracker(step), field);
  line["number"] = number(piste_number(tracker(step), static_cast<piste_field>(field)));
}

void Run::hash(const Json& step, Json& line) {
  const CaseText scope = read_text(step["hash"], rows_);
  line["hash"] = piste_hash(scope.data(), scope.size());
}

/// The page is gone and the next one begins; what was stored is remembered.
void Run::restart(const Json& step, Json&) {
  const int which = step.value("tracker", 1);
  piste_destroy(trackers_[which]);
  trackers_[which] = nullptr;
}

void run_case(const Json& before, const Json& one) {
  Run run;
  Json steps = before;
  steps.insert(steps.end(), one["steps"].begin(), one["steps"].end());
  for (size_t i = 0; i < steps.size(); ++i) {
    Json line = {{"case", one["name"]}, {"step", i}};
    run.perform(steps[i], line);
    std::puts(line.dump().c_str());
  }
}

}  // namespace
}  // namespace conformance

int main(int count, char** arguments) {
  try {
    for (int i = 1; i < count; ++i) {
      std::ifstream file(arguments[i]);
      const auto cases = conformance::Json::parse(file);
      const auto before = cases.value("before", conformance::Json::array());
      for (const auto& one : cases["cases"]) conformance::run_case(before, one);
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
