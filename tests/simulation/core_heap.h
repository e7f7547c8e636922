// Counts the memory that the core has: the simulation is linked such that every malloc and free of the core comes here.
#ifndef TESTS_SIMULATION_CORE_HEAP_H
#define TESTS_SIMULATION_CORE_HEAP_H

#include <cstddef>

namespace simulation {

/// Bytes that all trackers together hold.
size_t core_heap_bytes();

}  // namespace simulation

#endif  // TESTS_SIMULATION_CORE_HEAP_H
