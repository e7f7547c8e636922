// The one place that trusts sizes written by a host, hence the one that checks them.
#include "base/field_reader.h"

namespace piste {

Text FieldReader::next() {
  uint32_t size = 0;
  if (failed_ || rest_.size < sizeof size) {
    failed_ = true;
    return {};
  }
  // Every target is little-endian: wasm by definition, the native ones by an assertion in abi/piste.cpp.
  memcpy(&size, rest_.data, sizeof size);
  rest_ = rest_.part(sizeof size, rest_.size - sizeof size);
  if (size > rest_.size) {
    failed_ = true;
    return {};
  }
  const Text field = rest_.part(0, size);
  rest_ = rest_.part(size, rest_.size - size);
  return field;
}

}  // namespace piste
