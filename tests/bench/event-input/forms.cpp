// The forms that were not chosen, each read in the plainest way that does the job.
#include "forms.h"

#include "base/utf8.h"

namespace piste::bench {

namespace {

constexpr uint32_t kFieldCounts[] = {1, 5, 2, 5};
constexpr char kSeparator = 0x1f;

constexpr Text kStructuredNames[] = {"category", "action", "label", "property", "value"};
constexpr Text kSelfDescribingNames[] = {"schema", "data"};

Text inside_array(Text array) { return array.size < 2 ? Text() : array.part(1, array.size - 2); }

/// Walks the members of one JSON object without looking into their values.
class Members {
 public:
  explicit Members(Text object) : rest_(object.part(1, object.size - 1)) {}

  bool next(Text& name, Text& value) {
    if (rest_.size < 2 || rest_[0] == '}') return false;
    if (rest_[0] == ',') skip(1);
    name = take_string();
    skip(1);  // the colon
    value = rest_[0] == '"' ? take_string() : take_other();
    return true;
  }

 private:
  void skip(uint32_t count) { rest_ = rest_.part(count, rest_.size - count); }

  Text take(uint32_t count) {
    const Text taken = rest_.part(0, count);
    skip(count);
    return taken;
  }

  /// The place behind a string that begins at `at`.
  uint32_t end_of_string(uint32_t at) const {
    for (++at; at < rest_.size && rest_[at] != '"'; ++at) {
      if (rest_[at] == '\\') ++at;
    }
    return at + 1;
  }

  Text take_string() {
    const Text quoted = take(end_of_string(0));
    return quoted.part(1, quoted.size - 2);
  }

  Text take_other() {
    uint32_t at = 0;
    for (int depth = 0; at < rest_.size; ++at) {
      const char c = rest_[at];
      if (c == '"') {
        at = end_of_string(at) - 1;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (depth == 0) break;
        --depth;
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    return take(at);
  }

  Text rest_;
};

uint32_t index_of(EventKind kind, Text name) {
  const bool is_structured = kind == EventKind::structured;
  const Text* names = is_structured ? kStructuredNames : kSelfDescribingNames;
  const uint32_t count = kFieldCounts[static_cast<uint32_t>(kind)];
  for (uint32_t i = 0; i < count; ++i) {
    if (names[i] == name) return i;
  }
  return count;
}

}  // namespace

Status place_field(EventKind kind, uint32_t index, Text value, Event& event) {
  if (!is_utf8(value)) return Status::invalid_utf8;
  const uint32_t own = kFieldCounts[static_cast<uint32_t>(kind)];
  if (index < own) {
    event.fields[index] = value;
  } else if (index == own) {
    event.entities = inside_array(value);
  } else {
    (index == own + 1 ? event.true_ms : event.device_ms) = value;
  }
  return Status::ok;
}

Status read_separated(EventKind kind, Text text, Event& event) {
  event.kind = kind;
  uint32_t start = 0;
  uint32_t index = 0;
  for (uint32_t at = 0; at <= text.size; ++at) {
    if (at < text.size && text[at] != kSeparator) continue;
    PISTE_TRY(place_field(kind, index++, text.part(start, at - start), event));
    start = at + 1;
  }
  return Status::ok;
}

Status read_json(EventKind kind, Text text, Event& event) {
  event.kind = kind;
  Members members(text);
  Text name;
  Text value;
  while (members.next(name, value)) PISTE_TRY(place_field(kind, index_of(kind, name), value, event));
  return Status::ok;
}

}  // namespace piste::bench
