// One star leaves one way to match: what is before it at the beginning, what is behind it at the end.
#include "base/glob.h"

namespace piste {

namespace {

constexpr Text kGap = "**";

bool is_same(char a, char b) {
  if (a == b) return true;
  const auto folded = static_cast<uint8_t>(static_cast<uint8_t>(a) | 0x20U);
  return folded == static_cast<uint8_t>(static_cast<uint8_t>(b) | 0x20U) && folded >= 'a' && folded <= 'z';
}

}  // namespace

GlobMatch match_glob(Text pattern, Text text) {
  uint32_t head = 0;
  while (head < pattern.size && pattern[head] != '*') {
    if (head == text.size || !is_same(pattern[head], text[head])) return {};
    ++head;
  }
  if (head == pattern.size) return {head == text.size, false, 0, 0};
  const uint32_t tail = pattern.size - head - 1;
  if (head + tail > text.size) return {};
  const uint32_t end = text.size - tail;
  for (uint32_t i = 0; i < tail; ++i) {
    if (!is_same(pattern[head + 1 + i], text[end + i])) return {};
  }
  return {true, true, head, end};
}

PathPattern::PathPattern(Text text) : text_(text) {
  while (!text.empty()) {
    if (take_until(text, '/') == kGap) {
      has_gap_ = true;
    } else {
      ++(has_gap_ ? tail_count_ : head_count_);
    }
  }
}

bool PathPattern::fits(uint32_t segment_count) const {
  const uint32_t least = head_count_ + tail_count_;
  return has_gap_ ? segment_count >= least : segment_count == least;
}

Text PathPattern::part(uint32_t segment, uint32_t segment_count) const {
  const uint32_t left = segment_count - segment;
  const bool is_tail = left <= tail_count_;
  if (!is_tail && segment >= head_count_) return kGap;
  uint32_t before = is_tail ? head_count_ + 1 + tail_count_ - left : segment;
  Text rest = text_;
  while (before-- > 0) (void)take_until(rest, '/');
  return take_until(rest, '/');
}

}  // namespace piste
