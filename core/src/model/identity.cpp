// The text is ten fields with dots between them, none of them escaped.
#include "model/identity.h"

#include "base/decimal.h"

namespace piste {

namespace {

constexpr uint32_t kFieldCount = 10;
/// Which fields are ids, by bit.
constexpr uint32_t kIdFields = 1U << 0 | 1U << 5 | 1U << 6 | 1U << 7;

bool is_id(uint32_t field) { return (kIdFields >> field & 1) != 0; }

/// Takes the text before the next dot off `text`.
Text next_field(Text& text) {
  uint32_t size = 0;
  while (size < text.size && text[size] != '.') ++size;
  const Text field = text.part(0, size);
  if (size < text.size) ++size;
  text = text.part(size, text.size - size);
  // Trackers of old wrote this for what was not there.
  return field == Text("undefined") ? Text() : field;
}

}  // namespace

void Id::assign(Text text) {
  size = 0;
  if (text.size > kMaxIdBytes) return;
  for (uint32_t i = 0; i < text.size; ++i) {
    const char c = text[i];
    if (c <= ' ' || c > '~' || c == '"' || c == '\\') return;
    characters[i] = c;
  }
  size = static_cast<uint8_t>(text.size);
}

void read_identity(Text text, Identity& identity) {
  const double session_index = identity.numbers[Identity::session_index];
  Id* id = identity.ids;
  double* number = identity.numbers;
  for (uint32_t field = 0; field < kFieldCount; ++field) {
    const Text value = next_field(text);
    if (is_id(field)) {
      (id++)->assign(value);
    } else {
      const double read = parse_digits(value);
      *number++ = read < 0 ? kMissing : read;
    }
  }
  double& read_index = identity.numbers[Identity::session_index];
  if (read_index == kMissing) read_index = session_index;
}

void append_identity(Bytes& out, const Identity& identity) {
  const Id* id = identity.ids;
  const double* number = identity.numbers;
  for (uint32_t field = 0; field < kFieldCount; ++field) {
    if (field > 0) out.push('.');
    if (is_id(field)) {
      out.append((id++)->text());
      continue;
    }
    if (*number != kMissing || field == kFieldCount - 1) append_integer(out, *number);
    ++number;
  }
}

}  // namespace piste
