// Performs actions, keeps a count of its own beside the tracker's, and reads every request as a collector would.
#include "support/scripted_host.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "abi/stats_text.h"
#include "support/texts.h"

namespace tests {

using nlohmann::json;
using piste::ActionKind;
using piste::Count;
using piste::Number;
using piste::Outcome;
using piste::Probe;
using piste::Status;

namespace {

constexpr double kKeepaliveBytes = 60000;
constexpr double kLastingAfterMs = 1000;
constexpr size_t kMostRequests = 8;
constexpr size_t kRowHeadBytes = 18;
constexpr uint32_t kMostRefusals = 4;
constexpr int kMostSteps = 100000;

/// The sum of the counts from `first` to `last`.
double sum(const piste::Tracker& tracker, Count first, Count last) {
  double total = 0;
  for (auto i = static_cast<uint32_t>(first); i <= static_cast<uint32_t>(last); ++i) {
    total += tracker.read(static_cast<Count>(i));
  }
  return total;
}

double rejected(const piste::Tracker& tracker) {
  const auto last = static_cast<uint32_t>(Count::dropped_invalid) - 1;
  return sum(tracker, Count::rejected, static_cast<Count>(last));
}

/// Whether a status says that the same request would be refused again.
bool is_final(int32_t outcome) {
  const int32_t statuses[] = {400, 401, 403, 410, 413, 422};
  return std::count(std::begin(statuses), std::end(statuses), outcome) > 0;
}

bool is_success(int32_t outcome) { return outcome >= 200 && outcome < 300; }

/// The payload of a row, in the form in which read_envelope() and read_query() give it.
std::string event_of(const std::string& row) {
  REQUIRE(row.back() == '\n');
  const std::string payload = row.substr(kRowHeadBytes, row.size() - kRowHeadBytes - 1);
  return row[1] == 'g' ? payload : json::parse(payload).dump();
}

/// The payloads of an envelope, without the sending time that each must have.
std::vector<std::string> read_envelope(const std::string& body, const std::string& sent_ms) {
  const json envelope = json::parse(body, nullptr, false);
  REQUIRE_FALSE(envelope.is_discarded());
  CHECK(envelope["schema"] == "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4");
  std::vector<std::string> events;
  for (json payload : envelope["data"]) {
    for (const auto& value : payload) REQUIRE(value.is_string());
    CHECK(payload["stm"] == sent_ms);
    CHECK(payload.value("dtm", "0").size() <= sent_ms.size());
    CHECK(std::stoll(payload.value("dtm", "0")) <= std::stoll(sent_ms));
    payload.erase("stm");
    events.push_back(payload.dump());
  }
  CHECK_FALSE(events.empty());
  return events;
}

/// The sending time of the first event of a request.
std::string sent_ms_of(const Request& made) {
  const std::string before = made.body.empty() ? "?stm=" : R"("stm":")";
  const std::string& text = made.body.empty() ? made.url : made.body;
  const size_t at = text.find(before);
  REQUIRE(at != std::string::npos);
  return text.substr(at + before.size(), 13);
}

/// The payload of a GET request's URL.
std::string read_query(const std::string& url, const std::string& sent_ms) {
  const std::string start = "/i?stm=" + sent_ms + "&";
  const size_t at = url.find(start);
  REQUIRE(at != std::string::npos);
  return url.substr(at + start.size());
}

}  // namespace

ScriptedHost::ScriptedHost() {
  CHECK(set(piste::Key::collector, "https://c.test") == Status::ok);
  CHECK(set(piste::Key::web_page, "0") == Status::ok);
}

void ScriptedHost::pass(double ms) { passed_ms_ += ms; }

piste::Moment ScriptedHost::now() {
  piste::Moment now{kStartWallMs + passed_ms_ + wall_shift_ms, mono_ms(), {}};
  if (wall_shift_ms != 0) clock_was_set_ = true;
  ++moments_;
  memcpy(now.entropy, &jitter, sizeof jitter);
  memcpy(now.entropy + 12, &moments_, sizeof moments_);
  return now;
}

