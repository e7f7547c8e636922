// What few ask for: drafts, opting out, events that wait for company. Their payloads are in the conformance cases.
#include <catch2/catch_test_macros.hpp>

#include "engine/tracker.h"
#include "support/event_buffer.h"
#include "support/texts.h"

using piste::ActionKind;
using piste::Count;
using piste::EventKind;
using piste::Key;
using piste::Moment;
using piste::Signal;
using piste::Status;
using piste::Tracker;
using tests::event_buffer;
using tests::string_of;
using tests::text_of;

namespace {

constexpr Moment kNow{1700000000000, 5000, {1}};

/// A tracker with a collector, and what is said to it.
struct Rare {
  Tracker tracker;

  Rare() {
    CHECK(tracker.set(Key::collector, "https://c.test") == Status::ok);
    CHECK(tracker.set(Key::web_page, "0") == Status::ok);
  }

  Status draft(EventKind kind = EventKind::page_view, const std::string& buffer = event_buffer({"T"})) {
    return tracker.draft(kind, text_of(buffer), kNow);
  }
  Status commit(std::string_view payload) { return tracker.commit(text_of(payload), kNow); }
  std::string payload() const { return string_of(tracker.draft_payload()); }
};

}  // namespace

TEST_CASE("a draft is no event until it is taken, once") {
  Rare rare;
  CHECK(rare.payload().empty());
  CHECK(rare.commit("{}") == Status::malformed_event);
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.payload().find("\"page\":\"T\"") != std::string::npos);
  CHECK(rare.tracker.read(Count::accepted) == 0);
  CHECK(rare.commit("") == Status::malformed_event);
  CHECK(rare.commit("{}") == Status::ok);
  CHECK(rare.payload().empty());
  CHECK(rare.commit("{}") == Status::malformed_event);
  CHECK(rare.tracker.read(Count::accepted) == 1);
  CHECK(rare.tracker.read(Count::pending) == 1);
}

TEST_CASE("a draft may be taken as the text that the tracker itself gave") {
  Rare rare;
  CHECK(rare.draft() == Status::ok);
  const std::string payload = rare.payload();
  CHECK(rare.tracker.commit(rare.tracker.draft_payload(), kNow) == Status::ok);
  CHECK(rare.tracker.next(kNow) == ActionKind::store);
  CHECK(string_of(rare.tracker.action().row).find(payload) != std::string::npos);
}

TEST_CASE("a payload that is not UTF-8, or too large, ends its draft") {
  Rare rare;
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.commit("\xff") == Status::invalid_utf8);
  CHECK(rare.commit("{}") == Status::malformed_event);
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.commit(std::string(piste::kMaxPayloadBytes + 1, 'x')) == Status::too_large);
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.commit(std::string(piste::kMaxPayloadBytes, 'x')) == Status::ok);
  CHECK(rare.tracker.read(Count::dropped_invalid) == 1);
  CHECK(rare.tracker.read(Count::dropped_too_large) == 1);
}

TEST_CASE("who has opted out has no draft") {
  Rare rare;
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.tracker.set(Key::opted_out, "1") == Status::ok);
  CHECK(rare.draft() == Status::denied);
  CHECK(rare.payload().empty());
  CHECK(rare.tracker.set(Key::opted_out, "2") == Status::invalid_value);
  CHECK(rare.tracker.set(Key::opted_out, "0") == Status::ok);
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.tracker.read(Count::dropped_denied) == 1);
}

TEST_CASE("opting out forgets the user id") {
  Rare rare;
  CHECK(rare.tracker.set(Key::user_id, "somebody") == Status::ok);
  CHECK(rare.tracker.set(Key::opted_out, "1") == Status::ok);
  CHECK(rare.tracker.set(Key::opted_out, "0") == Status::ok);
  CHECK(rare.draft() == Status::ok);
  CHECK(rare.payload().find("somebody") == std::string::npos);
}

