// The linker leads every malloc of the core and of the tests here; the standard library keeps its own.
#include "support/failing_malloc.h"

#include <stddef.h>

extern "C" {
void* __real_malloc(size_t size);
void* __wrap_malloc(size_t size);
}

namespace {

/// How often malloc still succeeds; negative: always.
int left = -1;
bool failed = false;

}  // namespace

void* __wrap_malloc(size_t size) {
  if (left == 0) {
    failed = true;
    return nullptr;
  }
  if (left > 0) --left;
  return __real_malloc(size);
}

namespace tests {

FailingMalloc::FailingMalloc(int count) {
  left = count;
  failed = false;
}

FailingMalloc::~FailingMalloc() { left = -1; }

bool FailingMalloc::has_failed() const { return failed; }

}  // namespace tests
