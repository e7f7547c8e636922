// What a handle of piste.h is.
#ifndef PISTE_ABI_HANDLE_H
#define PISTE_ABI_HANDLE_H

#include "engine/tracker.h"
#include "piste/piste.h"

struct piste_tracker {
  piste::Tracker tracker;
#ifndef __EMSCRIPTEN__
  piste::Bytes stats;
#endif
};

#endif  // PISTE_ABI_HANDLE_H
