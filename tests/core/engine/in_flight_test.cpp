// The table of requests under way.
#include "engine/in_flight.h"

#include <catch2/catch_test_macros.hpp>

using piste::InFlight;
using piste::kMaxInFlight;

TEST_CASE("a new table is empty") {
  InFlight requests;
  CHECK(requests.count() == 0);
  CHECK(requests.keepalive_bytes() == 0);
  CHECK_FALSE(requests.full());
  CHECK(requests.remove(1) == 0);
  CHECK(requests.remove(0) == 0);
}

TEST_CASE("requests are counted until they are removed, in any order, once, and tell their events then") {
  InFlight requests;
  for (uint32_t i = 1; i <= kMaxInFlight; ++i) {
    CHECK_FALSE(requests.full());
    requests.add(i, i * 10, i * 100);
    CHECK(requests.count() == i);
  }
  CHECK(requests.full());
  CHECK(requests.keepalive_bytes() == 3600);
  for (const double id : {3, 8, 1, 5, 7, 2, 4, 6}) {
    CHECK(requests.remove(id) == id * 10);
    CHECK(requests.remove(id) == 0);
    CHECK_FALSE(requests.full());
  }
  CHECK(requests.count() == 0);
  CHECK(requests.keepalive_bytes() == 0);
}

TEST_CASE("requests without keepalive are taken out one by one, and the others stay") {
  InFlight requests;
  CHECK(requests.remove_ordinary() == 0);
  requests.add(1, 3, 500);
  requests.add(2, 1, 0);
  requests.add(3, 1, 0);
  CHECK(requests.remove_ordinary() == 2);
  CHECK(requests.remove_ordinary() == 3);
  CHECK(requests.remove_ordinary() == 0);
  CHECK(requests.remove(1) == 3);
}

TEST_CASE("requests without keepalive take nothing of its allowance") {
  InFlight requests;
  requests.add(1, 3, 0);
  requests.add(2, 1, 500);
  CHECK(requests.keepalive_bytes() == 500);
  CHECK(requests.remove(2) == 1);
  CHECK(requests.keepalive_bytes() == 0);
  CHECK(requests.count() == 1);
}
