// Written for few bytes of code: it runs once for a tracker.
#include "base/sha1.h"

namespace piste {

namespace {

constexpr uint32_t kBlockBytes = 64;
constexpr uint32_t kRounds = 80;
constexpr uint32_t kConstants[] = {0x5A827999U, 0x6ED9EBA1U, 0x8F1BBCDCU, 0xCA62C1D6U};

uint32_t rotate(uint32_t word, uint32_t by) { return (word << by) | (word >> (32 - by)); }

/// The byte at `at` of the padded message of `blocks` blocks; messages of 2^28 bytes and more are not for this.
uint32_t byte_at(Text text, uint32_t at, uint32_t blocks) {
  if (at < text.size) return static_cast<uint8_t>(text[at]);
  if (at == text.size) return 0x80;
  const uint32_t left = blocks * kBlockBytes - at;
  return left <= 4 ? (text.size * 8) >> (8 * (left - 1)) & 0xFF : 0;
}

uint32_t mix(uint32_t round, uint32_t b, uint32_t c, uint32_t d) {
  const uint32_t quarter = round / 20;
  if (quarter == 0) return (b & c) | (~b & d);
  if (quarter == 2) return (b & c) | (b & d) | (c & d);
  return b ^ c ^ d;
}

}  // namespace

uint32_t sha1_head(Text text, uint32_t word) {
  uint32_t state[] = {0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  const uint32_t blocks = (text.size + 8) / kBlockBytes + 1;
  for (uint32_t block = 0; block < blocks; ++block) {
    uint32_t words[kRounds];
    uint32_t now[5];
    memcpy(now, state, sizeof now);
    for (uint32_t i = 0; i < kRounds; ++i) {
      uint32_t input = 0;
      for (uint32_t byte = 0; byte < 4 && i < 16; ++byte) {
        input = input << 8 | byte_at(text, block * kBlockBytes + i * 4 + byte, blocks);
      }
      if (i >= 16) input = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
      words[i] = input;
      input += rotate(now[0], 5) + mix(i, now[1], now[2], now[3]) + now[4] + kConstants[i / 20];
      memmove(now + 1, now, 4 * sizeof now[0]);
      now[2] = rotate(now[2], 30);
      now[0] = input;
    }
    for (uint32_t place = 0; place < 5; ++place) state[place] += now[place];
  }
  return state[word];
}

}  // namespace piste
