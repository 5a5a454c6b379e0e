#pragma once

#include <cstddef>

namespace edgel3 {

/// Measures what `new` has handed out beyond what there was when the meter was made. One meter at a time.
class AllocationMeter {
 public:
  AllocationMeter();

  /// Bytes at the worst moment so far.
  [[nodiscard]] std::size_t peak() const;

 private:
  std::size_t begin_;
};

}  // namespace edgel3
