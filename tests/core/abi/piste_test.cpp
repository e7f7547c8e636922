// The C boundary: what it refuses before the core is asked, and that it hands everything else through.
#include "piste/piste.h"

#include <catch2/catch_test_macros.hpp>
#include <initializer_list>
#include <memory>
#include <string>

#include "support/event_buffer.h"

namespace {

using Handle = std::unique_ptr<piste_tracker, void (*)(piste_tracker*)>;

constexpr piste_moment kNow{1700000000000.0, 1000, {1, 2, 3}};

Handle made() {
  Handle tracker(piste_create(), piste_destroy);
  REQUIRE(tracker != nullptr);
  return tracker;
}

piste_status set(const Handle& tracker, piste_key key, const std::string& value) {
  return piste_set(tracker.get(), key, value.data(), value.size());
}

piste_status track(const Handle& tracker, piste_event kind, const std::string& buffer) {
  return piste_track(tracker.get(), kind, buffer.data(), buffer.size(), &kNow);
}

std::string text(const Handle& tracker, piste_field field) {
  const char* data = piste_text(tracker.get(), field);
  return data == nullptr ? "" : std::string(data, piste_text_size(tracker.get(), field));
}

piste_status why(const Handle& tracker) {
  return static_cast<piste_status>(piste_number(tracker.get(), PISTE_FIELD_WHY));
}

piste_status restore(const Handle& tracker, const std::string& row) {
  return piste_restore(tracker.get(), row.data(), row.size(), &kNow);
}

std::string structured(std::string_view value = "") { return tests::event_buffer({"c", "a", "", "", value}); }

}  // namespace

TEST_CASE("the library tells its ABI version") { CHECK(piste_abi_version() == PISTE_ABI_VERSION); }

TEST_CASE("no tracker is no mistake when it is destroyed, and harmless elsewhere") {
  piste_destroy(nullptr);
  CHECK(piste_set(nullptr, PISTE_KEY_APP_ID, "a", 1) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_track(nullptr, PISTE_EVENT_PAGE_VIEW, "", 0, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_refuse(nullptr, PISTE_TOO_LARGE) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_restore(nullptr, "", 0, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_signal(nullptr, PISTE_SIGNAL_FLUSH, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_set_activity(nullptr, 0, 0, 0, 0, 0, &kNow) == 0);
  CHECK(piste_next(nullptr, &kNow) == PISTE_ACTION_IDLE);
  CHECK(piste_text(nullptr, PISTE_FIELD_STATS) == nullptr);
  CHECK(piste_text_size(nullptr, PISTE_FIELD_STATS) == 0);
  CHECK(piste_number(nullptr, PISTE_FIELD_ID) == 0);
  CHECK(piste_done(nullptr, 1, 200, 0, &kNow) == PISTE_INVALID_ARGUMENT);
}

TEST_CASE("no moment is refused") {
  const Handle tracker = made();
  CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, "", 0, nullptr) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_restore(tracker.get(), "", 0, nullptr) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_signal(tracker.get(), PISTE_SIGNAL_FLUSH, nullptr) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_set_activity(tracker.get(), 0, 0, 0, 0, 0, nullptr) == 0);
  CHECK(piste_next(tracker.get(), nullptr) == PISTE_ACTION_IDLE);
  CHECK(piste_done(tracker.get(), 1, 200, 0, nullptr) == PISTE_INVALID_ARGUMENT);
}

TEST_CASE("no text with a size is refused, without one it is empty text") {
  const Handle tracker = made();
  CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, nullptr, 1) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, nullptr, 0) == PISTE_OK);
  CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, nullptr, 1, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, nullptr, 0, &kNow) == PISTE_MALFORMED_EVENT);
  CHECK(piste_restore(tracker.get(), nullptr, 1, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_restore(tracker.get(), nullptr, 0, &kNow) == PISTE_UNREADABLE_ROW);
  CHECK(piste_done(tracker.get(), 1, 200, 0, &kNow) == PISTE_OK);
}

TEST_CASE("a size that 32 bits cannot hold is refused before anything is read") {
  if constexpr (sizeof(size_t) > sizeof(uint32_t)) {
    const Handle tracker = made();
    const size_t size = size_t{1} << 32;
    CHECK(piste_set(tracker.get(), PISTE_KEY_APP_ID, "a", size) == PISTE_INVALID_ARGUMENT);
    CHECK(piste_track(tracker.get(), PISTE_EVENT_PAGE_VIEW, "a", size, &kNow) == PISTE_INVALID_ARGUMENT);
    CHECK(piste_restore(tracker.get(), "a", size, &kNow) == PISTE_INVALID_ARGUMENT);
  }
}

