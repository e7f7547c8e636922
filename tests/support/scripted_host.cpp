// Performs actions, keeps a count of its own beside the tracker's, and reads every request as a collector would.
#include "support/scripted_host.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/texts.h"

namespace tests {

using nlohmann::json;
using piste::ActionKind;
using piste::Status;

namespace {

constexpr size_t kKeepaliveBytes = 60000;
constexpr size_t kMostRequests = 8;
constexpr int kMostSteps = 100000;

double sum(const json& counts) {
  double total = 0;
  for (const auto& one : counts) total += one.get<double>();
  return total;
}

/// Whether a status ends a request for good, with its events lost.
bool is_final(int32_t outcome) {
  const int32_t statuses[] = {400, 401, 403, 410, 422};
  return std::count(std::begin(statuses), std::end(statuses), outcome) > 0;
}

bool is_success(int32_t outcome) { return outcome >= 200 && outcome < 300; }

/// The payloads of an envelope, without the sending time that each must have.
std::vector<std::string> read_envelope(const std::string& body, const std::string& sent_ms) {
  const json envelope = json::parse(body, nullptr, false);
  REQUIRE_FALSE(envelope.is_discarded());
  CHECK(envelope["schema"] == "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4");
  std::vector<std::string> events;
  for (json payload : envelope["data"]) {
    for (const auto& value : payload) REQUIRE(value.is_string());
    CHECK(payload["stm"] == sent_ms);
    payload.erase("stm");
    events.push_back(payload.dump());
  }
  CHECK_FALSE(events.empty());
  return events;
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
  piste::Moment now{kStartWallMs + passed_ms_, kStartMonoMs + passed_ms_, {}};
  ++moments_;
  memcpy(now.entropy, &jitter, sizeof jitter);
  memcpy(now.entropy + 12, &moments_, sizeof moments_);
  return now;
}

Status ScriptedHost::set(piste::Key key, std::string_view value) {
  const Status status = tracker.set(key, text_of(value));
  if (status == Status::ok && key == piste::Key::batch_bytes) batch_bytes_ = std::stoul(std::string(value));
  if (status == Status::ok && key == piste::Key::ping_every_ms) pings_ = value != "0";
  check();
  return status;
}

Status ScriptedHost::track(piste::EventKind kind, const std::string& buffer) {
  const Status status = tracker.track(kind, text_of(buffer), now());
  ++accepted_;
  if (status == Status::ok) ++pending_;
  check();
  return status;
}

Status ScriptedHost::track(std::string_view action) {
  return track(piste::EventKind::structured, event_buffer({"c", action, "", "", ""}));
}

Status ScriptedHost::track_bytes(size_t row_bytes) {
  return track(piste::EventKind::structured, event_of_row_bytes(row_bytes));
}

Status ScriptedHost::refuse(Status why) {
  const Status status = tracker.refuse(why);
  if (status != Status::invalid_argument) ++accepted_;
  check();
  return status;
}

Status ScriptedHost::restore(std::string_view row) {
  const Status status = tracker.restore(text_of(row), now());
  if (status == Status::ok || status == Status::unreadable_row) ++accepted_;
  if (status == Status::ok) ++pending_;
  check();
  return status;
}

void ScriptedHost::signal(piste::Signal kind) {
  if (kind == piste::Signal::leaving) leaving_ = true;
  if (kind == piste::Signal::visible) leaving_ = false;
  tracker.signal(kind, now());
  check();
}

bool ScriptedHost::ping(double active_ms, const double (&offsets)[piste::field::kOffsetCount]) {
  const double dropped = count("dropped/queue_full");
  const bool tracked = tracker.set_activity(active_ms, offsets, now());
  if (tracked) {
    ++accepted_;
    if (count("dropped/queue_full") == dropped) ++pending_;
  }
  check();
  return tracked;
}

ActionKind ScriptedHost::step() {
  const ActionKind kind = tracker.next(now());
  const piste::Action& action = tracker.action();
  CHECK(action.kind == kind);
  if (kind == ActionKind::store) store();
  if (kind == ActionKind::erase) CHECK(stored.erase(action.id) == 1);
  if (kind == ActionKind::send) send();
  if (kind == ActionKind::wait) CHECK((action.wait_ms > 0 || pings_));
  check();
  return kind;
}

ActionKind ScriptedHost::settle() {
  for (int i = 0; i < kMostSteps; ++i) {
    const ActionKind kind = step();
    if (kind == ActionKind::idle || kind == ActionKind::wait) return kind;
  }
  FAIL("the tracker never comes to rest");
  return ActionKind::idle;
}

void ScriptedHost::run() {
  for (int i = 0; i < kMostSteps && settle() == ActionKind::wait; ++i) pass(wait_ms());
}

void ScriptedHost::store() {
  const double id = tracker.action().id;
  const std::string row = string_of(tracker.action().row);
  CHECK(stored.count(id) == 0);
  if (!storage_fails) stored[id] = row;
  const auto outcome = storage_fails ? piste::Outcome::failed : piste::Outcome::ok;
  CHECK(tracker.done(id, static_cast<int32_t>(outcome), {}, now()) == Status::ok);
}

void ScriptedHost::send() {
  const piste::Action& action = tracker.action();
  Request made{action.id, string_of(action.url), string_of(action.body), action.keepalive, action.anonymous, true, {}};
  const std::string sent_ms = std::to_string(static_cast<long long>(kStartWallMs + passed_ms_));
  if (made.body.empty()) {
    made.events = {read_query(made.url, sent_ms)};
  } else {
    made.events = read_envelope(made.body, sent_ms);
  }
  check_bounds(made);
  for (const std::string& event : made.events) {
    CHECK(arrived_.count(event) == 0);
    CHECK(under_way_.insert(event).second);
  }
  requests.push_back(made);
}

void ScriptedHost::check_bounds(const Request& made) const {
  size_t kept_alive = 0;
  for (const Request& other : requests) kept_alive += other.open && other.keepalive ? other.body.size() : 0;
  CHECK((leaving_ ? open_count() < kMostRequests : open_count() == 0));
  CHECK((made.events.size() == 1 || made.body.size() <= batch_bytes_));
  CHECK((!made.keepalive || kept_alive + made.body.size() <= kKeepaliveBytes));
  CHECK((!leaving_ || made.keepalive));
}

Status ScriptedHost::answer(double id, int32_t outcome, std::string_view retry_after) {
  const auto found =
      std::find_if(requests.begin(), requests.end(), [&](const Request& one) { return one.open && one.id == id; });
  const bool known = found != requests.end();
  if (known) conclude(*found, outcome);
  const Status status = tracker.done(id, outcome, text_of(retry_after), now());
  CHECK(status == (known && is_final(outcome) ? Status::rejected : Status::ok));
  check();
  return status;
}

Status ScriptedHost::answer(int32_t outcome, std::string_view retry_after) {
  REQUIRE_FALSE(requests.empty());
  return answer(last().id, outcome, retry_after);
}

void ScriptedHost::answer_all(int32_t outcome, std::string_view retry_after) {
  for (const Request& request : requests) {
    if (request.open) (void)answer(request.id, outcome, retry_after);
  }
}

void ScriptedHost::conclude(Request& request, int32_t outcome) {
  request.open = false;
  for (const std::string& event : request.events) under_way_.erase(event);
  if (!is_success(outcome) && !is_final(outcome)) return;
  pending_ -= static_cast<double>(request.events.size());
  if (!is_success(outcome)) return;
  delivered_ += static_cast<double>(request.events.size());
  arrived_.insert(request.events.begin(), request.events.end());
}

double ScriptedHost::count(const std::string& path) {
  const json stats = json::parse(string_of(tracker.stats()));
  return stats.value(json::json_pointer("/" + path), 0.0);
}

size_t ScriptedHost::open_count() const {
  return static_cast<size_t>(
      std::count_if(requests.begin(), requests.end(), [](const Request& one) { return one.open; }));
}

void ScriptedHost::check() {
  const json stats = json::parse(string_of(tracker.stats()));
  const auto number = [&](const char* key) { return stats.at(key).get<double>(); };
  CHECK(number("accepted") ==
        number("delivered") + number("pending") + sum(stats.at("rejected")) + sum(stats.at("dropped")));
  CHECK(number("accepted") == accepted_);
  CHECK(number("pending") == pending_);
  CHECK(number("delivered") == delivered_);
  CHECK(number("inFlight") == static_cast<double>(open_count()));
}

}  // namespace tests
