// Times as JSON: ISO 8601 in UTC, with milliseconds.
#ifndef PISTE_BASE_ISO_TIME_H
#define PISTE_BASE_ISO_TIME_H

#include "base/bytes.h"

namespace piste {

/// Appends `unix_ms` as `"2023-11-14T22:13:20.000Z"`, with the quotes. Bounds: from 1970 to the end of 9999; of later
/// years the last four digits.
void append_iso_time(Bytes& out, double unix_ms);

}  // namespace piste

#endif  // PISTE_BASE_ISO_TIME_H