Status ScriptedHost::set(piste::Key key, std::string_view value) {
  const Status status = tracker.set(key, text_of(value));
  if (status == Status::ok && key == piste::Key::batch_bytes) batch_bytes_ = std::stoul(std::string(value));
  if (status == Status::ok && key == piste::Key::keepalive_taken) keepalive_taken_ = std::stod(std::string(value));
  if (status == Status::ok && key == piste::Key::ping_every_ms) pings_ = value != "0";
  check();
  return status;
}

Status ScriptedHost::track(piste::EventKind kind, const std::string& buffer) {
  const double evicted = tracker.read(Count::dropped_evicted);
  const Status status = tracker.track(kind, text_of(buffer), now());
  take(status == Status::ok, evicted);
  check();
  return status;
}

Status ScriptedHost::track(std::string_view action, std::string_view priority) {
  return track(piste::EventKind::structured, event_buffer({"c", action, "", "", ""}, {"", "", "", priority}));
}

Status ScriptedHost::track_bytes(size_t row_bytes, std::string_view priority) {
  return track(piste::EventKind::structured, event_of_row_bytes(row_bytes, priority));
}

void ScriptedHost::take(bool is_taken, double evicted_before) {
  ++accepted_;
  pending_ -= tracker.read(Count::dropped_evicted) - evicted_before;
  if (!is_taken) return;
  ++pending_;
  if (is_hidden_ && tracker.read(Count::failures) == 0) is_exiting_ = true;
}

Status ScriptedHost::refuse(Status why) {
  const Status status = tracker.refuse(why);
  if (status != Status::invalid_argument) ++accepted_;
  check();
  return status;
}

Status ScriptedHost::restore(std::string_view row) {
  const Status status = tracker.restore(text_of(row), now());
  if (status == Status::ok) {
    const double id = number(Number::id);
    know(id, std::string(row));
    known_[id].is_confirmed = true;
    fleeting_since_ms_ = -piste::kMaxAgeMs;
    set_fleeting(known_[id], true);
    stored[id] = row;
    ++pending_;
  }
  if (status == Status::ok || status == Status::unreadable_row || status == Status::expired) ++accepted_;
  check();
  return status;
}

void ScriptedHost::signal(piste::Signal kind) {
  // What was evicted is not the host's to give away: it hears of that first.
  while (kind == piste::Signal::gone && tracker.read(Count::dropped_evicted) > evicted_told_)
    CHECK(step() == ActionKind::erase);
  if (kind == piste::Signal::leaving || kind == piste::Signal::away) is_hidden_ = is_exiting_ = true;
  for (Request& request : requests) {
    if (kind == piste::Signal::away && request.open && !request.keepalive)
      conclude(request, static_cast<int32_t>(Outcome::offline));
  }
  if (kind == piste::Signal::visible) is_hidden_ = is_exiting_ = is_gone_ = false;
  if (kind == piste::Signal::gone) release_confirmed();
  tracker.signal(kind, now());
  check();
}

bool ScriptedHost::ping(double active_ms, const double (&offsets)[piste::field::kOffsetCount]) {
  const double dropped = tracker.read(Count::dropped_queue_full);
  const bool tracked = tracker.set_activity(active_ms, offsets, now());
  if (tracked) take(tracker.read(Count::dropped_queue_full) == dropped, tracker.read(Count::dropped_evicted));
  check();
  return tracked;
}

ActionKind ScriptedHost::step() {
  const ActionKind kind = tracker.next(now());
  const piste::Action& action = tracker.action();
  CHECK(action.kind == kind);
  if (kind != ActionKind::erase && fleeting_count_ == 0) fleeting_since_ms_ = mono_ms();
  if (kind == ActionKind::store) store();
  if (kind == ActionKind::erase) erase();
  if (kind == ActionKind::send) send();
  if (kind == ActionKind::claim_probe || kind == ActionKind::yield_probe) change_probe(kind);
  // What the exit plan left goes on at once.
  if (kind == ActionKind::wait) CHECK((wait_ms() > 0 || pings_ || is_exiting_));
  if (kind == ActionKind::wait || kind == ActionKind::idle) is_exiting_ = false;
  check();
  return kind;
}

