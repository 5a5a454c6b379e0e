#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/noise.h"

namespace edgel3 {

/// Random whole numbers from -8 to 7. Sums of thousands of their products are exact in float32, in whatever
/// order they are taken.
inline std::vector<float> integers(std::size_t count, std::uint64_t seed) {
  std::vector<float> numbers;
  numbers.reserve(count);
  for (const double number : noise(count, seed))
    numbers.push_back(static_cast<float>(std::floor(8 * number)));
  return numbers;
}

}  // namespace edgel3
