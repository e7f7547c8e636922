// Version 4 UUIDs (RFC 9562, section 5.4) from entropy that the host gives.
#ifndef PISTE_BASE_UUID_H
#define PISTE_BASE_UUID_H

#include <stdint.h>

#include "base/text.h"

namespace piste {

/// The 36 characters of a UUID, lower-case.
struct Uuid {
  char characters[36];

  Text text() const { return {characters, sizeof characters}; }
};

/// Makes a UUID of 16 random bytes; six of their bits give way to version and variant.
Uuid make_uuid(const uint8_t (&entropy)[16]);

/// Makes the `index`-th further UUID out of `entropy`: see expand_entropy().
Uuid make_further_uuid(const uint8_t (&entropy)[16], uint32_t index);

/// Makes the `index`-th further set of 16 bytes out of `entropy` into `out`, for calls that need more than one id.
/// Different for each index; not for secrets.
void expand_entropy(const uint8_t (&entropy)[16], uint32_t index, uint8_t (&out)[16]);

}  // namespace piste

#endif  // PISTE_BASE_UUID_H
