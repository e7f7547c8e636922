// The entities that every event carries: the parts of PISTE_KEY_ENTITIES.
#ifndef PISTE_MODEL_ATTACHED_H
#define PISTE_MODEL_ATTACHED_H

#include "base/status.h"
#include "base/text.h"

namespace piste {

/// Entities that need the same purposes. Views the value of the key.
struct AttachedPart {
  uint8_t purposes;  ///< By bit. 0: none besides those of the event.
  Text entities;     ///< Objects with commas between them; may be empty.
};

/// Takes the first part off `value`, which must not be empty.
AttachedPart take_attached(Text& value);

/// Whether `value` is what take_attached() reads: behind each mark purposes and an object.
bool is_attached(Text value);

}  // namespace piste

#endif  // PISTE_MODEL_ATTACHED_H
