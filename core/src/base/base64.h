// Base64url without padding (RFC 4648, section 5), the form of `ue_px` and `cx`.
#ifndef PISTE_BASE_BASE64_H
#define PISTE_BASE_BASE64_H

#include "base/bytes.h"

namespace piste {

/// Appends `text` encoded. `text` must not view `out`.
void append_base64url(Bytes& out, Text text);

/// Appends what was encoded, with either alphabet of RFC 4648, padded or not. What is no base64 is passed over.
void append_base64url_decoded(Bytes& out, Text text);

}  // namespace piste

#endif  // PISTE_BASE_BASE64_H
