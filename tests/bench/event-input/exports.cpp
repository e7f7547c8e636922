// What the page of `event-input` calls: each form ends in the same payload, assembled by the core.
#include <stdlib.h>
#include <new>

#include "forms.h"
#include "model/payload.h"
#include "piste/piste.h"

namespace {

using piste::Event;
using piste::EventKind;
using piste::Status;
using piste::Text;

constexpr uint32_t kMostFields = 9;

struct Bench {
  piste::Settings settings;
  piste::Page page;
  piste::Consent consent;
  piste::Bytes row;
  piste::Bytes scratch;
  piste::Bytes fields[kMostFields];
};

Bench* bench = nullptr;

Text text_at(const char* data, uint32_t size) { return {data, size}; }

/// The size of the payload, or of what was read when `assemble` is 0; 0 if the event could not be read.
uint32_t finish(Status status, const Event& event, const piste_moment* now, int32_t assemble) {
  if (status != Status::ok) return 0;
  if (assemble == 0) return event.fields[0].size + event.entities.size;
  bench->row.clear();
  bench->scratch.clear();
  const auto& moment = *reinterpret_cast<const piste::Moment*>(now);
  piste::append_payload(bench->row, bench->scratch, event,
                        {bench->settings, bench->page, bench->consent, {}, false, {}, false, false, moment});
  return bench->row.size();
}

}  // namespace

PISTE_API void bench_open(void) {
  bench = new (malloc(sizeof(Bench))) Bench;
  constexpr Text kValues[] = {"piste-0.1.0", "bench",    "shop", "web",           "1",        "UTF-8",
                              "en-US",       "1280x720", "24",   "Europe/Lisbon", "1280x720", "1280x720"};
  uint32_t key = 0;
  for (const Text value : kValues) (void)bench->settings.set(static_cast<piste::Key>(key++), value);
  (void)bench->settings.set(piste::Key::page_url, "https://shop.example.com/basket?step=3");
}

PISTE_API uint32_t bench_sized(int32_t kind, const char* buffer, uint32_t size, const piste_moment* now,
                               int32_t assemble) {
  Event event;
  return finish(read_event(static_cast<EventKind>(kind), text_at(buffer, size), event), event, now, assemble);
}

PISTE_API uint32_t bench_separated(int32_t kind, const char* buffer, uint32_t size, const piste_moment* now,
                                   int32_t assemble) {
  Event event;
  const Status status = piste::bench::read_separated(static_cast<EventKind>(kind), text_at(buffer, size), event);
  return finish(status, event, now, assemble);
}

PISTE_API uint32_t bench_json(int32_t kind, const char* buffer, uint32_t size, const piste_moment* now,
                              int32_t assemble) {
  Event event;
  const Status status = piste::bench::read_json(static_cast<EventKind>(kind), text_at(buffer, size), event);
  return finish(status, event, now, assemble);
}

PISTE_API void bench_field(uint32_t index, const char* buffer, uint32_t size) {
  bench->fields[index].assign(text_at(buffer, size));
}

PISTE_API uint32_t bench_fields_end(int32_t kind, uint32_t count, const piste_moment* now, int32_t assemble) {
  Event event;
  event.kind = static_cast<EventKind>(kind);
  Status status = Status::ok;
  for (uint32_t i = 0; i < count && status == Status::ok; ++i) {
    status = piste::bench::place_field(event.kind, i, bench->fields[i].text(), event);
  }
  return finish(status, event, now, assemble);
}

PISTE_API const char* bench_payload(void) { return bench->row.data(); }
