// Hostile hosts, through the shared library: random and torn input of the exact size in memory, so that the sanitizers
// see a read beyond it. One bad call of each kind is in tests/core/abi and in the conformance cases.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "piste/piste.h"

namespace {

constexpr piste_moment kNow = {1700000000000, 1000, {}};

struct Destroy {
  void operator()(piste_tracker* tracker) const { piste_destroy(tracker); }
};
using Tracker = std::unique_ptr<piste_tracker, Destroy>;

piste_status set(const Tracker& tracker, piste_key key, const std::string& text) {
  return piste_set(tracker.get(), key, text.data(), text.size());
}

Tracker ready_tracker() {
  Tracker tracker(piste_create());
  REQUIRE(set(tracker, PISTE_KEY_COLLECTOR, "https://c.test") == PISTE_OK);
  return tracker;
}

std::string text_of(const Tracker& tracker, piste_field field) {
  const char* const text = piste_text(tracker.get(), field);
  return text == nullptr ? std::string() : std::string(text, piste_text_size(tracker.get(), field));
}

/// The ledger, after its sum was checked.
nlohmann::json ledger_of(const Tracker& tracker) {
  const auto ledger = nlohmann::json::parse(text_of(tracker, PISTE_FIELD_STATS));
  double ended = ledger["delivered"].get<double>() + ledger["pending"].get<double>();
  for (const char* lost : {"rejected", "dropped"}) {
    for (const auto& count : ledger[lost]) ended += count.get<double>();
  }
  CHECK(ledger["accepted"] == ended);
  return ledger;
}

/// Memory of exactly so many bytes: the byte behind it is nobody's.
class Exact {
 public:
  explicit Exact(const std::string& bytes) : bytes_(new char[bytes.size()]), size_(bytes.size()) {
    std::memcpy(bytes_.get(), bytes.data(), size_);
  }
  const char* data() const { return bytes_.get(); }
  size_t size() const { return size_; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t size_;
};

std::string field(const std::string& text) {
  const auto size = static_cast<uint32_t>(text.size());
  std::string packed(4, '\0');
  std::memcpy(packed.data(), &size, sizeof size);
  return packed + text;
}

/// A good self-describing event with a bit of everything.
std::string good_event() {
  return field("iglu:com.acme/e/jsonschema/1-0-0") + field(R"({"k":"é✓🍕"})") + field(R"([{"schema":"s","data":{}}])") +
         field("1500000000000") + field("") + field("");
}

piste_status track(const Tracker& tracker, piste_event kind, const std::string& bytes) {
  const Exact buffer(bytes);
  return piste_track(tracker.get(), kind, buffer.data(), buffer.size(), &kNow);
}

/// Does everything that is due, and reports each request with `outcome`.
void drain(const Tracker& tracker, int32_t outcome) {
  for (int i = 0; i < 100000; ++i) {
    const piste_action action = piste_next(tracker.get(), &kNow);
    if (action == PISTE_ACTION_IDLE || action == PISTE_ACTION_WAIT) return;
    const double id = piste_number(tracker.get(), PISTE_FIELD_ID);
    if (action == PISTE_ACTION_SEND) {
      CHECK(nlohmann::json::accept(text_of(tracker, PISTE_FIELD_BODY)));
      (void)piste_done(tracker.get(), id, outcome, 0, &kNow);
    }
  }
  FAIL("it never ends");
}

}  // namespace

TEST_CASE("an event that is cut anywhere is refused, and read no further") {
  const Tracker tracker = ready_tracker();
  const std::string whole = good_event();
  REQUIRE(track(tracker, PISTE_EVENT_SELF_DESCRIBING, whole) == PISTE_OK);
  for (size_t size = 0; size < whole.size(); ++size) {
    CHECK(track(tracker, PISTE_EVENT_SELF_DESCRIBING, whole.substr(0, size)) != PISTE_OK);
  }
  CHECK(ledger_of(tracker)["pending"] == 1);
}

TEST_CASE("an event with any one byte changed is taken whole or refused, and what goes out is UTF-8") {
  const Tracker tracker = ready_tracker();
  for (size_t at = 0; at < good_event().size(); ++at) {
    for (const int change : {0x01, 0x20, 0x80, 0xff}) {
      std::string event = good_event();
      event[at] = static_cast<char>(event[at] ^ change);
      (void)track(tracker, PISTE_EVENT_SELF_DESCRIBING, event);
    }
  }
  (void)ledger_of(tracker);
  for (piste_action action = PISTE_ACTION_STORE; action == PISTE_ACTION_STORE;) {
    action = piste_next(tracker.get(), &kNow);
    // As a JSON text, because nlohmann's parser checks UTF-8.
    const auto text = nlohmann::json(text_of(tracker, PISTE_FIELD_ROW));
    CHECK_NOTHROW(text.dump());
  }
}

TEST_CASE("random bytes are no event") {
  std::minstd_rand random(1);
  const Tracker tracker = ready_tracker();
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 64, '\0');
    // Small numbers more often: they make plausible sizes.
    for (char& byte : bytes) byte = static_cast<char>(random() % 4 == 0 ? random() : random() % 3);
    (void)track(tracker, static_cast<piste_event>(random() % PISTE_EVENT_COUNT), bytes);
  }
  drain(tracker, 200);
  const auto ledger = ledger_of(tracker);
  CHECK(ledger["accepted"] == 20000);
  CHECK(ledger["pending"] == 0);
}

