// What the core asks of its host: the same numbers as piste_action and its kin, which abi/piste.cpp asserts.
#ifndef PISTE_ENGINE_ACTION_H
#define PISTE_ENGINE_ACTION_H

#include <stdint.h>

#include "base/bytes.h"

namespace piste {

/// See piste_action in piste.h.
enum class ActionKind : int32_t {
  idle = 0,
  wait,
  store,
  erase,
  send,
  claim_probe,
  yield_probe,
  set_state,
  session,
  draft
};

/// See piste_signal_kind in piste.h.
enum class Signal : int32_t {
  flush = 0,
  online,
  visible,
  leaving,
  close,
  gone,
  probe_granted,
  probe_lost,
  away,
  new_session,
  clear,
  clear_but_session,
  clear_but_user,
  clear_but_both,
  count
};

/// Outcomes that are not an HTTP status: see piste_outcome in piste.h.
enum class Outcome : int32_t { ok = 0, failed = -1, offline = -2 };

/// The numbers of an action: see piste_field in piste.h.
enum class Number : uint32_t {
  id = 0,
  wait_ms = 1,
  anonymous = 2,
  keepalive = 3,
  timeout_ms = 4,
  lasting = 9,
  why = 10,
  outcome = 11,
  count = 12
};

/// One action and its parts. Texts view the tracker.
struct Action {
  ActionKind kind = ActionKind::idle;
  double numbers[static_cast<uint32_t>(Number::count)] = {};
  Text url;
  Text body;
  Text row;
  Text state_value;
  double state = 0;
  double state_max_age_s = 0;

  void set(Number number, double value) { numbers[static_cast<uint32_t>(number)] = value; }
};

}  // namespace piste

#endif  // PISTE_ENGINE_ACTION_H