TEST_CASE("keys, kinds, signals and fields beyond the known ones are refused") {
  const Handle tracker = made();
  CHECK(piste_set(tracker.get(), PISTE_KEY_COUNT, "1", 1) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_track(tracker.get(), PISTE_EVENT_COUNT, "", 0, &kNow) == PISTE_INVALID_ARGUMENT);
  CHECK(text(tracker, PISTE_FIELD_STATS).find(R"("dropped":{"invalid":1})") != std::string::npos);
  CHECK(piste_signal(tracker.get(), static_cast<piste_signal_kind>(PISTE_SIGNAL_CLEAR_BUT_BOTH + 1), &kNow) ==
        PISTE_INVALID_ARGUMENT);
  for (const int field : {35, 99, -1}) {
    CHECK(piste_text(tracker.get(), static_cast<piste_field>(field)) == nullptr);
    CHECK(piste_text_size(tracker.get(), static_cast<piste_field>(field)) == 0);
    CHECK(piste_number(tracker.get(), static_cast<piste_field>(field)) == 0);
  }
}

TEST_CASE("a text of an option must be UTF-8 and not larger than an event") {
  const Handle tracker = made();
  CHECK(set(tracker, PISTE_KEY_USER_ID, "\xED\xA0\x80") == PISTE_INVALID_UTF8);
  CHECK(set(tracker, PISTE_KEY_USER_ID, std::string(PISTE_MAX_EVENT_BYTES, 'x')) == PISTE_OK);
  CHECK(set(tracker, PISTE_KEY_USER_ID, std::string(PISTE_MAX_EVENT_BYTES + 1, 'x')) == PISTE_TOO_LARGE);
  CHECK(set(tracker, PISTE_KEY_TIMEOUT_MS, "0") == PISTE_INVALID_VALUE);
  CHECK(set(tracker, PISTE_KEY_METHOD, "PUT") == PISTE_INVALID_VALUE);
}

TEST_CASE("each status that the core gives comes through") {
  const Handle tracker = made();
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured("1")) == PISTE_OK);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured("x")) == PISTE_INVALID_NUMBER);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, tests::event_buffer({"", "", "", "", ""})) == PISTE_MISSING_FIELD);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, "x") == PISTE_MALFORMED_EVENT);
  CHECK(track(tracker, PISTE_EVENT_PAGE_VIEW, tests::event_buffer({"\x80"})) == PISTE_INVALID_UTF8);
  CHECK(track(tracker, PISTE_EVENT_PAGE_VIEW, std::string(PISTE_MAX_EVENT_BYTES + 1, 'x')) == PISTE_TOO_LARGE);
  CHECK(piste_refuse(tracker.get(), PISTE_UNSERIALISABLE) == PISTE_UNSERIALISABLE);
  CHECK(piste_refuse(tracker.get(), PISTE_INTERNAL) == PISTE_INVALID_ARGUMENT);
  CHECK(piste_restore(tracker.get(), "1p-", 3, &kNow) == PISTE_UNREADABLE_ROW);
  CHECK(piste_signal(tracker.get(), PISTE_SIGNAL_CLOSE, &kNow) == PISTE_OK);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured()) == PISTE_CLOSED);
  CHECK(text(tracker, PISTE_FIELD_STATS) ==
        R"({"accepted":9,"restored":1,"delivered":0,"pending":1,"rejected":{},)"
        R"("dropped":{"invalid":4,"too_large":1,"unserialisable":1,"closed":1,"unreadable":1},)"
        R"("stored":0,"inFlight":0,"failures":0,"retryInMs":0})");
}

