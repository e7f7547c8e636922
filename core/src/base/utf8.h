// Tells whether bytes are UTF-8.
#ifndef PISTE_BASE_UTF8_H
#define PISTE_BASE_UTF8_H

#include "base/text.h"

namespace piste {

/// True if `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(Text text);

}  // namespace piste

#endif  // PISTE_BASE_UTF8_H
