// Three bytes become four characters; the rest at the end is not padded.
#include "base/base64.h"

namespace piste {

namespace {

constexpr uint32_t kNoSextet = 64;

uint32_t sextet_of(char character) {
  const auto byte = static_cast<uint8_t>(character);
  const uint32_t letter = (byte | 0x20U) - 'a';
  if (byte >= 'A' && letter < 26) return letter + (byte >= 'a' ? 26 : 0);
  if (byte >= '0' && byte <= '9') return byte - '0' + 52U;
  if (byte == '+' || byte == '-') return 62;
  return byte == '/' || byte == '_' ? 63 : kNoSextet;
}

}  // namespace

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

void append_base64url_decoded(Bytes& out, Text text) {
  uint32_t bits = 0;
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.size; ++i) {
    const uint32_t sextet = sextet_of(text[i]);
    if (sextet == kNoSextet) continue;
    bits = bits << 6 | sextet;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push(static_cast<char>(bits >> count));
  }
}

}  // namespace piste
