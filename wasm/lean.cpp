// The tracker of the lean flavour. Its host makes an instance of the module for each tracker, so there is one, which
// stands in the module's data as it begins: to make it by code costs every visitor 160 bytes.
#include "abi/handle.h"

namespace {

[[clang::require_constant_initialization]] piste_tracker the_tracker;

}  // namespace

piste_tracker* piste_create(void) {
  the_tracker.tracker.begin();
  return &the_tracker;
}

/// It ends with its instance.
void piste_destroy(piste_tracker*) {}