ActionKind ScriptedHost::settle() {
  for (int i = 0; i < kMostSteps; ++i) {
    const ActionKind kind = step();
    if (kind != ActionKind::idle && kind != ActionKind::wait) continue;
    check_ended();
    return kind;
  }
  FAIL("the tracker never comes to rest");
  return ActionKind::idle;
}

bool ScriptedHost::rests() {
  const ActionKind kind = settle();
  if (kind == ActionKind::idle) return true;
  return fleeting_count_ > 0 && wait_ms() == fleeting_since_ms_ + kLastingAfterMs - mono_ms();
}

void ScriptedHost::run() {
  for (int i = 0; i < kMostSteps && settle() == ActionKind::wait; ++i) pass(wait_ms());
}

void ScriptedHost::know(double id, const std::string& row) {
  Known& known = known_[id];
  known.row = row;
  known.event = event_of(row);
  ids_[known.event] = id;
  company_.erase(known.event);
  arrived_.erase(known.event);
}

void ScriptedHost::set_fleeting(Known& known, bool is_fleeting) {
  if (known.is_fleeting == is_fleeting) return;
  known.is_fleeting = is_fleeting;
  fleeting_count_ += is_fleeting ? 1 : -1;
}

void ScriptedHost::store() {
  const piste::Action& action = tracker.action();
  const double id = number(Number::id);
  const bool is_lasting = number(Number::lasting) != 0;
  const bool is_due = fleeting_count_ > 0 && mono_ms() >= fleeting_since_ms_ + kLastingAfterMs;
  CHECK(is_lasting == (tracker.read(Count::failures) > 0 || is_due));
  const auto found = known_.find(id);
  if (found == known_.end()) {
    know(id, string_of(action.row));
  } else {
    CHECK((found->second.is_fleeting && is_lasting));
    CHECK(found->second.row == string_of(action.row));
  }
  set_fleeting(known_[id], !is_lasting);
  if (confirms_later) {
    unconfirmed.push_back(id);
  } else {
    report(id, storage_fails ? Outcome::failed : Outcome::ok);
  }
}

void ScriptedHost::report(double id, Outcome outcome) {
  if (outcome == Outcome::ok) confirmed(id);
  CHECK(tracker.done(id, static_cast<int32_t>(outcome), 0, now()) == Status::ok);
}

void ScriptedHost::confirmed(double id) {
  Known& known = known_.at(id);
  known.is_confirmed = true;
  if (known.has_ended || known.is_released) return;
  stored[id] = known.row;
  if (!known.is_fleeting) lasting.insert(id);
  if (is_gone_) release_confirmed();
}

void ScriptedHost::confirm(double id) {
  const auto found = std::find(unconfirmed.begin(), unconfirmed.end(), id);
  REQUIRE(found != unconfirmed.end());
  unconfirmed.erase(found);
  report(id, Outcome::ok);
  check();
}

void ScriptedHost::confirm_all() {
  while (!unconfirmed.empty()) confirm(unconfirmed.front());
}

void ScriptedHost::release_confirmed() {
  is_gone_ = true;
  probe = Probe::none;
  for (auto& [id, known] : known_) {
    if (!known.is_confirmed || known.has_ended || known.is_released) continue;
    known.is_released = true;
    set_fleeting(known, false);
    --accepted_;
    --pending_;
  }
}

std::map<double, std::string> ScriptedHost::left_behind() const {
  std::map<double, std::string> rows;
  for (const auto& [id, row] : stored) {
    if (known_.at(id).is_released) rows[id] = row;
  }
  return rows;
}

