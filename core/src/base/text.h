// Text that somebody else owns: a pointer and a size in bytes. Stands in for std::string_view, which costs the wasm
// more.
#ifndef PISTE_BASE_TEXT_H
#define PISTE_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace piste {

/// A view of bytes, valid as long as what it views. Empty by default.
struct Text {
  const char* data = nullptr;
  uint32_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char* bytes, uint32_t count) : data(bytes), size(count) {}
  template <size_t N>
  constexpr Text(const char (&literal)[N]) : data(literal), size(N - 1) {}  // NOLINT(google-explicit-constructor)

  constexpr bool empty() const { return size == 0; }
  constexpr char operator[](uint32_t index) const { return data[index]; }
  constexpr char back() const { return data[size - 1]; }
  /// The part from `start` of `count` bytes; the caller stays within the bounds.
  constexpr Text part(uint32_t start, uint32_t count) const { return {data + start, count}; }
};

inline bool operator==(Text a, Text b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
inline bool starts_with(Text text, Text head) { return text.size >= head.size && text.part(0, head.size) == head; }

/// The place of the first `character`; the size if there is none.
inline uint32_t index_of(Text text, char character) {
  uint32_t i = 0;
  while (i < text.size && text[i] != character) ++i;
  return i;
}

/// Takes what is before the first `mark` off the beginning of `text`, or all of it, and the mark.
inline Text take_until(Text& text, char mark) {
  const uint32_t size = index_of(text, mark);
  const Text taken = text.part(0, size);
  const uint32_t passed = size < text.size ? size + 1 : size;
  text = text.part(passed, text.size - passed);
  return taken;
}

}  // namespace piste

#endif  // PISTE_BASE_TEXT_H
