// Escapes of six bytes are UTF-16; what is read is UTF-8.
#include "base/json_unescape.h"

#include "base/hex.h"

namespace piste {

namespace {

constexpr uint32_t kUnicodeBytes = 6;  // \u001f
constexpr uint32_t kReplacement = 0xFFFD;

/// The code unit of the escape at `at`; more than 16 bits if there is none.
uint32_t unit_at(Text text, uint32_t at) {
  if (text.size - at < kUnicodeBytes || text[at] != '\\' || text[at + 1] != 'u') return UINT32_MAX;
  uint32_t unit = 0;
  for (uint32_t i = at + 2; i < at + kUnicodeBytes; ++i) {
    const uint32_t digit = hex_value(text[i]);
    if (digit > 15) return UINT32_MAX;
    unit = unit << 4 | digit;
  }
  return unit;
}

void append_code_point(Bytes& out, uint32_t code) {
  const auto tail = [&out, code](uint32_t shift) { out.push(static_cast<char>(0x80 | (code >> shift & 0x3F))); };
  if (code < 0x80) return out.push(static_cast<char>(code));
  if (code < 0x800) {
    out.push(static_cast<char>(0xC0 | code >> 6));
    return tail(0);
  }
  if (code < 0x10000) {
    out.push(static_cast<char>(0xE0 | code >> 12));
  } else {
    out.push(static_cast<char>(0xF0 | code >> 18));
    tail(12);
  }
  tail(6);
  tail(0);
}

/// Appends what the escape at `at` of six bytes stands for, whose code unit is `unit`; gives how many bytes it took.
uint32_t append_unit(Bytes& out, Text text, uint32_t at, uint32_t unit) {
  const uint32_t low = unit >> 10 == 0x36 ? unit_at(text, at + kUnicodeBytes) : 0;
  const bool is_pair = low >> 10 == 0x37;
  const bool is_half = unit >> 11 == 0x1B;
  append_code_point(out, is_pair ? 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)) : is_half ? kReplacement : unit);
  return is_pair ? 2 * kUnicodeBytes : kUnicodeBytes;
}

char short_escape(char letter) {
  constexpr char kLetters[] = "btnfr";
  constexpr char kControls[] = "\b\t\n\f\r";
  for (uint32_t i = 0; i < sizeof kControls - 1; ++i) {
    if (kLetters[i] == letter) return kControls[i];
  }
  return letter;
}

}  // namespace

uint32_t json_string_end(Text json, uint32_t start) {
  for (uint32_t i = start; i < json.size; ++i) {
    if (json[i] == '"') return i;
    if (json[i] == '\\') ++i;
  }
  return json.size;
}

void append_json_unescaped(Bytes& out, Text inside) {
  for (uint32_t i = 0; i < inside.size;) {
    const uint32_t start = i;
    while (i < inside.size && inside[i] != '\\') ++i;
    // A backslash at the end is none that escapes.
    if (i + 1 >= inside.size) i = inside.size;
    out.append(inside.part(start, i - start));
    if (i == inside.size) return;
    const uint32_t unit = unit_at(inside, i);
    if (unit <= 0xFFFF) {
      i += append_unit(out, inside, i, unit);
    } else {
      out.push(short_escape(inside[i + 1]));
      i += 2;
    }
  }
}

}  // namespace piste
