// Hexadecimal digits, read.
#ifndef PISTE_BASE_HEX_H
#define PISTE_BASE_HEX_H

#include <stdint.h>

namespace piste {

/// The value of a hexadecimal digit of either case; 16 of anything else.
inline uint32_t hex_value(char digit) {
  const auto byte = static_cast<uint8_t>(digit);
  if (byte >= '0' && byte <= '9') return byte - '0';
  const uint32_t letter = (byte | 0x20U) - 'a';
  return letter < 6 ? letter + 10 : 16;
}

}  // namespace piste

#endif  // PISTE_BASE_HEX_H
