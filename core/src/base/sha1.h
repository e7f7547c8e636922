// The start of a SHA-1 digest (RFC 3174), which names of cookies are made of, and what stands for
// personal data. Not for secrets.
#ifndef PISTE_BASE_SHA1_H
#define PISTE_BASE_SHA1_H

#include <stdint.h>

#include "base/text.h"

namespace piste {

/// 32 bits of the digest of `text`: eight of its hexadecimal digits as a number, the first ones if `word` is 0, those
/// that follow if it is 1, and so on up to 4.
uint32_t sha1_head(Text text, uint32_t word = 0);

}  // namespace piste

#endif  // PISTE_BASE_SHA1_H
