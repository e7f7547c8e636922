// Identities: what is read of a cookie's text, whoever wrote it, and what is written.
#include "model/identity.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/texts.h"

using piste::Id;
using piste::Identity;
using piste::kMaxIdBytes;
using tests::string_of;
using tests::text_of;

namespace {

const std::string kUser = "d1f8aaaa-0000-4000-8000-00000000000a";
const std::string kSession = "5e55aaaa-0000-4000-8000-00000000000b";
const std::string kPrevious = "01d5aaaa-0000-4000-8000-00000000000c";
const std::string kFirst = "f125aaaa-0000-4000-8000-00000000000d";
const std::string kWhole =
    kUser + ".1700000000.3.1700000100.1699990000." + kSession + '.' + kPrevious + '.' + kFirst + ".1700000050123.7";

Identity read(std::string_view text) {
  Identity identity;
  piste::read_identity(text_of(text), identity);
  return identity;
}

std::string text_of_identity(const Identity& identity) {
  return tests::written([&](piste::Bytes& out) { piste::append_identity(out, identity); });
}

std::string rewritten(std::string_view text) { return text_of_identity(read(text)); }

std::string id(const Identity& identity, Identity::IdPlace place) { return string_of(identity.ids[place].text()); }

/// What becomes of `id` when it stands in each place of ids.
bool is_taken(const std::string& id) {
  const std::string text = id + ".1..1.." + id + '.' + id + '.' + id + "..0";
  const std::string result = rewritten(text);
  if (result == ".1..1......0") return false;
  CHECK(result == text);
  return true;
}

/// What is read when `number` stands in each place of numbers.
std::string reread_number(const std::string& number) {
  const Identity identity =
      read("u." + number + '.' + number + '.' + number + '.' + number + ".s.p.f." + number + '.' + number);
  for (const double other : identity.numbers) CHECK(other == identity.numbers[0]);
  return std::to_string(identity.numbers[0]);
}

}  // namespace

TEST_CASE("each of ten fields is read into its place") {
  const Identity identity = read(kWhole);
  CHECK(id(identity, Identity::user) == kUser);
  CHECK(id(identity, Identity::session) == kSession);
  CHECK(id(identity, Identity::previous_session) == kPrevious);
  CHECK(id(identity, Identity::first_event) == kFirst);
  CHECK(identity.numbers[Identity::created_s] == 1700000000);
  CHECK(identity.numbers[Identity::session_index] == 3);
  CHECK(identity.numbers[Identity::now_s] == 1700000100);
  CHECK(identity.numbers[Identity::last_visit_s] == 1699990000);
  CHECK(identity.numbers[Identity::first_event_ms] == 1700000050123);
  CHECK(identity.numbers[Identity::event_index] == 7);
}

TEST_CASE("what has ten sound fields is written byte for byte as it was read") {
  const std::string texts[] = {
      kWhole,
      kUser + ".1700000000.1.1700000000.." + kSession + "....0",
      kUser + ".1700000000.1.1700000000.." + kSession + ".." + kFirst + ".1700000000400.1",
      "." + kWhole.substr(kUser.size() + 1),
      "u.1.2.3.4.s.p.f.5.6",
      ".........0",
      "u.999999999999999.999999999999999.3.4.s.p.f.999999999999999.999999999999999",
  };
  for (const std::string& text : texts) CHECK(rewritten(text) == text);
}

TEST_CASE("texts of six and of five fields are read, what they have not is missing") {
  const Identity six = read("d.1700000000.3.1700000100.1699990000.S");
  CHECK(text_of_identity(six) == "d.1700000000.3.1700000100.1699990000.S....0");
  CHECK(id(six, Identity::session) == "S");
  CHECK(six.ids[Identity::previous_session].size == 0);
  CHECK(six.numbers[Identity::event_index] == 0);
  const Identity five = read("d.1700000000.3.1700000100.1699990000");
  CHECK(text_of_identity(five) == "d.1700000000.3.1700000100.1699990000.....0");
  CHECK(five.ids[Identity::session].size == 0);
}

TEST_CASE("the word undefined is a field that is missing") {
  CHECK(rewritten("d.1700000000.3.1700000100.undefined.S.undefined.undefined.undefined.undefined") ==
        "d.1700000000.3.1700000100..S....0");
  CHECK(rewritten("undefined.undefined.undefined.undefined.undefined.undefined") == ".........0");
  CHECK(rewritten("undefine.1..1..undefinedd....0") == "undefine.1..1..undefinedd....0");
}

