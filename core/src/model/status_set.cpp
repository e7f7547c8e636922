// One walk over the list. A number counts where it ends: one of more digits is none of its beginnings.
#include "model/status_set.h"

namespace piste {

namespace {

constexpr uint32_t kNoDigit = 10;

}  // namespace

void StatusSet::read(Text list) {
  memset(has_, 0, sizeof has_);
  uint32_t status = 0;
  for (uint32_t i = 0; i <= list.size; ++i) {
    const uint32_t digit = i < list.size ? static_cast<uint32_t>(list[i] - '0') : kNoDigit;
    if (digit < kNoDigit) {
      // From kEnd on it is too large, however it goes on.
      if (status < kEnd) status = status * 10 + digit;
      continue;
    }
    if (status >= kFirst && status < kEnd) has_[status] = true;
    status = 0;
  }
}

}  // namespace piste
