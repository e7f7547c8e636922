// Forms in which an event can cross into the wasm. For the benchmark `event-input` only.
#ifndef PISTE_TESTS_BENCH_EVENT_INPUT_FORMS_H
#define PISTE_TESTS_BENCH_EVENT_INPUT_FORMS_H

#include "model/event.h"

namespace piste::bench {

/// One text for all fields, 0x1f between them, in the order of piste_track().
Status read_separated(EventKind kind, Text text, Event& event);

/// One JSON object whose members are the fields. Escapes in strings are left as they are.
Status read_json(EventKind kind, Text text, Event& event);

/// Puts the field that stands at `index` in the order of piste_track() into its place.
Status place_field(EventKind kind, uint32_t index, Text value, Event& event);

}  // namespace piste::bench

#endif  // PISTE_TESTS_BENCH_EVENT_INPUT_FORMS_H
