// What the core asks of its host: the same numbers as piste_action and its kin, which abi/piste.cpp asserts.
#ifndef PISTE_ENGINE_ACTION_H
#define PISTE_ENGINE_ACTION_H

#include <stdint.h>

#include "base/bytes.h"

namespace piste {

/// See piste_action in piste.h.
enum class ActionKind : int32_t { idle = 0, wait, store, erase, send };

/// See piste_signal_kind in piste.h.
enum class Signal : int32_t { flush = 0, online, visible, leaving, close, count };

/// Outcomes that are not an HTTP status: see piste_outcome in piste.h.
enum class Outcome : int32_t { ok = 0, failed = -1, offline = -2 };

/// One action and its parts. Texts view the tracker.
struct Action {
  ActionKind kind = ActionKind::idle;
  double id = 0;
  double wait_ms = 0;
  bool anonymous = false;
  bool keepalive = false;
  Text url;
  Text body;
  Text row;
};

}  // namespace piste

#endif  // PISTE_ENGINE_ACTION_H
