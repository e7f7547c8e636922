// Events as hosts pack them: the fields of each kind, and each way in which a buffer can be wrong.
#include "model/event.h"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <vector>

#include "support/event_buffer.h"
#include "support/texts.h"

using piste::Event;
using piste::EventKind;
using piste::Priority;
using piste::read_event;
using piste::Status;
using tests::CommonFields;
using tests::event_buffer;
using tests::Fields;
using tests::string_of;
using tests::text_of;

namespace {

Status status_of(EventKind kind, const std::string& buffer) {
  Event event;
  return read_event(kind, text_of(buffer), event);
}

Status status_of(EventKind kind, const Fields& own, const CommonFields& common = {}) {
  return status_of(kind, event_buffer(own, common));
}

/// What is left of an entities field after reading; a mark if it is refused.
std::string entities_of(std::string_view entities) {
  const std::string buffer = event_buffer({"title"}, {entities, "", "", ""});
  Event event;
  const Status status = read_event(EventKind::page_view, text_of(buffer), event);
  return status == Status::ok ? string_of(event.entities) : "(refused)";
}

}  // namespace

TEST_CASE("the fields of each kind are read in order") {
  const struct {
    EventKind kind;
    Fields own;
  } rows[] = {
      {EventKind::page_view, {"title"}},
      {EventKind::structured, {"category", "action", "label", "property", "1.5"}},
      {EventKind::self_describing, {"iglu:a/b/jsonschema/1-0-0", "{\"x\":1}"}},
      {EventKind::page_ping, {"title", "1", "2", "-3", "4"}},
      {EventKind::transaction, {"order", "affiliation", "1", "2", "3", "city", "state", "country", "currency"}},
      {EventKind::transaction_item, {"order", "sku", "name", "category", "1", "2", "currency"}},
      {EventKind::other, {}},
  };
  for (const auto& row : rows) {
    const std::string buffer = event_buffer(row.own, {"[{}]", "123", "456", "2"});
    Event event;
    CHECK(read_event(row.kind, text_of(buffer), event) == Status::ok);
    CHECK(event.kind == row.kind);
    for (size_t i = 0; i < row.own.size(); ++i) CHECK(string_of(event.fields[i]) == row.own[i]);
    for (size_t i = row.own.size(); i < piste::kMaxFields; ++i) CHECK(event.fields[i].empty());
    CHECK(string_of(event.entities) == "{}");
    CHECK(string_of(event.true_ms) == "123");
    CHECK(string_of(event.device_ms) == "456");
    CHECK(event.priority == Priority::high);
  }
}

TEST_CASE("a buffer with a field too many or too few is malformed") {
  const struct {
    EventKind kind;
    size_t count;
    std::string_view field;
  } rows[] = {{EventKind::page_view, 1, "1"},
              {EventKind::structured, 5, "1"},
              {EventKind::self_describing, 2, "{}"},
              {EventKind::page_ping, 5, "1"}};
  for (const auto& row : rows) {
    for (size_t count = 0; count <= 7; ++count) {
      const Status expected = count == row.count ? Status::ok : Status::malformed_event;
      CHECK(status_of(row.kind, Fields(count, row.field)) == expected);
    }
  }
}

TEST_CASE("the data of a self-describing event begins as an object or an array does") {
  for (const std::string_view data : {"{}", "[]", "{\"a\":1}", "[1]"}) {
    CHECK(status_of(EventKind::self_describing, {"iglu:x", data}) == Status::ok);
  }
  for (const std::string_view data : {"1", "\"text\"", "null", "true", "undefined", " {}", "}"}) {
    CHECK(status_of(EventKind::self_describing, {"iglu:x", data}) == Status::malformed_event);
  }
}

