// Parts begin with the record separator of RFC 7464, which no JSON has: the first, which needs nothing, has none.
#include "model/attached.h"

#include "model/event.h"

#ifdef PISTE_FULL_CONSENT

namespace piste {

namespace {

constexpr char kMark = '\x1e';

Text take_digits(Text& text) {
  uint32_t size = 0;
  while (size < text.size && text[size] >= '0' && text[size] <= '9') ++size;
  const Text digits = text.part(0, size);
  text = text.part(size, text.size - size);
  return digits;
}

}  // namespace

AttachedPart take_attached(Text& value) {
  Text entities = take_until(value, kMark);
  AttachedPart part{};
  (void)read_purposes(take_digits(entities), part.purposes);
  part.entities = entities;
  return part;
}

bool is_attached(Text value) {
  (void)take_until(value, kMark);
  while (!value.empty()) {
    Text entities = take_until(value, kMark);
    const Text digits = take_digits(entities);
    uint8_t purposes = 0;
    if (digits.empty() || !read_purposes(digits, purposes) || entities.empty() || entities[0] != '{') return false;
  }
  return true;
}

}  // namespace piste

#endif  // PISTE_FULL_CONSENT
