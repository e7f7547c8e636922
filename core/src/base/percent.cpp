// Which bytes stay is one bit each in a table of 128.
#include "base/percent.h"

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

}  // namespace piste