TEST_CASE("a row that is cut anywhere or random is refused or sent as it is") {
  std::minstd_rand random(2);
  const Tracker tracker = ready_tracker();
  REQUIRE(track(tracker, PISTE_EVENT_SELF_DESCRIBING, good_event()) == PISTE_OK);
  REQUIRE(piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE);
  const std::string row = text_of(tracker, PISTE_FIELD_ROW);
  for (size_t size = 0; size < row.size(); ++size) {
    const Exact cut(row.substr(0, size));
    CHECK(piste_restore(tracker.get(), cut.data(), cut.size(), &kNow) == PISTE_UNREADABLE_ROW);
  }
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 48, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const Exact exact(bytes);
    CHECK(piste_restore(tracker.get(), exact.data(), exact.size(), &kNow) == PISTE_UNREADABLE_ROW);
  }
  CHECK(ledger_of(tracker)["pending"] == 1);
}

TEST_CASE("sizes beyond any memory are refused before they are read") {
  const Tracker tracker = ready_tracker();
  const char byte = 'x';
  for (const size_t size : {std::numeric_limits<size_t>::max(), size_t{1} << 33, size_t{1} << 32}) {
    CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, &byte, size) == PISTE_INVALID_ARGUMENT);
    CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, &byte, size, &kNow) == PISTE_INVALID_ARGUMENT);
    CHECK(piste_restore(tracker.get(), &byte, size, &kNow) == PISTE_INVALID_ARGUMENT);
  }
  CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, &byte, size_t{1} << 31) == PISTE_TOO_LARGE);
  CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, &byte, size_t{1} << 31, &kNow) == PISTE_TOO_LARGE);
}

TEST_CASE("numbers that are none harm nothing") {
  const double kinds[] = {std::numeric_limits<double>::quiet_NaN(),
                          std::numeric_limits<double>::infinity(),
                          -std::numeric_limits<double>::infinity(),
                          -1,
                          1e300,
                          -1e300};
  for (const double odd : kinds) {
    const Tracker tracker = ready_tracker();
    REQUIRE(set(tracker, PISTE_KEY_PING_EVERY_MS, "1000") == PISTE_OK);
    for (const piste_moment& now : {piste_moment{odd, 5, {}}, piste_moment{5, odd, {}}, piste_moment{odd, odd, {}}}) {
      const std::string event = field("") + field("") + field("") + field("") + field("");
      CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, event.data(), event.size(), &now) == PISTE_OK);
      (void)piste_set_activity(tracker.get(), odd, odd, odd, odd, odd, &now);
      CHECK(piste_signal(tracker.get(), PISTE_SIGNAL_FLUSH, &now) == PISTE_OK);
      for (int i = 0; i < 20; ++i) (void)piste_next(tracker.get(), &now);
      CHECK(piste_done(tracker.get(), odd, 503, odd, &now) == PISTE_OK);
      (void)ledger_of(tracker);
    }
  }
}

