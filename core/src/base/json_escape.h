// The inside of JSON strings.
#ifndef PISTE_BASE_JSON_ESCAPE_H
#define PISTE_BASE_JSON_ESCAPE_H

#include "base/bytes.h"

namespace piste {

/// Appends `text` as the inside of a JSON string (RFC 8259, section 7): `"`, `\` and control characters are escaped,
/// the rest is copied. `text` must not view `out`.
void append_json_escaped(Bytes& out, Text text);

}  // namespace piste

#endif  // PISTE_BASE_JSON_ESCAPE_H
