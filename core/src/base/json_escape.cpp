// Escapes the inside of JSON strings. Hot, since JSON inside a payload is escaped byte by byte.
#include "base/json_escape.h"

namespace piste {

namespace {

constexpr uint32_t kChunkBytes = 512;
constexpr uint32_t kLongestEscape = 6;  // \u001f

/// The letter of the two-byte escape of a control character; 0 if it has none.
char short_escape(uint8_t byte) {
  constexpr char kLetters[] = "btn\0fr";  // U+0008 to U+000D; U+000B has none
  return byte >= 8 && byte <= 13 ? kLetters[byte - 8] : '\0';
}

char* write_escape(char* to, uint8_t byte) {
  *to++ = '\\';
  const char letter = byte >= 0x20 ? static_cast<char>(byte) : short_escape(byte);
  if (letter != '\0') {
    *to++ = letter;
    return to;
  }
  constexpr char kHex[] = "0123456789abcdef";
  memcpy(to, "u00", 3);
  to[3] = kHex[byte >> 4];
  to[4] = kHex[byte & 15];
  return to + 5;
}

}  // namespace

void append_json_escaped(Bytes& out, Text text) {
  for (uint32_t start = 0; start < text.size; start += kChunkBytes) {
    const uint32_t left = text.size - start;
    const uint32_t end = start + (left < kChunkBytes ? left : kChunkBytes);
    char* const first = out.reserve(kChunkBytes * kLongestEscape);
    if (first == nullptr) return;
    char* to = first;
    for (uint32_t i = start; i < end; ++i) {
      const auto byte = static_cast<uint8_t>(text[i]);
      if (byte < 0x20 || byte == '"' || byte == '\\') {
        to = write_escape(to, byte);
      } else {
        *to++ = static_cast<char>(byte);
      }
    }
    out.advance(static_cast<uint32_t>(to - first));
  }
}

}  // namespace piste