TEST_CASE("rare settings have bounds") {
  Rare rare;
  for (const char* bad : {"", "-1", "x", "86400001"}) {
    CHECK(rare.tracker.set(Key::activity_every_ms, text_of(bad)) == Status::invalid_value);
    CHECK(rare.tracker.set(Key::activity_first_ms, text_of(bad)) == Status::invalid_value);
  }
  CHECK(rare.tracker.set(Key::activity_every_ms, "86400000") == Status::ok);
  CHECK(rare.tracker.set(Key::pings_told, "2") == Status::invalid_value);
  CHECK(rare.tracker.set(Key::keep_activity, "2") == Status::invalid_value);
  CHECK(rare.tracker.set(Key::batch_events, "0") == Status::invalid_value);
  CHECK(rare.tracker.set(Key::page_view_id, "\"") == Status::invalid_value);
  CHECK(rare.tracker.set(Key::retry_failed, "2") == Status::invalid_value);
}

TEST_CASE("an answer lets the events that came meanwhile wait for company of their own") {
  Rare rare;
  CHECK(rare.tracker.set(Key::batch_events, "2") == Status::ok);
  const auto settle = [&] {
    ActionKind kind = rare.tracker.next(kNow);
    double sent = 0;
    for (; kind > ActionKind::wait; kind = rare.tracker.next(kNow)) {
      if (kind == ActionKind::send) sent = rare.tracker.action().numbers[0];
    }
    return sent;
  };
  const auto track = [&] {
    CHECK(rare.tracker.track(EventKind::page_view, text_of(event_buffer({"T"})), kNow) == Status::ok);
  };
  track();
  CHECK(settle() == 0);
  track();
  const double first = settle();
  CHECK(first > 0);
  track();
  CHECK(settle() == 0);
  CHECK(rare.tracker.done(first, 200, 0, kNow) == Status::ok);
  CHECK(settle() == 0);
  track();
  CHECK(settle() > first);
}

TEST_CASE("a request that is given up ends all its events, undivided, and opens the way for the next") {
  const struct {
    int32_t outcome;
    double told;
    uint32_t final_index;
  } rows[] = {{503, 503, 5}, {403, 403, 2}, {static_cast<int32_t>(piste::Outcome::offline), 0, 5}};
  for (const auto& row : rows) {
    CAPTURE(row.outcome);
    Rare rare;
    CHECK(rare.tracker.set(Key::retry_failed, "0") == Status::ok);
    const auto step_to = [&](ActionKind wanted) {
      ActionKind kind = rare.tracker.next(kNow);
      while (kind != wanted && kind > ActionKind::wait) kind = rare.tracker.next(kNow);
      CHECK(kind == wanted);
      return rare.tracker.action().numbers[0];
    };
    const auto track = [&] {
      CHECK(rare.tracker.track(EventKind::page_view, text_of(event_buffer({"T"})), kNow) == Status::ok);
    };
    for (int i = 0; i < 3; ++i) track();
    CHECK(rare.tracker.done(step_to(ActionKind::send), row.outcome, 60000, kNow) == Status::rejected);
    for (int i = 0; i < 3; ++i) {
      step_to(ActionKind::erase);
      const piste::Action& action = rare.tracker.action();
      CHECK(action.numbers[static_cast<uint32_t>(piste::Number::why)] == static_cast<double>(Status::rejected));
      CHECK(action.numbers[static_cast<uint32_t>(piste::Number::outcome)] == row.told);
    }
    CHECK(rare.tracker.read(static_cast<Count>(static_cast<uint32_t>(Count::rejected) + row.final_index)) == 3);
    CHECK(rare.tracker.read(Count::pending) == 0);
    CHECK(rare.tracker.read(Count::failures) == 0);
    track();
    CHECK(rare.tracker.done(step_to(ActionKind::send), 200, 0, kNow) == Status::ok);
    CHECK(rare.tracker.read(Count::delivered) == 1);
  }
}
