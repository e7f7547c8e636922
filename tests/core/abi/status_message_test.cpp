// The sentences for people: one for each status, and one for what is no status.
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "piste/piste.h"

TEST_CASE("each status has a sentence of its own") {
  const piste_status all[] = {PISTE_OK,
                              PISTE_INVALID_ARGUMENT,
                              PISTE_INVALID_UTF8,
                              PISTE_INVALID_VALUE,
                              PISTE_MISSING_FIELD,
                              PISTE_INVALID_NUMBER,
                              PISTE_MALFORMED_EVENT,
                              PISTE_TOO_LARGE,
                              PISTE_UNSERIALISABLE,
                              PISTE_QUEUE_FULL,
                              PISTE_CLOSED,
                              PISTE_REJECTED,
                              PISTE_EVICTED,
                              PISTE_EXPIRED,
                              PISTE_DENIED,
                              PISTE_HELD,
                              PISTE_NO_MEMORY,
                              PISTE_UNREADABLE_ROW,
                              PISTE_INTERNAL};
  std::set<std::string> seen;
  for (const piste_status status : all) {
    const std::string sentence = piste_status_message(status);
    CHECK(sentence.size() > 4);
    CHECK(sentence.back() == '.');
    CHECK(seen.insert(sentence).second);
  }
  CHECK(seen.size() == 19);
}

TEST_CASE("a number that is no status has a sentence too") {
  for (const int number : {1, 99, 108, 207, 302, 899, 901}) {
    CHECK(std::string(piste_status_message(static_cast<piste_status>(number))) == "An unknown status.");
  }
}
