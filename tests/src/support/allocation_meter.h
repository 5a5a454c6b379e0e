#pragma once

#include <cstdint>

namespace edgel3 {

/// Measures what is allocated beyond what there was when the meter was made. Counts by AddressSanitizer's
/// hooks, so it works in the sanitized build only.
class AllocationMeter {
 public:
  AllocationMeter();

  [[nodiscard]] static bool works();

  /// Bytes at the worst moment so far.
  [[nodiscard]] std::int64_t peak() const;

 private:
  std::int64_t begin_;
};

}  // namespace edgel3
