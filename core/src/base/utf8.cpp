// UTF-8 by its first byte: how many follow, and which range the second must be in (Unicode 15, table 3-7).
#include "base/utf8.h"

#ifndef __EMSCRIPTEN__

namespace piste {

namespace {

bool is_tail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// Size of the sequence at `at`, which does not start with ASCII; 0 if it is malformed.
uint32_t sequence_size(const uint8_t* at, uint32_t left) {
  const uint8_t lead = at[0];
  const uint32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (lead < 0xC2 || lead > 0xF4 || size > left) return 0;
  const uint8_t second = at[1];
  const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return 0;
  for (uint32_t i = 2; i < size; ++i) {
    if (!is_tail(at[i])) return 0;
  }
  return size;
}

}  // namespace

bool is_utf8(Text text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data);
  uint32_t i = 0;
  while (i < text.size) {
    uint32_t word = 0;
    while (i + 4 <= text.size && (memcpy(&word, bytes + i, 4), (word & 0x80808080U) == 0)) i += 4;
    if (i == text.size) break;
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    const uint32_t size = sequence_size(bytes + i, text.size - i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

}  // namespace piste

#endif  // __EMSCRIPTEN__
