// A page whose visitor is asked: a tracker, and what it wants done, as text. After each call its ledger must add up.
#ifndef TESTS_CORE_ENGINE_CONSENT_SITE_H
#define TESTS_CORE_ENGINE_CONSENT_SITE_H

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tracker.h"
#include "support/event_buffer.h"
#include "support/texts.h"

namespace tests::consent {

using piste::ActionKind;
using piste::Count;
using piste::EventKind;
using piste::Key;
using piste::Number;
using piste::Signal;
using piste::Status;

class Site {
 public:
  explicit Site(std::string_view consent = "hrg") {
    set(Key::collector, "https://c.test");
    set(Key::web_page, "0");
    set(Key::consent, consent);
  }

  void set(Key key, std::string_view value) {
    REQUIRE(tracker.set(key, text_of(value)) == Status::ok);
    check();
  }

  piste::Moment now() {
    piste::Moment now{1700000000000.0 + now_ms, now_ms, {}};
    ++moments_;
    memcpy(now.entropy + 12, &moments_, sizeof moments_);
    return now;
  }

  /// A structured event of this action: its buffer, with what follows the usual fields.
  static std::string event(std::string_view action, const Fields& more = {}) {
    return event_buffer({"c", action, "", "", ""}) + packed(more);
  }

  Status track(std::string_view action, const Fields& more = {}) {
    const std::string buffer = event(action, more);
    const Status status = tracker.track(EventKind::structured, text_of(buffer), now());
    check();
    return status;
  }

  Status draft(std::string_view action, const Fields& more = {}) {
    const std::string buffer = event(action, more);
    const Status status = tracker.draft(EventKind::structured, text_of(buffer), now());
    check();
    return status;
  }

  Status commit(std::string_view payload) {
    const Status status = tracker.commit(text_of(payload), now());
    check();
    return status;
  }

  /// Everything until the tracker rests, stored rows confirmed: as "store a", "send a b", "send a anonymous",
  /// "erase a 205", "draft a", "state 0", "forget 1", "session". Drafts are left, unless `commits`.
  std::vector<std::string> acts(bool commits = false) {
    std::vector<std::string> all;
    while (true) {
      const ActionKind kind = tracker.next(now());
      check();
      if (kind == ActionKind::idle || kind == ActionKind::wait) return all;
      all.push_back(told(kind));
      if (kind == ActionKind::store) (void)tracker.done(number(Number::id), 0, 0, now());
      if (kind == ActionKind::send) sent.push_back(number(Number::id));
      if (kind == ActionKind::claim_probe) tracker.signal(Signal::probe_granted, now());
      if (kind == ActionKind::draft && commits) CHECK(commit(string_of(tracker.draft_payload())) == Status::ok);
      check();
    }
  }

  /// Answers the last request.
  void answer(int32_t status, double retry_after_ms = 0) {
    REQUIRE_FALSE(sent.empty());
    (void)tracker.done(sent.back(), status, retry_after_ms, now());
    check();
  }

  double number(Number number) const { return tracker.action().numbers[static_cast<size_t>(number)]; }
  double count(Count count) const { return tracker.read(count); }
  double denied() const { return count(Count::dropped_denied); }
  double pending() const { return count(Count::pending); }

  void check() const {
    double sum = 0;
    for (auto i = static_cast<uint32_t>(Count::delivered); i <= static_cast<uint32_t>(Count::pending); ++i) {
      sum += tracker.read(static_cast<Count>(i));
      CHECK(tracker.read(static_cast<Count>(i)) >= 0);
    }
    CHECK(count(Count::accepted) == sum);
  }

  piste::Tracker tracker;
  double now_ms = 0;
  std::vector<double> sent;  ///< The ids of requests.
  std::string row;           ///< Of the last STORE or ERASE.
  std::string body;          ///< Of the last SEND.

 private:
  /// The actions in a row, a body, or a draft.
  static std::string names_in(const std::string& text) {
    std::string names;
    constexpr std::string_view kMark = R"("se_ac":")";
    for (size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at)) {
      at += kMark.size();
      names += ' ' + text.substr(at, text.find('"', at) - at);
    }
    return names;
  }

  std::string told(ActionKind kind) {
    const piste::Action& action = tracker.action();
    switch (kind) {
      case ActionKind::store:
        row = string_of(action.row);
        return "store" + names_in(row);
      case ActionKind::erase:
        row = string_of(action.row);
        return "erase" + names_in(row) + ' ' + std::to_string(static_cast<int>(number(Number::why)));
      case ActionKind::send:
        body = string_of(action.body);
        return "send" + names_in(body) + (number(Number::anonymous) != 0 ? " anonymous" : "");
      case ActionKind::draft:
        return "draft" + names_in(string_of(tracker.draft_payload()));
      case ActionKind::set_state:
        return (action.state_max_age_s < 0 ? "forget " : "state ") + std::to_string(static_cast<int>(action.state));
      case ActionKind::session:
        return "session";
      case ActionKind::claim_probe:
        return "probe";
      case ActionKind::yield_probe:
        return "no probe";
      default:
        return "?";
    }
  }

  uint32_t moments_ = 0;
};

}  // namespace tests::consent

#endif  // TESTS_CORE_ENGINE_CONSENT_SITE_H
