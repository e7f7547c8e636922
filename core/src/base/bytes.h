// A growing buffer of bytes. Stands in for std::string, which costs the wasm 1.3 kB more.
#ifndef PISTE_BASE_BYTES_H
#define PISTE_BASE_BYTES_H

#include <stdint.h>

#include "base/text.h"

namespace piste {

/// Appends only. When memory runs out it stays as it is and says so for good: check ok() once, at the end.
class Bytes {
 public:
  Bytes() = default;
  ~Bytes();
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  /// Forgets the content and an earlier failure; keeps the memory.
  void clear() {
    size_ = 0;
    failed_ = false;
  }
  /// Makes room for `count` more bytes and gives the place to write them; null when memory ran out. Follow by
  /// advance().
  char* reserve(uint32_t count);
  /// Takes `count` bytes, written where reserve() said, into the content.
  void advance(uint32_t count) { size_ += count; }
  void append(Text text);
  void push(char byte);
  /// Replaces the content. `text` must not view this buffer.
  void assign(Text text) {
    clear();
    append(text);
  }
  /// Takes the last byte off; the buffer must not be empty.
  void pop() { --size_; }
  /// Forgets the content from `size` on.
  void shorten(uint32_t size) { size_ = size; }
  /// Changes places with another buffer. Needs no memory.
  void swap(Bytes& other);

  bool ok() const { return !failed_; }
  uint32_t size() const { return size_; }
  const char* data() const { return data_; }
  Text text() const { return {data_, size_}; }

 private:
  char* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
  bool failed_ = false;
};

/// Appends a field as FieldReader reads it: its size, then its bytes.
void append_field(Bytes& out, Text field);

}  // namespace piste

#endif  // PISTE_BASE_BYTES_H
