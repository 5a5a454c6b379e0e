#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace edgel3 {

/// White noise from -1 to 1, the same for the same seed everywhere.
inline std::vector<double> noise(std::size_t length, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::vector<double> samples(length);
  for (double& sample : samples) sample = static_cast<double>(generator() >> 11) * 0x1p-52 - 1;
  return samples;
}

}  // namespace edgel3
