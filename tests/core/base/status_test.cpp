// A status, a value or the reason for none, and leaving early.
#include "base/status.h"

#include <catch2/catch_test_macros.hpp>
#include <initializer_list>

using piste::Result;
using piste::Status;

namespace {

Status after(Status first, bool& went_on) {
  PISTE_TRY(first);
  went_on = true;
  return Status::ok;
}

int32_t band(Status status) { return static_cast<int32_t>(status) / 100; }

}  // namespace

TEST_CASE("a result holds a value") {
  const Result<int> result(7);
  CHECK(result.ok());
  CHECK(result.status() == Status::ok);
  CHECK(result.value() == 7);
}

TEST_CASE("a result without a value says why and gives a zero value") {
  const Result<int> result(Status::no_memory);
  CHECK_FALSE(result.ok());
  CHECK(result.status() == Status::no_memory);
  CHECK(result.value() == 0);
}

TEST_CASE("a function is left with the first status that is not ok") {
  bool went_on = false;
  CHECK(after(Status::too_large, went_on) == Status::too_large);
  CHECK_FALSE(went_on);
  CHECK(after(Status::ok, went_on) == Status::ok);
  CHECK(went_on);
}

TEST_CASE("the hundreds of a status say whose fault it is") {
  for (const Status caller :
       {Status::invalid_argument, Status::invalid_utf8, Status::invalid_value, Status::missing_field,
        Status::invalid_number, Status::malformed_event, Status::too_large, Status::unserialisable}) {
    CHECK(band(caller) == 1);
  }
  for (const Status policy : {Status::queue_full, Status::closed, Status::rejected, Status::evicted, Status::expired,
                              Status::denied, Status::held}) {
    CHECK(band(policy) == 2);
  }
  for (const Status environment : {Status::no_memory, Status::unreadable_row}) CHECK(band(environment) == 3);
  CHECK(band(Status::internal) == 9);
}
