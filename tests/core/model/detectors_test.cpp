// What each detector finds, and what it does not take for a find.
#include "model/detectors.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/texts.h"

using piste::Span;
using tests::text_of;

namespace {

using Find = bool (*)(piste::Text, uint32_t, Span&);

/// All finds in a text, each in brackets.
std::string marked(Find find, const std::string& text) {
  std::string out;
  uint32_t at = 0;
  for (Span span; find(text_of(text), at, span); at = span.end) {
    REQUIRE(span.start >= at);
    REQUIRE(span.end > span.start);
    REQUIRE(span.end <= text.size());
    out += text.substr(at, span.start - at) + '[' + text.substr(span.start, span.end - span.start) + ']';
  }
  return out + text.substr(at);
}

void check(Find find, const std::vector<std::string>& rows) {
  for (const std::string& row : rows) {
    std::string text;
    for (const char character : row) {
      if (character != '[' && character != ']') text += character;
    }
    CHECK(marked(find, text) == row);
  }
}

const std::string kHeader = "eyJhbGciOiJIUzI1NiJ9";
const std::string kToken = kHeader + ".eyJzdWIiOiIxIn0.c2lnbmF0dXJl_-";

}  // namespace

TEST_CASE("e-mail addresses") {
  check(piste::find_email, {"[a@b.co]", "mail [jane.o'neil+x_y-z%1@mail.example-site.com], please", "<[a@b.co]>",
                            "mailto:[a@b.co]?x", "[jürgen@müller.de]", "[a@xn--mller-kva.de].", "[a@b.co]@c.de",
                            "[a@b.co],[c@d.eu]", "[.a@b.co]", "[a@1.2.com]", "([A@B.CO])", "[a@b.c0m]"});
  check(piste::find_email, {"", "@", "a@", "@b.co", "a@b", "a@b.", "a@.co", "a@b.c", "a@b.2c", "a@1.2.3.4", "a@b..",
                            "a b@", "a@ b.co", "a@b@c", "***@b.co", "https://medium.com/@jane.doe/x", "@scope/name"});
  // What belongs to no sequence of ASCII stays whole.
  CHECK(marked(piste::find_email, "联系 a@b.co") == "联系 [a@b.co]");
}

TEST_CASE("an e-mail address ends before the dots and hyphens behind it") {
  check(piste::find_email,
        {"[a@b.co].", "[a@b.co]...", "[a@b.co]-", "[a@b.co]._x", "[a@b.co].x", "[a@b.co].2.3", "[a@b.co]_x"});
}

TEST_CASE("JSON Web Tokens") {
  check(piste::find_jwt,
        {'[' + kToken + ']', "Bearer [" + kToken + "]", "t=[" + kToken + "]&", '[' + kHeader + ".e30.]",
         "[x." + kToken + "]", '[' + kHeader + ".a.b.c.d]", '[' + kToken + "] [" + kToken + ']'});
  check(piste::find_jwt, {"", "eyJ", kHeader, kHeader + ".e30", "eyJ.a.b", "a." + kHeader + ".b",
                          "www.example.com.example.org", kHeader + " . . "});
}

TEST_CASE("numbers of payment cards") {
  check(piste::find_card, {"[4111111111111111]",
                           "[4111 1111 1111 1111]",
                           "[4111-1111-1111-1111]",
                           "[4111+1111+1111+1111]",
                           "[5500005555555559]",
                           "[340000000000009]",
                           "[6011000000000004]",
                           "[30000000000004]",
                           "[3530111333300000]",
                           "[2223003122003222]",
                           "[4222222222222]",
                           "card [4111111111111111].",
                           "x=[4111111111111111]&",
                           "[4111 1111 1111 1111] 12/25",
                           "[4111 1111 1111 1111] 123",
                           "12 [4111 1111 1111 1111]",
                           "** [4111111111111111] **",
                           "_[4111111111111111]_",
                           "[4111111111111111],[340000000000009]",
                           "[6304000000000000000]"});
  check(piste::find_card,
        {"", "4", "4111111111111112", "411111111111", "41111111111111111111", "a4111111111111111", "4111111111111111a",
         "1700000000123", "1000000000000008", "0.4111111111111111", "4111  1111  1111  1111", "4111.1111.1111.1111",
         "4111 1111 1111", "**4111111111111111**", "+49 30 1234567", "7000000000000005"});
}

TEST_CASE("the longest card's number of some that are right is found") {
  CHECK(marked(piste::find_card, "4222222222222 001") == "[4222222222222] 001");
  CHECK(marked(piste::find_card, "4222222222222 006") == "[4222222222222 006]");
}

TEST_CASE("long tokens") {
  check(piste::find_token, {"[d41d8cd98f00b204e9800998ecf8427e]", "[a94a8fe5ccb19ba61c4c0873d391e987982fbbd3]",
                            "[ya29_a0AfH6SMBx8-kQ2vT9pLw3Zr5nYc7Xd1]", "k=[d41d8cd98f00b204e9800998ecf8427e]&",
                            "[x-a1b2c3d4e5f6a7b8c9d0-zzzzzzzzzzzzzzz]", "main.[d41d8cd98f00b204e9800998ecf8427e].js"});
  check(piste::find_token, {"", "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f", "550e8400-e29b-41d4-a716-446655440000",
                            "top-10-things-to-do-in-2024-in-paris-and-rome",
                            "averyveryverylongwordwithoutanydigitsinit", "12345678901234567890123456789012",
                            "abcdefghijklmnop1234567890123456789", "iphone15-pro-256gb-vs-s24ultra-512gb-and-a55"});
}

TEST_CASE("a search begins as if the text began there") {
  const std::string text = "x4111111111111111";
  Span span;
  CHECK_FALSE(piste::find_card(text_of(text), 0, span));
  CHECK(piste::find_card(text_of(text), 1, span));
  const std::string mail = "ab@c.de";
  REQUIRE(piste::find_email(text_of(mail), 1, span));
  CHECK(span.start == 1);
  CHECK_FALSE(piste::find_email(text_of(mail), 2, span));
}
