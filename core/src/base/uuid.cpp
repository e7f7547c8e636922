// Hexadecimal with four hyphens, and a small mixer for further ids.
#include "base/uuid.h"

namespace piste {

Uuid make_uuid(const uint8_t (&entropy)[16]) {
  constexpr char kHex[] = "0123456789abcdef";
  Uuid uuid;
  char* to = uuid.characters;
  for (uint32_t i = 0; i < sizeof entropy; ++i) {
    uint8_t byte = entropy[i];
    if (i == 6) byte = static_cast<uint8_t>((byte & 0x0F) | 0x40);
    if (i == 8) byte = static_cast<uint8_t>((byte & 0x3F) | 0x80);
    if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
    *to++ = kHex[byte >> 4];
    *to++ = kHex[byte & 15];
  }
  return uuid;
}

void expand_entropy(const uint8_t (&entropy)[16], uint32_t index, uint8_t (&out)[16]) {
  for (uint32_t lane = 0; lane < 4; ++lane) {
    uint32_t word = 0;
    memcpy(&word, entropy + lane * 4, sizeof word);
    // The finaliser of MurmurHash3: a bijection of 32 bits, so different words stay different.
    word += (index + 1) * 0x9E3779B9U;
    word = (word ^ (word >> 16)) * 0x85EBCA6BU;
    word = (word ^ (word >> 13)) * 0xC2B2AE35U;
    word ^= word >> 16;
    memcpy(out + lane * 4, &word, sizeof word);
  }
}

Uuid make_further_uuid(const uint8_t (&entropy)[16], uint32_t index) {
  uint8_t further[16];
  expand_entropy(entropy, index, further);
  return make_uuid(further);
}

}  // namespace piste
