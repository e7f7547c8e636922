// Percent encoding of query values.
#ifndef PISTE_BASE_PERCENT_H
#define PISTE_BASE_PERCENT_H

#include "base/bytes.h"

namespace piste {

/// Appends `text` as JavaScript's encodeURIComponent does (ECMA-262, section 19.2.6.4): letters, digits and `-_.!~*'()`
/// stay, every other byte of the UTF-8 becomes `%XX`. `text` must not view `out`.
void append_percent_encoded(Bytes& out, Text text);

}  // namespace piste

#endif  // PISTE_BASE_PERCENT_H