TEST_CASE("every count of the ledger is a number, under the field of its name") {
  const Handle tracker = made();
  const auto number = [&](piste_field field) { return piste_number(tracker.get(), field); };
  for (int field = PISTE_FIELD_ACCEPTED; field <= PISTE_FIELD_RETRY_IN_MS; ++field) {
    CHECK(number(static_cast<piste_field>(field)) == 0);
  }
  CHECK(set(tracker, PISTE_KEY_COLLECTOR, "c.test") == PISTE_OK);
  const auto answered = [&](int32_t outcome) {
    CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured()) == PISTE_OK);
    while (piste_next(tracker.get(), &kNow) != PISTE_ACTION_SEND) {}
    (void)piste_done(tracker.get(), piste_number(tracker.get(), PISTE_FIELD_ID), outcome, 0, &kNow);
  };
  const int32_t statuses[] = {400, 401, 403, 410, 413, 422};
  for (int i = 0; i < 6; ++i) {
    for (int n = 0; n <= i; ++n) answered(statuses[i]);
  }
  for (int i = 0; i < 7; ++i) answered(200);
  for (int i = 0; i < 6; ++i) CHECK(number(static_cast<piste_field>(PISTE_FIELD_REJECTED_400 + i)) == i + 1);
  CHECK(number(PISTE_FIELD_DELIVERED) == 7);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, "") == PISTE_MALFORMED_EVENT);
  for (int i = 0; i < 2; ++i) CHECK(piste_refuse(tracker.get(), PISTE_TOO_LARGE) == PISTE_TOO_LARGE);
  for (int i = 0; i < 3; ++i) CHECK(piste_refuse(tracker.get(), PISTE_UNSERIALISABLE) == PISTE_UNSERIALISABLE);
  for (int i = 0; i < 4; ++i) CHECK(piste_refuse(tracker.get(), PISTE_QUEUE_FULL) == PISTE_QUEUE_FULL);
  for (int i = 0; i < 5; ++i) CHECK(restore(tracker, "") == PISTE_UNREADABLE_ROW);
  for (int i = 0; i < 6; ++i) CHECK(restore(tracker, "2g-110000000000000e=pv\n") == PISTE_EXPIRED);
  CHECK(restore(tracker, "2g-111700000000000e=pv\n") == PISTE_OK);
  CHECK(number(PISTE_FIELD_DROPPED_INVALID) == 1);
  CHECK(number(PISTE_FIELD_DROPPED_TOO_LARGE) == 2);
  CHECK(number(PISTE_FIELD_DROPPED_UNSERIALISABLE) == 3);
  CHECK(number(PISTE_FIELD_DROPPED_QUEUE_FULL) == 4);
  CHECK(number(PISTE_FIELD_DROPPED_CLOSED) == 0);
  CHECK(number(PISTE_FIELD_DROPPED_UNREADABLE) == 5);
  CHECK(number(PISTE_FIELD_DROPPED_EXPIRED) == 6);
  CHECK(number(PISTE_FIELD_RESTORED) == 12);
  CHECK(number(PISTE_FIELD_STORED) == 1);
  CHECK(number(PISTE_FIELD_PENDING) == 1);
  CHECK(number(PISTE_FIELD_ACCEPTED) == 21 + 7 + 1 + 2 + 3 + 4 + 12);
}

TEST_CASE("rows that are evicted, and what is dropped when the tracker is closed, are numbers too") {
  const Handle tracker = made();
  const std::string large(400000, 'x');
  const auto add = [&](std::string_view priority) {
    return track(tracker, PISTE_EVENT_STRUCTURED,
                 tests::event_buffer({"c", large, "", "", ""}, {"", "", "", priority}));
  };
  for (int i = 0; i < 5; ++i) CHECK(add("0") == PISTE_OK);
  for (int i = 0; i < 3; ++i) CHECK(add("1") == PISTE_OK);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_DROPPED_EVICTED) == 3);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_ERASE);
  CHECK(why(tracker) == PISTE_EVICTED);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_OUTCOME) == 0);
  CHECK(piste_signal(tracker.get(), PISTE_SIGNAL_CLOSE, &kNow) == PISTE_OK);
  CHECK(add("2") == PISTE_CLOSED);
  CHECK(restore(tracker, "2g-111700000000000e=pv\n") == PISTE_CLOSED);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_DROPPED_CLOSED) == 1);
}

TEST_CASE("a row that is taken over has its id as a number") {
  const Handle tracker = made();
  CHECK(restore(tracker, "2g-111700000000000e=pv\n") == PISTE_OK);
  const double id = piste_number(tracker.get(), PISTE_FIELD_ID);
  CHECK(id > 0);
  CHECK(restore(tracker, "2g-111700000000000e=pv\n") == PISTE_OK);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_ID) > id);
}