TEST_CASE("a buffer that is cut at any byte is malformed") {
  const std::string whole = event_buffer({"c", "a", "l", "p", "1"}, {"[{\"a\":1}]", "12", "34", "1"});
  CHECK(status_of(EventKind::structured, whole) == Status::ok);
  for (size_t size = 0; size < whole.size(); ++size) {
    CHECK(status_of(EventKind::structured, std::string(whole, 0, size)) == Status::malformed_event);
  }
  CHECK(status_of(EventKind::structured, whole + '\0') == Status::malformed_event);
}

TEST_CASE("the priority is a digit from 0 to 2, or that of the kind: low for page pings, normal for all others") {
  const struct {
    EventKind kind;
    Fields own;
    Priority standard;
  } rows[] = {
      {EventKind::page_view, {"title"}, Priority::normal},
      {EventKind::structured, {"c", "a", "", "", ""}, Priority::normal},
      {EventKind::self_describing, {"iglu:x", "{}"}, Priority::normal},
      {EventKind::page_ping, {"", "", "", "", ""}, Priority::low},
  };
  for (const auto& row : rows) {
    const struct {
      std::string_view value;
      Priority expected;
    } values[] = {{"", row.standard}, {"0", Priority::low}, {"1", Priority::normal}, {"2", Priority::high}};
    for (const auto& value : values) {
      const std::string buffer = event_buffer(row.own, {"", "", "", value.value});
      Event event;
      CHECK(read_event(row.kind, text_of(buffer), event) == Status::ok);
      CHECK(event.priority == value.expected);
    }
    for (const std::string_view bad : {"3", "-1", "00", "10", "x", "high", " ", "1 ", "/"}) {
      CHECK(status_of(row.kind, row.own, {"", "", "", bad}) == Status::malformed_event);
    }
  }
}

TEST_CASE("required fields must not be empty") {
  const struct {
    EventKind kind;
    Fields own;
    Status expected;
  } rows[] = {
      {EventKind::page_view, {""}, Status::ok},
      {EventKind::structured, {"c", "a", "", "", ""}, Status::ok},
      {EventKind::structured, {"", "a", "", "", ""}, Status::missing_field},
      {EventKind::structured, {"c", "", "l", "p", "1"}, Status::missing_field},
      {EventKind::self_describing, {"iglu:x", "{}"}, Status::ok},
      {EventKind::self_describing, {"", "{}"}, Status::missing_field},
      {EventKind::self_describing, {"iglu:x", ""}, Status::missing_field},
      {EventKind::page_ping, {"", "", "", "", ""}, Status::ok},
  };
  for (const auto& row : rows) CHECK(status_of(row.kind, row.own) == row.expected);
}

TEST_CASE("values, offsets and times must be numbers, or absent") {
  for (const std::string_view value : {"", "0", "-1", "1.5", "1e3"}) {
    CHECK(status_of(EventKind::structured, {"c", "a", "", "", value}) == Status::ok);
  }
  for (const std::string_view value : {"x", "1,5", "NaN", "Infinity", " 1", "null"}) {
    CHECK(status_of(EventKind::structured, {"c", "a", "", "", value}) == Status::invalid_number);
  }
  for (size_t place = 1; place <= 4; ++place) {
    Fields own(5, "7");
    own[place] = "x";
    CHECK(status_of(EventKind::page_ping, own) == Status::invalid_number);
  }
  CHECK(status_of(EventKind::page_ping, {"not a number", "1", "2", "3", "4"}) == Status::ok);
  CHECK(status_of(EventKind::structured, {"not", "a", "number", "here", "1"}) == Status::ok);
  for (const std::string_view time : {"-1", "1.5", "1e3", "x", " "}) {
    CHECK(status_of(EventKind::page_view, {""}, {"", time, "", ""}) == Status::invalid_number);
    CHECK(status_of(EventKind::page_view, {""}, {"", "", time, ""}) == Status::invalid_number);
  }
}

TEST_CASE("every field must be UTF-8") {
  for (size_t place = 0; place < 9; ++place) {
    Fields all = {"c", "a", "l", "p", "1", "[]", "1", "2", ""};
    all[place] = "\xC3";
    CHECK(status_of(EventKind::structured, tests::packed(all)) == Status::invalid_utf8);
  }
}

