// Bits that are doubled when they are written.
#include "journal/marks.h"

namespace piste::native {

bool Marks::mark(uint32_t index) {
  if (index / 8 >= bits_.size()) bits_.resize(index / 8 + 1);
  const auto bit = static_cast<uint8_t>(1U << index % 8);
  if ((bits_[index / 8] & bit) != 0) return false;
  bits_[index / 8] |= bit;
  return true;
}

bool Marks::is_marked(uint32_t index) const {
  return index / 8 < bits_.size() && (bits_[index / 8] >> index % 8 & 1) != 0;
}

uint32_t Marks::count(uint32_t end) const {
  uint32_t count = 0;
  for (uint32_t i = 0; i < end; i++) count += is_marked(i) ? 1 : 0;
  return count;
}

void Marks::read(std::string_view text) {
  bits_.clear();
  const size_t last = text.find_last_not_of('\0');
  if (last == std::string_view::npos) return;
  bits_.resize(last / 2 + 1);
  for (size_t i = 0; i < bits_.size() && 2 * i + 1 < text.size(); i++) {
    bits_[i] = static_cast<uint8_t>(text[2 * i]) & static_cast<uint8_t>(text[2 * i + 1]);
  }
}

std::string Marks::text(uint32_t first, uint32_t last) const {
  std::string text;
  text.reserve((last / 8 - first / 8 + 1) * 2);
  for (uint32_t i = first / 8; i <= last / 8; i++) {
    text.append(2, i < bits_.size() ? static_cast<char>(bits_[i]) : '\0');
  }
  return text;
}

}  // namespace piste::native
