// CRC-32C, eight bytes at a time.
#include "journal/crc32c.h"

#include <string.h>

namespace piste::native {
namespace {

constexpr uint32_t kPolynomial = 0x82F63B78;

struct Tables {
  uint32_t of[8][256];
};

/// of[0] is the remainder of a byte, of[n] that of the byte with n zero bytes behind it.
constexpr Tables make_tables() {
  Tables tables{};
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t rest = i;
    for (int bit = 0; bit < 8; bit++) rest = (rest >> 1) ^ ((rest & 1) != 0 ? kPolynomial : 0);
    tables.of[0][i] = rest;
  }
  for (int n = 1; n < 8; n++) {
    for (uint32_t i = 0; i < 256; i++) {
      const uint32_t before = tables.of[n - 1][i];
      tables.of[n][i] = (before >> 8) ^ tables.of[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

uint32_t byte_by_byte(uint32_t crc, const uint8_t* at, const uint8_t* end) {
  for (; at != end; at++) crc = (crc >> 8) ^ kTables.of[0][(crc ^ *at) & 0xFF];
  return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t crc32c_by_instruction(const uint8_t* at, size_t size) {
  uint64_t crc = 0xFFFFFFFF;
  for (; size >= 8; at += 8, size -= 8) {
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    crc = __builtin_ia32_crc32di(crc, word);
  }
  auto rest = static_cast<uint32_t>(crc);
  for (; size > 0; at++, size--) rest = __builtin_ia32_crc32qi(rest, *at);
  return ~rest;
}
#endif

}  // namespace

uint32_t crc32c_by_table(const void* bytes, size_t size) {
  const auto* at = static_cast<const uint8_t*>(bytes);
  const uint8_t* const end = at + size;
  uint32_t crc = 0xFFFFFFFF;
  for (; end - at >= 8; at += 8) {
    crc ^= at[0] | at[1] << 8 | at[2] << 16 | static_cast<uint32_t>(at[3]) << 24;
    crc = kTables.of[7][crc & 0xFF] ^ kTables.of[6][crc >> 8 & 0xFF] ^ kTables.of[5][crc >> 16 & 0xFF] ^
          kTables.of[4][crc >> 24] ^ kTables.of[3][at[4]] ^ kTables.of[2][at[5]] ^ kTables.of[1][at[6]] ^
          kTables.of[0][at[7]];
  }
  return ~byte_by_byte(crc, at, end);
}

uint32_t crc32c(const void* bytes, size_t size) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2")) return crc32c_by_instruction(static_cast<const uint8_t*>(bytes), size);
#endif
  return crc32c_by_table(bytes, size);
}

}  // namespace piste::native