TEST_CASE("entities lose their brackets and the blanks around") {
  const struct {
    std::string_view entities, expected;
  } rows[] = {
      {"", ""},
      {"[]", ""},
      {"[ \t\r\n]", ""},
      {" \n", ""},
      {"[{}]", "{}"},
      {" [ {} ] ", "{}"},
      {"\n[\r{},\t{}]", "{},\t{}"},
      {"[", "(refused)"},
      {"]", "(refused)"},
      {"{}", "(refused)"},
      {"[{}", "(refused)"},
      {"{}]", "(refused)"},
      {"null", "(refused)"},
      {"x[]", "(refused)"},
      {"[]x", "(refused)"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.entities);
    CHECK(entities_of(row.entities) == row.expected);
  }
}

namespace {

/// The fields of a page view, and what follows them.
Status status_with(const Fields& more, Event& event, std::string& buffer) {
  Fields all = {"title", "", "", "", ""};
  all.insert(all.end(), more.begin(), more.end());
  buffer = tests::packed(all);
  return read_event(EventKind::page_view, text_of(buffer), event);
}

}  // namespace

TEST_CASE("purposes are digits, and analytics if there are none") {
  const struct {
    Fields more;
    int expected;  ///< By bit; -1: refused.
  } rows[] = {{{}, 0b10},      {{""}, 0b10}, {{"0"}, 0b1},     {{"1"}, 0b10},  {{"2"}, 0b100},
              {{"7"}, 0x80},   {{"8"}, -1},  {{"/"}, -1},      {{"00"}, 0b1},  {{"-1"}, -1},
              {{"g"}, -1},     {{"18"}, -1}, {{"12"}, 0b110},  {{"70"}, 0x81}, {{"012345670"}, 0xFF},
              {{"1none"}, -1}, {{" "}, -1},  {{"121"}, 0b110}, {{"none"}, -1}};
  for (const auto& row : rows) {
    Event event;
    std::string buffer;
    const Status status = status_with(row.more, event, buffer);
    CHECK(status == (row.expected < 0 ? Status::malformed_event : Status::ok));
    if (status == Status::ok) CHECK(event.purposes == row.expected);
  }
}

TEST_CASE("entities with purposes come in pairs, each of them checked") {
  const struct {
    Fields more;
    Status expected;
  } rows[] = {{{"1", "2", "[{}]"}, Status::ok},
              {{"", "", ""}, Status::ok},
              {{"1", "2", "[{}]", "0", " [ ] "}, Status::ok},
              {{"1", "2"}, Status::malformed_event},
              {{"1", "2", "[{}]", "3"}, Status::malformed_event},
              {{"1", "8", "[{}]"}, Status::malformed_event},
              {{"1", "28", "[{}]"}, Status::malformed_event},
              {{"1", "2", "{}"}, Status::malformed_event},
              {{"1", "2", "[{}"}, Status::malformed_event},
              {{"1", "2", "[\"\xC3\"]"}, Status::invalid_utf8},
              {{"1", "\xC3", "[]"}, Status::invalid_utf8},
              {{"\xC3"}, Status::invalid_utf8}};
  for (const auto& row : rows) {
    Event event;
    std::string buffer;
    CHECK(status_with(row.more, event, buffer) == row.expected);
  }
  Event event;
  std::string buffer;
  REQUIRE(status_with({"1", "2", "[{}]", "", "[]"}, event, buffer) == Status::ok);
  CHECK(string_of(event.guarded) == tests::packed({"2", "[{}]", "", "[]"}));
  CHECK(piste::read_guard("2") == 0b100);
  CHECK(piste::read_guard("20") == 0b101);
  CHECK(piste::read_guard("") == piste::set_of(piste::kNecessary));
}

