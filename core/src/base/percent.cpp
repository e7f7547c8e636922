// Which bytes stay is one bit each in a table of 128.
#include "base/percent.h"

#include "base/hex.h"

namespace piste {

namespace {

bool stays(uint8_t byte) {
  // Bit n of word w stands for the character 32 * w + n.
  constexpr uint32_t kUnreserved[] = {0, 0x03FF6782U, 0x87FFFFFEU, 0x47FFFFFEU};
  return byte < 0x80 && ((kUnreserved[byte >> 5] >> (byte & 31)) & 1U) != 0;
}

}  // namespace

void append_percent_encoded(Bytes& out, Text text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (uint32_t i = 0; i < text.size; ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    char* to = out.reserve(3);
    if (to == nullptr) return;
    if (stays(byte)) {
      *to = static_cast<char>(byte);
      out.advance(1);
      continue;
    }
    to[0] = '%';
    to[1] = kHex[byte >> 4];
    to[2] = kHex[byte & 15];
    out.advance(3);
  }
}

char read_percent(Text text, uint32_t& at, bool deep) {
  const char byte = text[at++];
  if (byte != '%') return byte;
  uint32_t digits = at;
  while (deep && digits + 1 < text.size && text[digits] == '2' && text[digits + 1] == '5') digits += 2;
  if (digits + 1 >= text.size) return byte;
  const uint32_t high = hex_value(text[digits]);
  const uint32_t low = hex_value(text[digits + 1]);
  if ((high | low) > 15) return byte;
  at = digits + 2;
  return static_cast<char>(high << 4 | low);
}

void append_percent_decoded(Bytes& out, Text text, bool deep) {
  for (uint32_t i = 0; i < text.size;) {
    const uint32_t start = i;
    while (i < text.size && text[i] != '%') ++i;
    out.append(text.part(start, i - start));
    if (i < text.size) out.push(read_percent(text, i, deep));
  }
}

}  // namespace piste
