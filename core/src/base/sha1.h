// The start of a SHA-1 digest (RFC 3174), which names of cookies are made of. Not for secrets.
#ifndef PISTE_BASE_SHA1_H
#define PISTE_BASE_SHA1_H

#include <stdint.h>

#include "base/text.h"

namespace piste {

/// The first 32 bits of the digest of `text`: its first eight hexadecimal digits as a number.
uint32_t sha1_head(Text text);

}  // namespace piste

#endif  // PISTE_BASE_SHA1_H
