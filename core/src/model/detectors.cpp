// Each search walks from left to right, and looks ahead within what it has not walked yet.
#include "model/detectors.h"

namespace piste {

namespace {

constexpr uint32_t kMostCardDigits = 19;

bool is_word(char character) { return is_ascii_alphanumeric(character) || character == '_' || character == '-'; }
bool is_beyond_ascii(char character) { return static_cast<uint8_t>(character) >= 0x80; }
bool is_local(char character) {
  return is_word(character) || is_beyond_ascii(character) || character == '.' || character == '+' || character == '%' ||
         character == '\'';
}
bool is_domain(char character) {
  return is_ascii_alphanumeric(character) || is_beyond_ascii(character) || character == '.' || character == '-';
}

/// Where the domain that begins at `start` ends; 0 if there is none.
uint32_t domain_end(Text text, uint32_t start) {
  uint32_t end = start;
  while (end < text.size && is_domain(text[end])) ++end;
  for (;;) {
    while (end > start && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    uint32_t label = end;
    while (label > start && text[label - 1] != '.') --label;
    if (label <= start + 1) return 0;
    if (end - label >= 2 && !is_ascii_digit(text[label])) return end;
    end = label;
  }
}

/// Where the card's number that begins at `start` ends; 0 if there is none.
uint32_t card_end(Text text, uint32_t start) {
  uint32_t best = 0;
  uint32_t count = 0;
  uint32_t sums[] = {0, 0};  // with the digits in even places doubled, and with those in odd ones
  for (uint32_t i = start; i < text.size; ++i) {
    if (!is_ascii_digit(text[i])) {
      const bool is_between = text[i] == ' ' || text[i] == '-' || text[i] == '+';
      if (!is_between || !is_ascii_digit(text[i - 1])) break;
      continue;
    }
    if (++count > kMostCardDigits) break;
    const auto digit = static_cast<uint32_t>(text[i] - '0');
    sums[count & 1] += digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sums[(count & 1) ^ 1] += digit;
    if (count < kLeastBytes[2] || (i + 1 < text.size && is_ascii_alphanumeric(text[i + 1]))) continue;
    // The last digit is not doubled, the one before it is.
    if (sums[(count & 1) ^ 1] % 10 == 0) best = i + 1;
  }
  return best;
}

/// Whether a number may begin at `at`.
bool begins_card(Text text, uint32_t from, uint32_t at) {
  if (text[at] < '2' || text[at] > '6') return false;
  if (at == from) return true;
  const char before = text[at - 1];
  const bool is_hash = before == '*' && text.size - at > kHashDigits && text[at + kHashDigits] == '*';
  return !is_ascii_alphanumeric(before) && before != '.' && !is_hash;
}

}  // namespace

bool find_email(Text text, uint32_t from, Span& span) {
  uint32_t local = from;
  for (uint32_t i = from; i < text.size; ++i) {
    if (text[i] == '@') {
      const uint32_t end = local < i ? domain_end(text, i + 1) : 0;
      if (end > 0) {
        span = {local, end};
        return true;
      }
    }
    if (!is_local(text[i])) local = i + 1;
  }
  return false;
}

bool find_jwt(Text text, uint32_t from, Span& span) {
  constexpr Text kHead = "eyJ";
  for (uint32_t i = from; i < text.size; ++i) {
    const uint32_t start = i;
    bool has_head = false;
    uint32_t dots = 0;
    for (; i < text.size && (is_word(text[i]) || text[i] == '.'); ++i) {
      if (has_head && text[i] == '.') ++dots;
      has_head = has_head || starts_with(text.part(i, text.size - i), kHead);
    }
    if (dots >= 2 && i - start >= kLeastBytes[1]) {
      span = {start, i};
      return true;
    }
  }
  return false;
}

bool find_card(Text text, uint32_t from, Span& span) {
  for (uint32_t i = from; i < text.size; ++i) {
    const uint32_t end = begins_card(text, from, i) ? card_end(text, i) : 0;
    if (end > 0) {
      span = {i, end};
      return true;
    }
  }
  return false;
}

bool find_token(Text text, uint32_t from, Span& span) {
  constexpr uint32_t kLeastPart = 16;
  constexpr uint32_t kLeastChanges = 3;
  for (uint32_t i = from; i < text.size; ++i) {
    const uint32_t start = i;
    uint32_t part = i;
    uint32_t changes = 0;
    bool is_mixed = false;
    for (; i < text.size && is_word(text[i]); ++i) {
      if (!is_ascii_alphanumeric(text[i])) {
        part = i + 1;
        changes = 0;
      } else if (i > part && is_ascii_digit(text[i]) != is_ascii_digit(text[i - 1])) {
        ++changes;
      }
      is_mixed = is_mixed || (changes >= kLeastChanges && i - part + 1 >= kLeastPart);
    }
    if (is_mixed && i - start >= kLeastBytes[3]) {
      span = {start, i};
      return true;
    }
  }
  return false;
}

}  // namespace piste
