// Three bytes become four characters; the rest at the end is not padded.
#include "base/base64.h"

namespace piste {

void append_base64url(Bytes& out, Text text) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  char* const first = out.reserve((text.size / 3 + 1) * 4);
  if (first == nullptr) return;
  const auto* from = reinterpret_cast<const uint8_t*>(text.data);
  char* to = first;
  uint32_t left = text.size;
  for (; left >= 3; left -= 3, from += 3) {
    *to++ = kAlphabet[from[0] >> 2];
    *to++ = kAlphabet[(from[0] & 3) << 4 | from[1] >> 4];
    *to++ = kAlphabet[(from[1] & 15) << 2 | from[2] >> 6];
    *to++ = kAlphabet[from[2] & 63];
  }
  if (left > 0) {
    const uint32_t second = left == 2 ? from[1] : 0;
    *to++ = kAlphabet[from[0] >> 2];
    *to++ = kAlphabet[(from[0] & 3) << 4 | second >> 4];
    if (left == 2) *to++ = kAlphabet[(second & 15) << 2];
  }
  out.advance(static_cast<uint32_t>(to - first));
}

}  // namespace piste
