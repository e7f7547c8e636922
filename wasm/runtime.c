// What the core needs of a C library, and no more: memory. Emscripten's own costs 1.5 kB gzip.
#include <stddef.h>
#include <stdint.h>

// Blocks come in size classes, four to each doubling, so at most a fifth of a block is waste. A freed block goes to its
// class's list and is used again for the same class; memory is never given back, as a wasm memory cannot shrink.
enum { kHeaderBytes = 8, kLeastShift = 4, kClassCount = 4 * 27 };

extern unsigned char __heap_base;

static uintptr_t top;
static void* free_lists[kClassCount];

/// The class of a block with `size` bytes, and what such a block can hold.
static uint32_t class_of(uint32_t size, uint32_t* block_bytes) {
  uint32_t shift = kLeastShift;
  while (shift < 30 && ((uint32_t)8 << (shift - 2)) < size) ++shift;
  const uint32_t step = (uint32_t)1 << (shift - 2);
  const uint32_t quarters = (size + step - 1) / step;
  const uint32_t whole = quarters < 5 ? 5 : quarters;
  *block_bytes = whole * step;
  return (shift - kLeastShift) * 4 + (whole - 5);
}

static int grow_to(uintptr_t end) {
  const uintptr_t have = (uintptr_t)__builtin_wasm_memory_size(0) << 16;
  if (end <= have) return 1;
  const uintptr_t pages = (end - have + 65535) >> 16;
  return __builtin_wasm_memory_grow(0, pages) != (size_t)-1;
}

__attribute__((used, visibility("default"))) void* malloc(size_t size) {
  uint32_t block_bytes = 0;
  if (size > ((size_t)1 << 29)) return NULL;
  const uint32_t class_index = class_of((uint32_t)size, &block_bytes);
  void* block = free_lists[class_index];
  if (block != NULL) {
    free_lists[class_index] = *(void**)block;
    return block;
  }
  if (top == 0) top = ((uintptr_t)&__heap_base + 7) & ~(uintptr_t)7;
  const uintptr_t end = (top + kHeaderBytes + block_bytes + 7) & ~(uintptr_t)7;
  if (!grow_to(end)) return NULL;
  uint32_t* header = (uint32_t*)top;
  header[0] = class_index;
  top = end;
  return (unsigned char*)header + kHeaderBytes;
}

__attribute__((used, visibility("default"))) void free(void* block) {
  if (block == NULL) return;
  const uint32_t class_index = *(const uint32_t*)((unsigned char*)block - kHeaderBytes);
  *(void**)block = free_lists[class_index];
  free_lists[class_index] = block;
}

// With bulk memory these become single instructions; the loops below are only for comparison and length.
int memcmp(const void* a, const void* b, size_t size) {
  const unsigned char* x = a;
  const unsigned char* y = b;
  for (; size > 0; --size, ++x, ++y) {
    if (*x != *y) return *x - *y;
  }
  return 0;
}

size_t strlen(const char* text) {
  size_t size = 0;
  while (text[size] != '\0') ++size;
  return size;
}