TEST_CASE("the parts of each action can be asked for, others are nothing") {
  const Handle tracker = made();
  CHECK(set(tracker, PISTE_KEY_COLLECTOR, "https://c.test") == PISTE_OK);
  CHECK(set(tracker, PISTE_KEY_ANONYMOUS, "1") == PISTE_OK);
  CHECK(set(tracker, PISTE_KEY_TIMEOUT_MS, "1234") == PISTE_OK);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_IDLE);
  CHECK(piste_text(tracker.get(), PISTE_FIELD_ROW) == nullptr);
  CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured()) == PISTE_OK);

  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE);
  const double row_id = piste_number(tracker.get(), PISTE_FIELD_ID);
  CHECK(row_id > 0);
  CHECK(text(tracker, PISTE_FIELD_ROW).rfind("2pa111700000000000{\"e\":\"se\"", 0) == 0);
  CHECK(text(tracker, PISTE_FIELD_BODY).empty());
  CHECK(piste_number(tracker.get(), PISTE_FIELD_LASTING) == 0);
  CHECK(piste_done(tracker.get(), row_id, PISTE_OUTCOME_OK, 0, &kNow) == PISTE_OK);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_STORED) == 1);

  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_SEND);
  const double request_id = piste_number(tracker.get(), PISTE_FIELD_ID);
  CHECK(request_id != row_id);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_ANONYMOUS) == 1);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_KEEPALIVE) == 1);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_TIMEOUT_MS) == 1234);
  CHECK(text(tracker, PISTE_FIELD_URL) == "https://c.test/com.snowplowanalytics.snowplow/tp2");
  CHECK(text(tracker, PISTE_FIELD_BODY).rfind("{\"schema\":", 0) == 0);
  CHECK(text(tracker, PISTE_FIELD_ROW).empty());

  CHECK(piste_done(tracker.get(), request_id, 200, 0, &kNow) == PISTE_OK);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_ERASE);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_ID) == row_id);
  CHECK(why(tracker) == PISTE_OK);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_OUTCOME) == 200);
  CHECK(text(tracker, PISTE_FIELD_ROW).rfind("2pa111700000000000{\"e\":\"se\"", 0) == 0);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_IDLE);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_ID) == 0);
}

TEST_CASE("a refusal for good is told, and a wait after a failure") {
  const Handle tracker = made();
  CHECK(set(tracker, PISTE_KEY_COLLECTOR, "c.test") == PISTE_OK);
  const auto sent = [&] {
    CHECK(track(tracker, PISTE_EVENT_STRUCTURED, structured()) == PISTE_OK);
    CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE);
    CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_SEND);
    return piste_number(tracker.get(), PISTE_FIELD_ID);
  };
  CHECK(piste_done(tracker.get(), sent(), 422, 0, &kNow) == PISTE_REJECTED);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_ERASE);
  CHECK(why(tracker) == PISTE_REJECTED);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_OUTCOME) == 422);
  CHECK(piste_done(tracker.get(), sent(), 503, 7000, &kNow) == PISTE_OK);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_STORE);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_LASTING) == 1);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_CLAIM_PROBE);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_IDLE);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_FAILURES) == 1);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_RETRY_IN_MS) == 7000);
  CHECK(piste_signal(tracker.get(), PISTE_SIGNAL_PROBE_GRANTED, &kNow) == PISTE_OK);
  CHECK(piste_next(tracker.get(), &kNow) == PISTE_ACTION_WAIT);
  CHECK(piste_number(tracker.get(), PISTE_FIELD_WAIT_MS) == 7000);
}

TEST_CASE("activity is handed through in its order") {
  const Handle tracker = made();
  CHECK(set(tracker, PISTE_KEY_PING_EVERY_MS, "1000") == PISTE_OK);
  CHECK(track(tracker, PISTE_EVENT_PAGE_VIEW, tests::event_buffer({""})) == PISTE_OK);
  piste_moment later = kNow;
  later.mono_ms += 1000;
  CHECK(piste_set_activity(tracker.get(), 1999, 1, 2, 3, 4, &later) == 1);
  CHECK(piste_set_activity(tracker.get(), 1999, 1, 2, 3, 4, &later) == 0);
  CHECK(piste_next(tracker.get(), &later) == PISTE_ACTION_STORE);
  CHECK(piste_next(tracker.get(), &later) == PISTE_ACTION_STORE);
  const std::string row = text(tracker, PISTE_FIELD_ROW);
  CHECK(row.find(R"("pp_mix":"1","pp_max":"2","pp_miy":"3","pp_may":"4")") != std::string::npos);
}

TEST_CASE("trackers share nothing") {
  const Handle one = made();
  const Handle other = made();
  CHECK(track(one, PISTE_EVENT_STRUCTURED, structured()) == PISTE_OK);
  CHECK(text(one, PISTE_FIELD_STATS).find("\"accepted\":1") != std::string::npos);
  CHECK(text(other, PISTE_FIELD_STATS).find("\"accepted\":0") != std::string::npos);
}
