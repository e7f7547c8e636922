// Patterns with a star, matched in linear time: no way to write one that is slow.
#ifndef PISTE_BASE_GLOB_H
#define PISTE_BASE_GLOB_H

#include "base/text.h"

namespace piste {

/// What a pattern says of a text: in a fitting one its star stands for the bytes from `start` up to `end`.
struct GlobMatch {
  bool fits = false;
  bool has_star = false;
  uint32_t start = 0;
  uint32_t end = 0;
};

/// Compares a whole text, ASCII letters in either case. The first `*` stands for any bytes or none, a further one for
/// itself.
GlobMatch match_glob(Text pattern, Text text);

/// A pattern for paths: parts with a slash between. A part is for one segment, and may have a star; `**` is for any
/// number of segments or none, once.
class PathPattern {
 public:
  /// `text`: without the first slash.
  explicit PathPattern(Text text);

  /// Whether it is for paths with so many segments.
  bool fits(uint32_t segment_count) const;
  /// Parts before `**`, and behind it; without it, all are before.
  uint32_t head_count() const { return head_count_; }
  uint32_t tail_count() const { return tail_count_; }
  /// The part for one of the segments of a path that fits.
  Text part(uint32_t segment, uint32_t segment_count) const;

 private:
  Text text_;
  uint32_t head_count_ = 0;
  uint32_t tail_count_ = 0;
  bool has_gap_ = false;
};

}  // namespace piste

#endif  // PISTE_BASE_GLOB_H
