// The inside of JSON strings, read: the way back from json_escape.h.
#ifndef PISTE_BASE_JSON_UNESCAPE_H
#define PISTE_BASE_JSON_UNESCAPE_H

#include "base/bytes.h"

namespace piste {

/// Gives where the JSON string ends whose inside begins at `start`: the place of its `"`, or the size of `json`.
uint32_t json_string_end(Text json, uint32_t start);

/// Appends what `inside`, of a JSON string, stands for (RFC 8259, section 7). Half a surrogate pair becomes U+FFFD, and
/// what is no escape the character itself.
void append_json_unescaped(Bytes& out, Text inside);

}  // namespace piste

#endif  // PISTE_BASE_JSON_UNESCAPE_H
