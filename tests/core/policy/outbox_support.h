// What the tests of the outbox share: rows with little to write, and lists of ids to compare.
#ifndef TESTS_CORE_POLICY_OUTBOX_SUPPORT_H
#define TESTS_CORE_POLICY_OUTBOX_SUPPORT_H

#include <catch2/catch_test_macros.hpp>
#include <initializer_list>
#include <string>
#include <vector>

#include "policy/outbox.h"
#include "support/texts.h"

namespace tests::outbox {

using piste::Keeping;
using piste::kMaxOutboxBytes;
using piste::Outbox;
using piste::Priority;
using piste::Row;
using piste::Status;
using tests::string_of;
using tests::text_of;

using Ids = std::vector<double>;

inline std::string row_text(double id, size_t size) {
  return std::string(size, static_cast<char>('a' + static_cast<int>(id) % 26));
}

inline Status append(Outbox& outbox, double id, size_t size = 10, Priority priority = Priority::normal) {
  return outbox.insert(id, text_of(row_text(id, size)), {{}, priority, id}, false);
}

inline Status append_at(Outbox& outbox, double id, double taken_ms) {
  return outbox.insert(id, text_of(row_text(id, 10)), {{}, Priority::normal, taken_ms}, false);
}

/// Takes in a row that is stored already.
inline Status adopt(Outbox& outbox, double id, double taken_ms, size_t size = 10,
                    Priority priority = Priority::normal) {
  return outbox.insert(id, text_of(row_text(id, size)), {{}, priority, taken_ms}, true);
}

/// Rows 1 to `count`, each 10 bytes, none stored.
inline void fill(Outbox& outbox, int count) {
  for (int id = 1; id <= count; ++id) REQUIRE(append(outbox, id) == Status::ok);
}

inline Ids all(const Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.first(); row != nullptr; row = row->next) ids.push_back(row->id);
  return ids;
}

inline Ids waiting(const Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.first(); row != nullptr; row = row->next) {
    if (row->waits()) ids.push_back(row->id);
  }
  return ids;
}

/// Every row that is to be asked for now.
inline Ids to_store(Outbox& outbox, Keeping keeping) {
  Ids ids;
  for (const Row* row = outbox.take_to_store(keeping); row != nullptr; row = outbox.take_to_store(keeping)) {
    CHECK(row->asked == keeping);
    ids.push_back(row->id);
  }
  return ids;
}

/// Every row that ended and was not told yet.
inline Ids told(Outbox& outbox) {
  Ids ids;
  for (const Row* row = outbox.take_ended(); row != nullptr; row = outbox.take_ended()) ids.push_back(row->id);
  return ids;
}

inline void dispatch(Outbox& outbox, std::initializer_list<double> ids, double batch) {
  for (Row* row = outbox.first(); row != nullptr; row = row->next) {
    for (const double id : ids) {
      if (row->id == id) outbox.dispatch(row, batch);
    }
  }
}

}  // namespace tests::outbox

#endif  // TESTS_CORE_POLICY_OUTBOX_SUPPORT_H
