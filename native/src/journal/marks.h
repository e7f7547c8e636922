// Which rows of a segment are done: a bit each in memory, two bits each on disk.
#ifndef PISTE_NATIVE_JOURNAL_MARKS_H
#define PISTE_NATIVE_JOURNAL_MARKS_H

#include <stddef.h>
#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

namespace piste::native {

/// On disk each byte stands twice, and a row is done where both say so: one damaged byte may repeat rows, and lose
/// none.
class Marks {
 public:
  /// Marks a row; false if it was marked before. Throws std::bad_alloc, without effect.
  bool mark(uint32_t index);
  bool is_marked(uint32_t index) const;
  /// How many of the rows before `end` are marked.
  uint32_t count(uint32_t end) const;

  /// Reads what `text()` wrote, or a longer text with zeroes at its end.
  void read(std::string_view text);
  /// The bytes on disk for rows from `first` to `last`, both included; they begin at `offset_of(first)`.
  std::string text(uint32_t first, uint32_t last) const;
  /// From the beginning of the marks.
  static uint32_t offset_of(uint32_t index) { return index / 8 * 2; }

 private:
  std::vector<uint8_t> bits_;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_MARKS_H
