#include "support/allocation_meter.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

std::size_t held = 0;
std::size_t most_held = 0;

void* count(void* memory) {
  if (memory == nullptr) std::abort();
  held += malloc_usable_size(memory);
  most_held = std::max(most_held, held);
  return memory;
}

void release(void* memory) noexcept {
  held -= malloc_usable_size(memory);  // 0 for nullptr
  std::free(memory);
}

}  // namespace

// The forms that all others call.
void* operator new(std::size_t size) { return count(std::malloc(std::max<std::size_t>(size, 1))); }
void operator delete(void* memory) noexcept { release(memory); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto bytes = static_cast<std::size_t>(alignment);
  return count(std::aligned_alloc(bytes, (size + bytes - 1) / bytes * bytes));
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { release(memory); }

namespace edgel3 {

AllocationMeter::AllocationMeter() : begin_(held) { most_held = held; }

std::size_t AllocationMeter::peak() const { return most_held - begin_; }

}  // namespace edgel3
