// What is taken for personal data, by its form alone. Every search is linear: no byte is looked at more often than a
// fixed number of times, whatever the text.
#ifndef PISTE_MODEL_DETECTORS_H
#define PISTE_MODEL_DETECTORS_H

#include "base/text.h"

namespace piste {

/// A part of a text: from `start` up to, not including, `end`.
struct Span {
  uint32_t start = 0;
  uint32_t end = 0;
};

/// The fewest bytes of each find: an e-mail address, a JSON Web Token, a card's number, a long token.
constexpr uint32_t kLeastBytes[] = {6, 20, 13, 32};

/// Hexadecimal digits of the hash that stands, between stars, in the place of a find, and is none itself.
constexpr uint32_t kHashDigits = 16;

/// Each gives the first find in `text` that begins at `from` or later, as if the text began there. False if there is
/// none. Words are letters, digits, `_` and `-`, of ASCII.

/// An e-mail address: word characters, `.+%'` and whatever is not ASCII; `@`; and labels of letters, digits, `-` and
/// whatever is not ASCII, with dots between: two or more, of which the last has two characters and no digit first.
bool find_email(Text text, uint32_t from, Span& span);

/// A JSON Web Token: word characters and dots in a row, 20 or more of them, with two dots or more behind an `eyJ`.
bool find_jwt(Text text, uint32_t from, Span& span);

/// A payment card's number: 13 to 19 digits, of which the first is 2 to 6 and the last is right by Luhn's formula, in
/// groups with a space, `-` or `+` between, not next to a letter or digit, nor behind a dot.
bool find_card(Text text, uint32_t from, Span& span);

/// A long token: a word of 32 characters or more, with 16 or more letters and digits in a row that change three times
/// or more from the one to the other.
bool find_token(Text text, uint32_t from, Span& span);

inline bool is_ascii_digit(char character) { return character >= '0' && character <= '9'; }
inline bool is_ascii_letter(char character) {
  return static_cast<uint8_t>((static_cast<uint8_t>(character) | 0x20) - 'a') < 26;
}
inline bool is_ascii_alphanumeric(char character) { return is_ascii_letter(character) || is_ascii_digit(character); }

}  // namespace piste

#endif  // PISTE_MODEL_DETECTORS_H
