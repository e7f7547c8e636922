// Percent encoding of query values, both ways.
#ifndef PISTE_BASE_PERCENT_H
#define PISTE_BASE_PERCENT_H

#include "base/bytes.h"

namespace piste {

/// Appends `text` as JavaScript's encodeURIComponent does (ECMA-262, section 19.2.6.4): letters, digits and `-_.!~*'()`
/// stay, every other byte of the UTF-8 becomes `%XX`. `text` must not view `out`.
void append_percent_encoded(Bytes& out, Text text);

/// Gives the byte that `%XX` at `at` stands for, else the byte that is there; `at` moves behind it. `deep`: also if it
/// was encoded several times, as `%2540`. `at` is less than the size.
char read_percent(Text text, uint32_t& at, bool deep);

/// Appends all bytes of `text`, as read_percent() gives them.
void append_percent_decoded(Bytes& out, Text text, bool deep);

}  // namespace piste

#endif  // PISTE_BASE_PERCENT_H
