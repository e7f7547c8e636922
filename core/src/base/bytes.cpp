// Growth of a byte buffer: doubling, so that appending n bytes costs O(n).
#include "base/bytes.h"

#include <stdlib.h>

namespace piste {

namespace {
constexpr uint32_t kFirstCapacity = 256;
constexpr uint32_t kLargestCapacity = 1U << 30;
}  // namespace

Bytes::~Bytes() { free(data_); }

char* Bytes::reserve(uint32_t count) {
  if (count <= capacity_ - size_) return data_ + size_;
  uint32_t wanted = capacity_ == 0 ? kFirstCapacity : capacity_;
  while (wanted - size_ < count && wanted < kLargestCapacity) wanted *= 2;
  char* larger = wanted - size_ < count ? nullptr : static_cast<char*>(malloc(wanted));
  if (larger == nullptr) {
    failed_ = true;
    return nullptr;
  }
  if (size_ > 0) memcpy(larger, data_, size_);
  free(data_);
  data_ = larger;
  capacity_ = wanted;
  return data_ + size_;
}

void Bytes::append(Text text) {
  if (text.empty()) return;
  char* place = reserve(text.size);
  if (place == nullptr) return;
  memcpy(place, text.data, text.size);
  size_ += text.size;
}

void Bytes::push(char byte) {
  if (char* place = reserve(1)) {
    *place = byte;
    ++size_;
  }
}

void Bytes::swap(Bytes& other) {
  char place[sizeof(Bytes)];
  memcpy(place, static_cast<void*>(this), sizeof place);
  memcpy(static_cast<void*>(this), static_cast<void*>(&other), sizeof place);
  memcpy(static_cast<void*>(&other), place, sizeof place);
}

void append_field(Bytes& out, Text field) {
  // Every target is little-endian, as the sizes are.
  out.append({reinterpret_cast<const char*>(&field.size), sizeof field.size});
  out.append(field);
}

}  // namespace piste
