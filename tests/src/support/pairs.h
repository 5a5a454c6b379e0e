#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mel/f64x2.h"

namespace edgel3 {

/// Two rows of numbers, side by side.
inline std::vector<F64x2> side_by_side(std::span<const double> first, std::span<const double> second) {
  std::vector<F64x2> pairs(first.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = F64x2{first[i], second[i]};
  return pairs;
}

/// One of the two rows.
inline std::vector<double> lane(std::span<const F64x2> pairs, std::size_t index) {
  std::vector<double> numbers(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) numbers[i] = pairs[i][index];
  return numbers;
}

}  // namespace edgel3