TEST_CASE("an event whose purposes are cut off is malformed") {
  const std::string whole = tests::packed({"title", "", "", "", "", "1", "2", "[{}]"});
  const size_t plain = tests::packed({"title", "", "", "", ""}).size();
  for (size_t size = plain + 1; size < whole.size(); ++size) {
    const bool is_between = size == plain + 5;  // behind the purpose
    CHECK(status_of(EventKind::page_view, whole.substr(0, size)) ==
          (is_between ? Status::ok : Status::malformed_event));
  }
}

namespace {

/// A few bytes of text, by a seed; most often none.
std::string drawn_text(std::mt19937& random, const char* const (&texts)[6]) { return texts[random() % 6]; }

/// The fields of an event of a kind, at random but for what must be right.
std::vector<std::string> drawn_event(std::mt19937& random, EventKind kind) {
  constexpr const char* kTexts[] = {"", "", "a", "\xC3\xA9\"\\", "[]", " x\n"};
  constexpr const char* kNumbers[] = {"", "0", "-1.5", "42", "1e3", "7"};
  constexpr const char* kArrays[] = {"", "[]", " [ {} ] ", "[{\"a\":1},{}]", "[{\"t\":\"]\"}]", "[ ]"};
  constexpr const char* kTimes[] = {"", "", "0", "1700000000000", "123", "9999999999999"};
  constexpr const char* kPriorities[] = {"", "", "0", "1", "2", ""};
  constexpr const char* kPurposes[] = {"", "0", "1", "21", "5", "776"};
  const auto text = [&] { return drawn_text(random, kTexts); };
  const auto number = [&] { return drawn_text(random, kNumbers); };
  std::vector<std::string> all;
  switch (kind) {
    case EventKind::page_view:
      all = {text()};
      break;
    case EventKind::structured:
      all = {"c" + text(), "a" + text(), text(), text(), number()};
      break;
    case EventKind::self_describing:
      all = {"iglu:x" + text(), "{" + text()};
      break;
    case EventKind::page_ping:
      all = {text(), number(), number(), number(), number()};
      break;
    case EventKind::transaction:
      all = {"o" + text(), text(), "1", number(), number(), text(), text(), text(), text()};
      break;
    case EventKind::transaction_item:
      all = {"o" + text(), "s" + text(), text(), text(), "2", number(), text()};
      break;
    default:
      break;
  }
  all.insert(all.end(), {drawn_text(random, kArrays), drawn_text(random, kTimes), drawn_text(random, kTimes),
                         drawn_text(random, kPriorities)});
  if (random() % 2 == 0) return all;
  all.push_back(drawn_text(random, kPurposes));
  for (uint32_t left = random() % 4; left > 0; --left) {
    all.insert(all.end(), {drawn_text(random, kPurposes), drawn_text(random, kArrays)});
  }
  return all;
}

}  // namespace

TEST_CASE("what is written of an event reads as the same event") {
  std::mt19937 random(20261129);
  for (int i = 0; i < 5000; ++i) {
    const auto kind = static_cast<EventKind>(random() % static_cast<uint32_t>(EventKind::count));
    const std::vector<std::string> drawn = drawn_event(random, kind);
    const std::string buffer = tests::packed(Fields(drawn.begin(), drawn.end()));
    Event event;
    REQUIRE(read_event(kind, text_of(buffer), event) == Status::ok);
    const std::string again = tests::written([&](piste::Bytes& out) { piste::append_event(out, event); });
    Event read;
    REQUIRE(read_event(kind, text_of(again), read) == Status::ok);
    CHECK(read.kind == event.kind);
    for (uint32_t at = 0; at < piste::kMaxFields; ++at) CHECK(read.fields[at] == event.fields[at]);
    CHECK(read.entities == event.entities);
    CHECK(read.true_ms == event.true_ms);
    CHECK(read.device_ms == event.device_ms);
    CHECK(read.priority == event.priority);
    CHECK(read.purposes == event.purposes);
    CHECK(read.guarded == event.guarded);
  }
}
