// The client_session entity: iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2.
#ifndef PISTE_MODEL_CLIENT_SESSION_H
#define PISTE_MODEL_CLIENT_SESSION_H

#include "model/identity.h"

namespace piste {

/// What of an identity events carry.
struct IdentityView {
  const Identity* identity = nullptr;  ///< None: nothing of it.
  bool shows_user = true;              ///< Else the session only.
  bool has_entity = false;             ///< The client_session entity too.
  bool is_local = false;               ///< It is kept in localStorage, and not in a cookie.

  Text id(Identity::IdPlace place) const { return identity->ids[place].text(); }
  double number(Identity::NumberPlace place) const { return identity->numbers[place]; }
};

/// Appends the data of the entity: a JSON object, its members in the order in which the Snowplow browser tracker has
/// them.
void append_client_session(Bytes& out, const IdentityView& view);

}  // namespace piste

#endif  // PISTE_MODEL_CLIENT_SESSION_H