void ScriptedHost::erase() {
  const Ended told{number(Number::id), string_of(tracker.action().row), static_cast<Status>(number(Number::why)),
                   static_cast<int32_t>(number(Number::outcome))};
  ended.push_back(told);
  stored.erase(told.id);
  lasting.erase(told.id);
  const bool is_evicted = told.why == Status::evicted;
  if (is_evicted) ++evicted_told_;
  if (known_.count(told.id) == 0) {
    CHECK(is_evicted);
    know(told.id, told.row);
  }
  Known& known = known_[told.id];
  CHECK(known.row == told.row);
  CHECK_FALSE(known.is_released);
  CHECK(known.has_ended == !is_evicted);
  CHECK(told.why == (is_evicted ? Status::evicted : known.why));
  CHECK(told.outcome == (is_evicted ? 0 : known.outcome));
  set_fleeting(known, false);
  known.has_ended = true;
  known.why = Status::internal;  // A second ERASE of the same row fails above.
}

void ScriptedHost::change_probe(ActionKind kind) {
  const bool claims = kind == ActionKind::claim_probe;
  CHECK(claims == (tracker.read(Count::failures) > 0 && pending_ > 0));
  CHECK(claims == (probe == Probe::none));
  CHECK_FALSE((claims && is_gone_));
  probe = claims ? Probe::asked : Probe::none;
  if (claims && grants_probe) grant();
}

void ScriptedHost::grant() {
  REQUIRE(probe == Probe::asked);
  probe = Probe::held;
  signal(piste::Signal::probe_granted);
}

void ScriptedHost::take_probe_away() {
  REQUIRE(probe == Probe::held);
  probe = Probe::asked;
  signal(piste::Signal::probe_lost);
}

void ScriptedHost::send() {
  const piste::Action& action = tracker.action();
  const bool keepalive = number(Number::keepalive) != 0;
  const bool anonymous = number(Number::anonymous) != 0;
  Request made{number(Number::id), string_of(action.url), string_of(action.body), keepalive, anonymous, true, {}};
  const std::string sent_ms = sent_ms_of(made);
  CHECK((clock_was_set_ || std::stoll(sent_ms) == static_cast<long long>(kStartWallMs + passed_ms_)));
  CHECK(std::stoll(sent_ms) >= last_sent_ms_);
  last_sent_ms_ = std::stoll(sent_ms);
  if (made.body.empty()) {
    made.events = {read_query(made.url, sent_ms)};
  } else {
    made.events = read_envelope(made.body, sent_ms);
  }
  check_request(made, tracker.read(Count::failures) > 0);
  requests.push_back(made);
}

void ScriptedHost::check_request(const Request& made, bool down) {
  double kept_alive = keepalive_taken_;
  for (const Request& other : requests) {
    if (other.open && other.keepalive) kept_alive += static_cast<double>(other.body.size());
  }
  CHECK((is_exiting_ ? open_count() < kMostRequests : open_count() == 0));
  CHECK((made.events.size() == 1 || made.body.size() <= batch_bytes_));
  CHECK((!made.keepalive || kept_alive + static_cast<double>(made.body.size()) <= kKeepaliveBytes));
  CHECK((!is_exiting_ || made.keepalive));
  CHECK((!down || is_exiting_ || probe == Probe::held));
  for (const std::string& event : made.events) {
    CHECK(arrived_.count(event) == 0);
    CHECK(under_way_.insert(event).second);
    REQUIRE(ids_.count(event) == 1);
    const Known& known = known_[ids_[event]];
    CHECK_FALSE((known.has_ended || known.is_released));
    CHECK_FALSE((down && is_exiting_ && known.is_confirmed));
    const auto company = company_.find(event);
    CHECK((company == company_.end() || made.events.size() <= company->second));
  }
}

