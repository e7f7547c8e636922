// The date of HTTP headers, for `Retry-After`.
#ifndef PISTE_BASE_HTTP_DATE_H
#define PISTE_BASE_HTTP_DATE_H

#include "base/text.h"

namespace piste {

/// Reads an IMF-fixdate, as "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7), into Unix ms; -1 if `text` has
/// no month or number where that form has one. Weekday and punctuation are not looked at. The two obsolete forms are
/// not read: no server has sent them for decades.
double parse_http_date(Text text);

}  // namespace piste

#endif  // PISTE_BASE_HTTP_DATE_H
