// Lists of statuses: what is in them, however they are written.
#include "model/status_set.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::StatusSet;
using tests::text_of;

TEST_CASE("a set has the statuses of its list, wherever they stand, and no others") {
  for (const char* list :
       {"401,403,500", "500,401,403", ",401,,403,0500,", "[401, \"403\", 500.5, null]", "401\xc3\xa9\n403:/500",
        "401 401 403 500 99999 99999999999999999999 4022 10402", "40 4 401,0403,500 50 5000000000 4294967696"}) {
    CAPTURE(list);
    StatusSet set;
    set.read(text_of(list));
    for (int32_t status = 0; status <= 5000; ++status) {
      CAPTURE(status);
      CHECK(set.has(status) == (status == 401 || status == 403 || status == 500));
    }
  }
}

TEST_CASE("no answer, and what is no status, is in no set") {
  StatusSet set;
  set.read("-1,-2,1000,100,999,4294967295");
  CHECK(set.has(100));
  CHECK(set.has(999));
  for (const int32_t outcome : {0, -1, -2, 1000, 4000, INT32_MAX, INT32_MIN}) CHECK_FALSE(set.has(outcome));
}

TEST_CASE("a list takes the place of the one before; an empty one is none") {
  StatusSet set;
  CHECK_FALSE(set.has(500));
  set.read("500");
  set.read("401");
  CHECK_FALSE(set.has(500));
  CHECK(set.has(401));
  set.read({});
  CHECK_FALSE(set.has(401));
}