Status ScriptedHost::answer_to(double id, int32_t outcome, double retry_after_ms) {
  const auto found =
      std::find_if(requests.begin(), requests.end(), [&](const Request& one) { return one.open && one.id == id; });
  const bool known = found != requests.end();
  const bool refused = known && is_final(outcome) && ends_its_events(*found, outcome);
  if (known) conclude(*found, outcome);
  const Status status = tracker.done(id, outcome, retry_after_ms, now());
  CHECK(status == (refused ? Status::rejected : Status::ok));
  check();
  return status;
}

Status ScriptedHost::answer(int32_t outcome, double retry_after_ms) {
  REQUIRE_FALSE(requests.empty());
  return answer_to(last().id, outcome, retry_after_ms);
}

void ScriptedHost::answer_all(int32_t outcome, double retry_after_ms) {
  for (const Request& request : requests) {
    if (request.open) (void)answer_to(request.id, outcome, retry_after_ms);
  }
}

bool ScriptedHost::ends_its_events(const Request& request, int32_t outcome) {
  return is_success(outcome) || request.events.size() == 1 || refusals_ >= kMostRefusals;
}

void ScriptedHost::conclude(Request& request, int32_t outcome) {
  const size_t half = (request.events.size() + 1) / 2;
  const bool ends = ends_its_events(request, outcome);
  request.open = false;
  for (const std::string& event : request.events) under_way_.erase(event);
  if (!is_success(outcome) && !is_final(outcome)) return;
  for (const std::string& event : request.events) {
    if (ends) end(event, is_success(outcome) ? Status::ok : Status::rejected, outcome);
    if (is_success(outcome)) arrived_.insert(event);
    if (!ends) company_[event] = std::min(half, company_.count(event) > 0 ? company_[event] : half);
  }
  if (is_success(outcome)) {
    refusals_ = 0;
  } else if (ends) {
    ++refusals_;
  }
}

void ScriptedHost::end(const std::string& event, Status why, int32_t outcome) {
  Known& known = known_[ids_[event]];
  if (known.is_released) return;
  known.has_ended = true;
  known.why = why;
  known.outcome = outcome;
  set_fleeting(known, false);
  --pending_;
  if (why == Status::ok) ++delivered_;
}

double ScriptedHost::count(const std::string& path) {
  const json stats = json::parse(string_of(piste::write_stats(stats_, tracker)));
  return stats.value(json::json_pointer("/" + path), 0.0);
}

size_t ScriptedHost::open_count() const {
  return static_cast<size_t>(
      std::count_if(requests.begin(), requests.end(), [](const Request& one) { return one.open; }));
}

void ScriptedHost::check() {
  const double dropped = sum(tracker, Count::dropped_invalid, Count::dropped_no_memory);
  CHECK(tracker.read(Count::accepted) ==
        tracker.read(Count::delivered) + tracker.read(Count::pending) + rejected(tracker) + dropped);
  CHECK(tracker.read(Count::accepted) == accepted_);
  CHECK(tracker.read(Count::pending) == pending_);
  CHECK(tracker.read(Count::delivered) == delivered_);
  CHECK(tracker.read(Count::in_flight) == static_cast<double>(open_count()));
  if (tracker.read(Count::dropped_evicted) > evicted_told_) return;
  const auto counts = [](const auto& entry) {
    return entry.second.is_confirmed && !entry.second.has_ended && !entry.second.is_released;
  };
  CHECK(tracker.read(Count::stored) == static_cast<double>(std::count_if(known_.begin(), known_.end(), counts)));
}

void ScriptedHost::check_ended() {
  const auto told = [&](Status why) {
    return std::count_if(ended.begin(), ended.end(), [&](const Ended& one) { return one.why == why; });
  };
  CHECK(static_cast<double>(told(Status::ok)) == tracker.read(Count::delivered));
  CHECK(static_cast<double>(told(Status::rejected)) == rejected(tracker));
  CHECK(static_cast<double>(told(Status::evicted)) == tracker.read(Count::dropped_evicted));
}

}  // namespace tests