TEST_CASE("answers that make no sense lose no event") {
  const Tracker tracker = ready_tracker();
  REQUIRE(track(tracker, PISTE_EVENT_SELF_DESCRIBING, good_event()) == PISTE_OK);
  for (const int32_t outcome : {0, 1, -1, -3, 99, 100, 199, 300, 399, 402, 499, 600, INT32_MAX, INT32_MIN}) {
    const Tracker other = ready_tracker();
    REQUIRE(track(other, PISTE_EVENT_SELF_DESCRIBING, good_event()) == PISTE_OK);
    REQUIRE(piste_next(other.get(), &kNow) == PISTE_ACTION_STORE);
    REQUIRE(piste_next(other.get(), &kNow) == PISTE_ACTION_SEND);
    const double id = piste_number(other.get(), PISTE_FIELD_ID);
    CHECK(piste_done(other.get(), id, outcome, 0, &kNow) == PISTE_OK);
    CHECK(ledger_of(other)["pending"] == 1);
  }
}

TEST_CASE("a call that fails leaves what was set") {
  const Tracker tracker = ready_tracker();
  REQUIRE(set(tracker, PISTE_KEY_APP_ID, "kept") == PISTE_OK);
  CHECK(set(tracker, PISTE_KEY_APP_ID, "\xff") == PISTE_INVALID_UTF8);
  CHECK(set(tracker, PISTE_KEY_APP_ID, std::string(PISTE_MAX_EVENT_BYTES + 1, 'x')) == PISTE_TOO_LARGE);
  CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, nullptr, 1) == PISTE_INVALID_ARGUMENT);
  CHECK(set(tracker, PISTE_KEY_COLLECTOR, "") == PISTE_INVALID_VALUE);
  REQUIRE(track(tracker, PISTE_EVENT_SELF_DESCRIBING, good_event()) == PISTE_OK);
  REQUIRE(piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE);
  CHECK(text_of(tracker, PISTE_FIELD_ROW).find(R"("aid":"kept")") != std::string::npos);
  REQUIRE(piste_next(tracker.get(), &kNow) == PISTE_ACTION_SEND);
  CHECK(text_of(tracker, PISTE_FIELD_URL).rfind("https://c.test/", 0) == 0);
}

namespace {

/// A good event, for a purpose, with an entity for another.
std::string guarded_event() { return good_event() + field("1") + field("2") + field(R"([{"schema":"s","data":{}}])"); }

/// The ids of the events that a text tells, one after the other.
size_t count_events(const std::string& text) {
  size_t count = 0;
  for (size_t at = text.find("\"eid\""); at != std::string::npos; at = text.find("\"eid\"", at + 1)) ++count;
  return count;
}

/// A text of consent, most often a good one.
std::string drawn_consent(std::minstd_rand& random) {
  constexpr char kLetters[] = "gdugdugduhax";
  std::string text = random() % 8 == 0 ? "rh" : random() % 2 == 0 ? "hr" : random() % 2 == 0 ? "aa" : "ra";
  for (size_t left = random() % 5; left > 0; --left) text += kLetters[random() % (random() % 8 == 0 ? 12 : 9)];
  return text;
}

}  // namespace

TEST_CASE("an event with purposes that is cut or has a byte changed is held whole or refused, and goes out as JSON") {
  for (const char* answer : {"hrggg", "hrddd"}) {
    const Tracker tracker = ready_tracker();
    REQUIRE(set(tracker, PISTE_KEY_CONSENT, "hr") == PISTE_OK);
    const std::string whole = guarded_event();
    for (size_t at = 0; at < whole.size(); ++at) {
      (void)track(tracker, PISTE_EVENT_SELF_DESCRIBING, whole.substr(0, at));
      for (const int change : {0x01, 0x20, 0x80, 0xff}) {
        std::string event = whole;
        event[at] = static_cast<char>(event[at] ^ change);
        (void)track(tracker, PISTE_EVENT_SELF_DESCRIBING, event);
      }
    }
    const double held = ledger_of(tracker)["pending"];
    CHECK(held > 100);
    CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_IDLE);
    REQUIRE(set(tracker, PISTE_KEY_CONSENT, answer) == PISTE_OK);
    size_t rows = 0;
    while (piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE) {
      rows += count_events(text_of(tracker, PISTE_FIELD_ROW));
      CHECK_NOTHROW(nlohmann::json(text_of(tracker, PISTE_FIELD_ROW)).dump());
    }
    const auto ledger = ledger_of(tracker);
    const bool is_granted = std::string(answer) == "hrggg";
    CHECK(static_cast<double>(rows) == (is_granted ? held : 0));
    CHECK(ledger["dropped"].value("denied", 0.0) >= (is_granted ? 0 : held));
  }
}

