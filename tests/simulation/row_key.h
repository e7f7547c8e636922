// Where a row is kept: the name of the page life that wrote it, and its id there.
#ifndef TESTS_SIMULATION_ROW_KEY_H
#define TESTS_SIMULATION_ROW_KEY_H

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace simulation {

/// As the key `piste/<namespace>/<owner>/<id>`; the world has one namespace. Owners are numbered from 1, in the order
/// of their lives.
struct RowKey {
  uint32_t owner = 0;
  uint64_t id = 0;
  auto operator<=>(const RowKey&) const = default;
};

/// A kept row. `event` is for the judge alone: a torn text does not tell it.
struct KeptRow {
  std::shared_ptr<const std::string> text;
  uint64_t event = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_ROW_KEY_H
