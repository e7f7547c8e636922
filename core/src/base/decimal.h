// Whole numbers as decimal text, both ways; and whether a text is a number at all.
#ifndef PISTE_BASE_DECIMAL_H
#define PISTE_BASE_DECIMAL_H

#include "base/bytes.h"

namespace piste {

/// Appends `whole`, rounded down to a whole number. Bounds: within ±2^53; what is beyond, and NaN, is written as 0.
void append_integer(Bytes& out, double whole);

/// True if `text` is one or more ASCII digits.
bool is_digits(Text text);

/// True if `text` is a JSON number (RFC 8259, section 6).
bool is_number(Text text);

/// Reads one or more ASCII digits; -1 if `text` is anything else or has more than 15 of them.
double parse_digits(Text text);

}  // namespace piste

#endif  // PISTE_BASE_DECIMAL_H
