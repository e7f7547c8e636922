// An address without what may tell whose page it is.
#ifndef PISTE_MODEL_BARE_URL_H
#define PISTE_MODEL_BARE_URL_H

#include "base/bytes.h"
#include "base/text.h"

namespace piste {

/// Appends `url` without its fragment, and of its query (RFC 3986, section 3) what campaigns are known by, as it stands
/// there: the parameters whose names begin with `utm_`. `out` must be checked with ok() afterwards.
void append_bare_url(Bytes& out, Text url);

}  // namespace piste

#endif  // PISTE_MODEL_BARE_URL_H
