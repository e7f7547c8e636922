// The layout of a Moment, which hosts of other languages write byte by byte.
#include "base/moment.h"

#include <stddef.h>

#include <catch2/catch_test_macros.hpp>

TEST_CASE("a moment has 32 bytes, its parts at the places that hosts write to") {
  CHECK(sizeof(piste::Moment) == 32);
  CHECK(offsetof(piste::Moment, wall_ms) == 0);
  CHECK(offsetof(piste::Moment, mono_ms) == 8);
  CHECK(offsetof(piste::Moment, entropy) == 16);
}
