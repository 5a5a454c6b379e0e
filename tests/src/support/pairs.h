#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mel/pair.h"

namespace edgel3 {

/// Two rows of numbers, side by side.
inline std::vector<Pair> side_by_side(std::span<const double> first, std::span<const double> second) {
  std::vector<Pair> pairs(first.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = Pair{first[i], second[i]};
  return pairs;
}

/// One of the two rows.
inline std::vector<double> lane(std::span<const Pair> pairs, std::size_t index) {
  std::vector<double> numbers(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) numbers[i] = pairs[i][index];
  return numbers;
}

}  // namespace edgel3
