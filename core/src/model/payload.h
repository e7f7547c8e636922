// Turns an event into a payload: which keys, in which order, with which values (protocol facts, sections 1.1 to 1.5).
#ifndef PISTE_MODEL_PAYLOAD_H
#define PISTE_MODEL_PAYLOAD_H

#include "base/moment.h"
#include "model/client_session.h"
#include "model/consent.h"
#include "model/event.h"
#include "model/page.h"
#include "model/payload_writer.h"
#include "model/settings.h"

namespace piste {

/// Everything that a payload is made of besides its event.
struct Surroundings {
  const Settings& settings;
  Page& page;
  const Consent& consent;
  IdentityView visitor;
  bool is_impersonal;  ///< Nothing must show the visitor: see payload_fields.def.
  Text event_id;
  bool query;   ///< Whether the payload is a query string.
  bool base64;  ///< Whether its JSON is encoded.
  const Moment& now;
};

/// Appends the payload of `event` to `out`. `scratch` is overwritten. Both must be checked with ok() afterwards.
void append_payload(Bytes& out, Bytes& scratch, const Event& event, const Surroundings& around);

}  // namespace piste

#endif  // PISTE_MODEL_PAYLOAD_H
