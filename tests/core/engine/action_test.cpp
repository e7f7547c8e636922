// An action's numbers: each has a place of its own, at which a host finds it by its field.
#include "engine/action.h"

#include <catch2/catch_test_macros.hpp>

#include "piste/piste.h"

using piste::Action;
using piste::Number;

TEST_CASE("a new action is none: it has no text, and every number is 0") {
  const Action action;
  CHECK(action.kind == piste::ActionKind::idle);
  for (const double number : action.numbers) CHECK(number == 0);
  CHECK(action.url.empty());
  CHECK(action.body.empty());
  CHECK(action.row.empty());
}

TEST_CASE("a number that is set is found at its field, and no other changes") {
  const struct {
    Number number;
    piste_field field;
  } rows[] = {
      {Number::id, PISTE_FIELD_ID},
      {Number::wait_ms, PISTE_FIELD_WAIT_MS},
      {Number::anonymous, PISTE_FIELD_ANONYMOUS},
      {Number::keepalive, PISTE_FIELD_KEEPALIVE},
      {Number::timeout_ms, PISTE_FIELD_TIMEOUT_MS},
      {Number::lasting, PISTE_FIELD_LASTING},
      {Number::why, PISTE_FIELD_WHY},
      {Number::outcome, PISTE_FIELD_OUTCOME},
  };
  for (const auto& row : rows) {
    Action action;
    action.set(row.number, 1.5);
    for (int field = 0; field < PISTE_FIELD_ACCEPTED; ++field) {
      CHECK(action.numbers[field] == (field == row.field ? 1.5 : 0));
    }
  }
}
