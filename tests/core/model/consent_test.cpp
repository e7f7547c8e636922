// The text of consent: what each purpose is by it, what becomes of events, and what is no such text.
#include "model/consent.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

using piste::Consent;
using piste::set_of;
using piste::Status;
using piste::Treatment;
using tests::text_of;

namespace {

constexpr uint32_t kAll = 255;

Consent with(std::string_view text) {
  Consent consent;
  REQUIRE(consent.set(text_of(text)) == Status::ok);
  return consent;
}

}  // namespace

TEST_CASE("nobody asks: everything is granted") {
  for (const Consent& consent : {Consent(), with("")}) {
    CHECK(consent.grants(kAll));
    CHECK_FALSE(consent.denies(kAll));
    CHECK_FALSE(consent.refuses(kAll));
    for (uint32_t purpose = 0; purpose < piste::kMaxPurposes; ++purpose) {
      CHECK(consent.treatment(set_of(purpose)) == Treatment::pass);
    }
  }
}

TEST_CASE("each purpose is what its letter says, and unknown without one") {
  for (const std::string_view letters : {"", "g", "d", "u", "gd", "dgu", "ugd", "gggggggg", "dddddddd", "ugdugdug"}) {
    const Consent consent = with("hr" + std::string(letters));
    for (uint32_t purpose = 0; purpose < piste::kMaxPurposes; ++purpose) {
      const char letter = purpose < letters.size() ? letters[purpose] : 'u';
      CAPTURE(letters, purpose);
      CHECK(consent.grants(set_of(purpose)) == (letter == 'g'));
      CHECK(consent.denies(set_of(purpose)) == (letter == 'd'));
    }
  }
}

TEST_CASE("what becomes of events is said by two letters, for unknown and for denied") {
  for (const char unknown : {'h', 'a', 'r'}) {
    for (const char denied : {'a', 'r'}) {
      const Consent consent = with(std::string{unknown, denied} + "gdu");
      CHECK(consent.treatment(set_of(0)) == Treatment::pass);
      CHECK(consent.treatment(set_of(1)) == static_cast<Treatment>(denied));
      CHECK(consent.treatment(set_of(2)) == static_cast<Treatment>(unknown));
      CHECK(consent.refuses(set_of(1)) == (denied == 'r'));
      CHECK(consent.refuses(set_of(2)) == (unknown == 'r'));
      CHECK_FALSE(consent.refuses(set_of(0)));
    }
  }
}

TEST_CASE("of a set of purposes all must be granted, and one that is denied is enough") {
  const Consent consent = with("hrggduu");
  CHECK(consent.grants(0b00011));
  CHECK_FALSE(consent.grants(0b00111));
  CHECK_FALSE(consent.grants(0b01001));
  CHECK(consent.denies(0b00111));
  CHECK_FALSE(consent.denies(0b01011));
  CHECK(consent.refuses(0b00101));
  CHECK_FALSE(consent.refuses(0b01001));
  // Denied weighs more than unknown, and both more than granted.
  CHECK(with("hagdu").treatment(0b111) == Treatment::anonymise);
  CHECK(with("haggu").treatment(0b111) == Treatment::hold);
  CHECK(with("haggg").treatment(0b111) == Treatment::pass);
  CHECK(with("haud").treatment(set_of(1)) == Treatment::anonymise);
  CHECK_FALSE(with("haud").refuses(0b11));
}

TEST_CASE("what is no text of consent changes nothing") {
  const std::string bad[] = {"h",
                             "r",
                             "hh",
                             "ah",
                             "rh",
                             "xr",
                             "hx",
                             "Hr",
                             " hr",
                             "hrG",
                             "hrx",
                             "hr ",
                             "hrg,",
                             "ghr",
                             "hrguuuuuuuu",
                             "hrgggggggggg",
                             std::string("hr\0", 3)};
  for (const std::string& text : bad) {
    Consent consent = with("argd");
    CAPTURE(text);
    CHECK(consent.set(text_of(text)) == Status::invalid_value);
    CHECK(consent.grants(set_of(0)));
    CHECK(consent.denies(set_of(1)));
    CHECK(consent.treatment(set_of(2)) == Treatment::anonymise);
    CHECK(consent.treatment(set_of(1)) == Treatment::refuse);
  }
}

TEST_CASE("a text replaces all of the one before") {
  Consent consent = with("argdgdgdgd");
  REQUIRE(consent.set("hag") == Status::ok);
  CHECK(consent.grants(set_of(0)));
  CHECK_FALSE(consent.denies(kAll));
  CHECK(consent.treatment(set_of(1)) == Treatment::hold);
  REQUIRE(consent.set("") == Status::ok);
  CHECK(consent.grants(kAll));
}
