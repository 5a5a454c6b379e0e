#include "support/allocation_meter.h"

#include <algorithm>
#include <cstddef>

#if __has_feature(address_sanitizer)
#include <sanitizer/allocator_interface.h>
#endif

namespace edgel3 {
namespace {

std::int64_t held = 0;
std::int64_t most_held = 0;

#if __has_feature(address_sanitizer)

void count_allocation(const volatile void* /*memory*/, std::size_t size) {
  held += static_cast<std::int64_t>(size);
  most_held = std::max(most_held, held);
}

void count_release(const volatile void* memory) {
  if (memory != nullptr) held -= static_cast<std::int64_t>(__sanitizer_get_allocated_size(memory));
}

bool install_hooks() {
  return __sanitizer_install_malloc_and_free_hooks(count_allocation, count_release) > 0;
}

#else

bool install_hooks() { return false; }

#endif

}  // namespace

bool AllocationMeter::works() {
  static const bool installed = install_hooks();
  return installed;
}

AllocationMeter::AllocationMeter() : begin_(works() ? held : 0) { most_held = held; }

std::int64_t AllocationMeter::peak() const { return most_held - begin_; }

}  // namespace edgel3
