// The options of a tracker: the same numbers as piste_key, which abi/piste.cpp asserts.
#ifndef PISTE_MODEL_KEY_H
#define PISTE_MODEL_KEY_H

#include <stdint.h>

namespace piste {

/// See piste_key in piste.h for the meaning of each value. Those up to post_path are texts, those from base64 on
/// numbers; but identity_state and session_state are what stands outside (policy/session.h), and the three behind them
/// texts again. final_statuses and the one before are lists; consent is kept in model/consent.h,
/// firewall in model/firewall_rules.h, and held_names in engine/tracker.h.
enum class Key : uint32_t {
  tracker_version = 0,
  name_space,
  app_id,
  platform,
  cookies_enabled,
  charset,
  language,
  resolution,
  color_depth,
  timezone,
  viewport,
  document_size,
  user_id,
  page_referrer,
  page_url,
  page_title,
  collector,
  post_path,
  method,
  base64,
  anonymous,
  web_page,
  ping_first_ms,
  ping_every_ms,
  batch_bytes,
  batch_wait_ms,
  timeout_ms,
  keepalive_taken,
  identity,
  anonymity,
  session_entity,
  user_lifetime_s,
  session_timeout_s,
  identity_state,
  session_state,
  entities,
  custom_title,
  page_view_id,
  batch_events,
  opted_out,
  pings_told,
  activity_first_ms,
  activity_every_ms,
  keep_activity,
  retry_failed,
  retried_statuses,
  final_statuses,
  consent,
  firewall,
  held_names,
  count,
};

}  // namespace piste

#endif  // PISTE_MODEL_KEY_H