namespace {

/// A host that does anything at any time, by a seed, and what it knows.
class Whim {
 public:
  Whim(const Tracker& tracker, uint32_t seed) : tracker_(tracker.get()), random_(seed) {}

  void act() {
    now_.wall_ms += 300;
    now_.mono_ms += 300;
    ++now_.entropy[0];
    const Exact event(random_() % 4 == 0 ? good_event() : good_event() + field(std::string(1, '0' + random_() % 3)));
    switch (random_() % 9) {
      case 0: {
        const std::string text = drawn_consent(random_);
        (void)piste_set(tracker_, PISTE_KEY_CONSENT, text.data(), text.size());
        return;
      }
      case 1:
        (void)piste_draft(tracker_, PISTE_EVENT_SELF_DESCRIBING, event.data(), event.size(), &now_);
        return;
      case 2:
        return commit();
      case 3:
        return restore();
      case 4:
        return answer();
      case 5:
      case 6:
        return next();
      default:
        (void)piste_track(tracker_, PISTE_EVENT_SELF_DESCRIBING, event.data(), event.size(), &now_);
    }
  }

 private:
  std::string text(piste_field which) const {
    const char* const text = piste_text(tracker_, which);
    return text == nullptr ? std::string() : std::string(text, piste_text_size(tracker_, which));
  }

  void commit() {
    const Exact purposes(std::string(random_() % 3, static_cast<char>('/' + random_() % 5)));
    (void)piste_guard(tracker_, purposes.data(), purposes.size());
    const Exact payload(text(PISTE_FIELD_DRAFT));
    (void)piste_commit(tracker_, payload.data(), payload.size(), &now_);
  }

  void restore() {
    if (rows_.empty()) return;
    const Exact row(rows_[random_() % rows_.size()]);
    (void)piste_restore(tracker_, row.data(), row.size(), &now_);
  }

  void answer() {
    constexpr int32_t kOutcomes[] = {200, 503, 400, PISTE_OUTCOME_OFFLINE};
    if (requests_.empty()) return;
    (void)piste_done(tracker_, requests_.back(), kOutcomes[random_() % 4], 0, &now_);
    requests_.pop_back();
  }

  void next() {
    const piste_action action = piste_next(tracker_, &now_);
    if (action == PISTE_ACTION_SEND) requests_.push_back(piste_number(tracker_, PISTE_FIELD_ID));
    if (action == PISTE_ACTION_SEND) CHECK(nlohmann::json::accept(text(PISTE_FIELD_BODY)));
    if (action == PISTE_ACTION_STORE) rows_.push_back(text(PISTE_FIELD_ROW));
    if (action == PISTE_ACTION_CLAIM_PROBE) (void)piste_signal(tracker_, PISTE_SIGNAL_PROBE_GRANTED, &now_);
  }

  piste_tracker* tracker_;
  std::minstd_rand random_;
  piste_moment now_{1700000000000.0, 1000, {}};
  std::vector<double> requests_;
  std::vector<std::string> rows_;
};

}  // namespace

TEST_CASE("texts of consent and calls by turns, at random: each event ends once, or is there, and a no ends all") {
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    const Tracker tracker = ready_tracker();
    REQUIRE(set(tracker, PISTE_KEY_IDENTITY, "3") == PISTE_OK);
    Whim whim(tracker, seed);
    for (int i = 0; i < 400; ++i) {
      whim.act();
      CHECK(ledger_of(tracker)["pending"] >= 0);
    }
    REQUIRE(set(tracker, PISTE_KEY_CONSENT, "hrddd") == PISTE_OK);
    const auto ledger = ledger_of(tracker);
    CHECK(ledger["pending"] == 0);
    CHECK(ledger["stored"] == 0);
    const piste_moment later{1800000000000.0, 1e9, {}};
    for (piste_action action = PISTE_ACTION_ERASE; action == PISTE_ACTION_ERASE || action == PISTE_ACTION_SET_STATE;) {
      action = piste_next(tracker.get(), &later);
      CHECK(action != PISTE_ACTION_SEND);
      CHECK(action != PISTE_ACTION_STORE);
      if (action == PISTE_ACTION_SET_STATE) CHECK(piste_number(tracker.get(), PISTE_FIELD_STATE_MAX_AGE_S) < 0);
    }
  }
}
