// One walk over the list. The first two digits of a status are put down, too: no collector answers with such a number.
#include "model/status_set.h"

namespace piste {

void StatusSet::read(Text list) {
  memset(has_, 0, sizeof has_);
  uint32_t status = 0;
  for (uint32_t i = 0; i < list.size; ++i) {
    const auto digit = static_cast<uint32_t>(list[i] - '0');
    status = digit < 10 ? status * 10 + digit : 0;
    if (digit < 10 && status < kEnd) has_[status] = true;
  }
}

}  // namespace piste