TEST_CASE("a missing index of the session leaves the one that was there, everything else goes") {
  for (const std::string_view text : {"", "u", "u.1..2", "u.1.undefined", "u.1.x", "u.1.0"}) {
    Identity identity = read(kWhole);
    piste::read_identity(text_of(text), identity);
    CHECK(identity.numbers[Identity::session_index] == 3);
    CHECK(identity.numbers[Identity::last_visit_s] == piste::kMissing);
    CHECK(identity.numbers[Identity::event_index] == 0);
    CHECK(identity.ids[Identity::session].size == 0);
    CHECK(identity.ids[Identity::first_event].size == 0);
  }
  Identity identity = read(kWhole);
  piste::read_identity("u.1.4", identity);
  CHECK(identity.numbers[Identity::session_index] == 4);
}

TEST_CASE("texts that are no identity are read for what they are") {
  CHECK(rewritten("") == ".........0");
  CHECK(text_of_identity(Identity{}) == ".........0");
  CHECK(rewritten("no dots at all") == ".........0");
  CHECK(rewritten("nodots") == "nodots.........0");
  CHECK(rewritten(".") == ".........0");
  CHECK(rewritten(std::string(5000, '.')) == ".........0");
  CHECK(rewritten(std::string(100000, 'x')) == ".........0");
  CHECK(rewritten(std::string(100000, '9') + '.' + std::string(100000, '9')) == ".........0");
  CHECK(rewritten(std::string("\0.\0.\0", 5)) == ".........0");
}

TEST_CASE("surplus fields are not read") {
  CHECK(rewritten(kWhole + ".8") == kWhole);
  CHECK(rewritten(kWhole + ".") == kWhole);
  CHECK(rewritten(kWhole + std::string(1000, '.') + "more") == kWhole);
}

TEST_CASE("an id is taken up to its longest, and as JSON takes it without escaping") {
  CHECK(is_taken("1"));
  CHECK(is_taken(kUser));
  CHECK(is_taken(std::string(kMaxIdBytes, 'x')));
  CHECK(is_taken("!#$%&'()*+,-/:;<=>?@[]^_`{|}~"));
  CHECK_FALSE(is_taken(std::string(kMaxIdBytes + 1, 'x')));
  CHECK_FALSE(is_taken(std::string(256, 'x')));
  CHECK_FALSE(is_taken(std::string(256 + 36, 'x')));
  CHECK_FALSE(is_taken("é"));
}

TEST_CASE("an id with any other character is none, wherever the character stands") {
  for (int code = 0; code < 256; ++code) {
    const char c = static_cast<char>(code);
    if (c == '.') continue;
    const bool is_good = code > ' ' && code <= '~' && c != '"' && c != '\\';
    CAPTURE(code);
    for (const std::string& id : {std::string(1, c), "abc" + std::string(1, c), std::string(1, c) + "abc"}) {
      CHECK(is_taken(id) == is_good);
    }
  }
}

TEST_CASE("an id that is none takes the place of the one that was there") {
  Id id;
  for (const std::string_view bad : {"", "a b", "\"", "a\\", "a\n"}) {
    id.assign("good");
    CHECK(string_of(id.text()) == "good");
    id.assign(text_of(bad));
    CHECK(id.text().empty());
  }
}

TEST_CASE("a number is up to fifteen digits, anything else is missing") {
  CHECK(reread_number("1") == "1.000000");
  CHECK(reread_number("0012") == "12.000000");
  CHECK(reread_number("999999999999999") == "999999999999999.000000");
  for (const std::string bad : {"", "0", "-1", "+1", "1e3", "0x1", " 1", "1 ", "x", "NaN", "Infinity", "undefined",
                                "1000000000000000", "9999999999999999", "99999999999999999999"}) {
    CHECK(reread_number(bad) == "0.000000");
  }
}

TEST_CASE("what is missing leaves its place empty, but for the event's number") {
  const std::string text = ".1700000000.3.1700000100.1699990000." + kSession + ".." + kFirst + ".1700000050123.7";
  CHECK(rewritten(text) == text);
  CHECK(text_of_identity(Identity{}) == ".........0");
}
