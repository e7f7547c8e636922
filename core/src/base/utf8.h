// Tells whether bytes are UTF-8.
#ifndef PISTE_BASE_UTF8_H
#define PISTE_BASE_UTF8_H

#include "base/text.h"

namespace piste {

/// True if `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
#ifndef __EMSCRIPTEN__
bool is_utf8(Text text);
#else
/// JavaScript's TextEncoder gives nothing else: to check it again costs every visitor 130 bytes, and each event a loop.
constexpr bool is_utf8(Text) { return true; }
#endif

}  // namespace piste

#endif  // PISTE_BASE_UTF8_H
