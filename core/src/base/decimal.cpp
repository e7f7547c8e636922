// Decimal text without 64-bit integers, which the plain-JavaScript build of the core would pay for dearly.
#include "base/decimal.h"

namespace piste {

namespace {

constexpr double kLargest = 9007199254740992.0;  // 2^53
constexpr double kHalf = 100000000.0;            // splits 16 digits into two halves that fit 32 bits
constexpr uint32_t kMostDigits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

uint32_t skip_digits(Text text, uint32_t at) {
  while (at < text.size && is_digit(text[at])) ++at;
  return at;
}

/// Writes `value` backwards, ending before `end`, with at least `least` digits; returns the first.
char* write_backwards(char* end, uint32_t value, int least) {
  for (; value != 0 || least > 0; --least, value /= 10) *--end = static_cast<char>('0' + value % 10);
  return end;
}

}  // namespace

void append_integer(Bytes& out, double whole) {
  if (!(whole < kLargest && whole > -kLargest)) whole = 0;
  const bool negative = whole < 0;
  const double rounded = __builtin_floor(whole);
  const double magnitude = negative ? -rounded : rounded;
  const auto high = static_cast<uint32_t>(magnitude / kHalf);
  const auto low = static_cast<uint32_t>(magnitude - high * kHalf);
  char digits[20];
  char* const end = digits + sizeof digits;
  char* first = write_backwards(end, low, high != 0 ? 8 : 1);
  if (high != 0) first = write_backwards(first, high, 0);
  if (negative) *--first = '-';
  out.append({first, static_cast<uint32_t>(end - first)});
}

bool is_digits(Text text) { return !text.empty() && skip_digits(text, 0) == text.size; }

bool is_number(Text text) {
  uint32_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  uint32_t next = skip_digits(text, at);
  if (next == at || (text[at] == '0' && next - at > 1)) return false;
  if (next < text.size && text[next] == '.') {
    at = next + 1;
    next = skip_digits(text, at);
    if (next == at) return false;
  }
  if (next < text.size && (text[next] | 0x20) == 'e') {
    at = next + 1;
    if (at < text.size && (text[at] == '+' || text[at] == '-')) ++at;
    next = skip_digits(text, at);
    if (next == at) return false;
  }
  return next == text.size;
}

double parse_digits(Text text) {
  if (!is_digits(text) || text.size > kMostDigits) return -1;
  double value = 0;
  for (uint32_t i = 0; i < text.size; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

}  // namespace piste
