// Reads and checks events. What passes here makes a payload that a collector can accept.
#include "model/event.h"

#include "base/decimal.h"
#include "base/field_reader.h"
#include "base/utf8.h"

namespace piste {

namespace {

/// What is true of a kind of event: how many fields, and by bit which of them are required and which are numbers.
struct Shape {
  uint8_t field_count;
  uint8_t required;
  uint8_t numbers;
};

constexpr Shape kShapes[] = {
    {1, 0, 0},           {5, 0b11, 0b10000},     {2, 0b11, 0}, {5, 0, 0b11110},
#ifndef PISTE_LEAN
    {9, 0b101, 0b11100}, {7, 0b10011, 0b110000}, {0, 0, 0},
#endif
};

Status next_field(FieldReader& reader, Text& to) {
  to = reader.next();
  if (reader.failed()) return Status::malformed_event;
  return is_utf8(to) ? Status::ok : Status::invalid_utf8;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

Text trimmed(Text text) {
  while (!text.empty() && is_space(text[0])) text = text.part(1, text.size - 1);
  while (!text.empty() && is_space(text.back())) --text.size;
  return text;
}

}  // namespace

Status open_array(Text& array) {
  array = trimmed(array);
  if (array.empty()) return Status::ok;
  if (array.size < 2 || array[0] != '[' || array.back() != ']') return Status::malformed_event;
  array = trimmed(array.part(1, array.size - 2));
  return Status::ok;
}

#ifdef PISTE_CONSENT
bool read_purposes(Text digits, uint8_t& purposes) {
  uint8_t read = 0;
  for (uint32_t i = 0; i < digits.size; ++i) {
    const auto purpose = static_cast<uint32_t>(digits[i] - '0');
    if (purpose >= kMaxPurposes) return false;
    read |= set_of(purpose);
  }
  if (!digits.empty()) purposes = read;
  return true;
}
#endif

namespace {

Status check_fields(const Shape& shape, const Event& event) {
  for (uint32_t i = 0; i < shape.field_count; ++i) {
    if ((shape.required >> i & 1) != 0 && event.fields[i].empty()) return Status::missing_field;
  }
  if (event.kind == EventKind::self_describing) {
    const char first = event.fields[field::kData][0];
    if (first != '{' && first != '[') return Status::malformed_event;
  }
  for (uint32_t i = 0; i < shape.field_count; ++i) {
    const bool is_checked = (shape.numbers >> i & 1) != 0 && !event.fields[i].empty();
    if (is_checked && !is_number(event.fields[i])) return Status::invalid_number;
  }
  const bool times_are_digits =
      (event.true_ms.empty() || is_digits(event.true_ms)) && (event.device_ms.empty() || is_digits(event.device_ms));
  return times_are_digits ? Status::ok : Status::invalid_number;
}

/// The priority that the event asks for, or that its kind has.
Status read_priority(Text value, Event& event) {
  if (value.empty()) {
    event.priority = event.kind == EventKind::page_ping ? Priority::low : Priority::normal;
    return Status::ok;
  }
  return value.size == 1 && priority_of(value[0], event.priority) ? Status::ok : Status::malformed_event;
}

#ifdef PISTE_CONSENT
Status read_set(FieldReader& reader, uint8_t& purposes) {
  Text digits;
  PISTE_TRY(next_field(reader, digits));
  return read_purposes(digits, purposes) ? Status::ok : Status::malformed_event;
}

/// What may follow what every kind of event has: its purposes, and entities with purposes of their own.
Status read_consent(FieldReader& reader, Event& event) {
  if (!reader.at_end()) PISTE_TRY(read_set(reader, event.purposes));
#ifdef PISTE_FULL_CONSENT
  event.guarded = reader.rest();
  while (!reader.at_end()) {
    uint8_t purposes = 0;
    Text array;
    PISTE_TRY(read_set(reader, purposes));
    PISTE_TRY(next_field(reader, array));
    PISTE_TRY(open_array(array));
  }
#endif
  return Status::ok;
}
#endif

}  // namespace

Status read_event(EventKind kind, Text buffer, Event& event) {
  const Shape& shape = kShapes[static_cast<uint32_t>(kind)];
  FieldReader reader(buffer);
  Text priority;
  event.kind = kind;
  for (uint32_t i = 0; i < shape.field_count; ++i) PISTE_TRY(next_field(reader, event.fields[i]));
  Text* const common[] = {&event.entities, &event.true_ms, &event.device_ms, &priority};
  for (Text* to : common) PISTE_TRY(next_field(reader, *to));
  PISTE_TRY(read_priority(priority, event));
  PISTE_TRY(open_array(event.entities));
#ifdef PISTE_CONSENT
  PISTE_TRY(read_consent(reader, event));
#endif
  if (!reader.at_end()) return Status::malformed_event;
  return check_fields(shape, event);
}

#ifdef PISTE_FULL_CONSENT
uint8_t read_guard(Text digits) {
  uint8_t purposes = set_of(kNecessary);
  (void)read_purposes(digits, purposes);
  return purposes;
}

void append_event(Bytes& out, const Event& event) {
  const uint32_t count = kShapes[static_cast<uint32_t>(event.kind)].field_count;
  for (uint32_t i = 0; i < count; ++i) append_field(out, event.fields[i]);
  const uint32_t array_size = event.entities.size + 2;
  out.append({reinterpret_cast<const char*>(&array_size), sizeof array_size});
  out.push('[');
  out.append(event.entities);
  out.push(']');
  append_field(out, event.true_ms);
  append_field(out, event.device_ms);
  const char priority = static_cast<char>('0' + static_cast<int>(event.priority));
  append_field(out, {&priority, 1});
  char digits[kMaxPurposes];
  uint32_t digit_count = 0;
  for (uint32_t purpose = 0; purpose < kMaxPurposes; ++purpose) {
    if ((event.purposes & set_of(purpose)) != 0) digits[digit_count++] = static_cast<char>('0' + purpose);
  }
  append_field(out, {digits, digit_count});
  out.append(event.guarded);
}
#endif

}  // namespace piste
