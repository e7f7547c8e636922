// The ledger as text. Native only: in the wasm names are bytes that every visitor would pay.
#ifndef PISTE_ABI_STATS_TEXT_H
#define PISTE_ABI_STATS_TEXT_H

#include "engine/tracker.h"

namespace piste {

/// Writes the statistics of `tracker` as JSON (docs/reference.md, "Statistics") into `out`, and gives that; no text if
/// memory ran out.
Text write_stats(Bytes& out, const Tracker& tracker);

}  // namespace piste

#endif  // PISTE_ABI_STATS_TEXT_H
