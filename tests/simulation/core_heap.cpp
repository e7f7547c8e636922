// The linker's --wrap leads the core's calls here; the standard library keeps its own.
#include "core_heap.h"

#include <malloc.h>

extern "C" {
void* __real_malloc(size_t size);
void* __real_realloc(void* memory, size_t size);
void __real_free(void* memory);
void* __wrap_malloc(size_t size);
void* __wrap_realloc(void* memory, size_t size);
void __wrap_free(void* memory);
}

namespace {

size_t held_bytes = 0;

size_t size_of(void* memory) { return memory == nullptr ? 0 : malloc_usable_size(memory); }

}  // namespace

void* __wrap_malloc(size_t size) {
  void* memory = __real_malloc(size);
  held_bytes += size_of(memory);
  return memory;
}

void* __wrap_realloc(void* memory, size_t size) {
  held_bytes -= size_of(memory);
  void* moved = __real_realloc(memory, size);
  held_bytes += size_of(moved == nullptr ? memory : moved);
  return moved;
}

void __wrap_free(void* memory) {
  held_bytes -= size_of(memory);
  __real_free(memory);
}

namespace simulation {

size_t core_heap_bytes() { return held_bytes; }

}  // namespace simulation
