#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace edgel3 {

/// The gap bytes of increasing positions, as the converter writes them into model files.
inline std::vector<std::byte> encode_gaps(const std::vector<std::uint32_t>& positions) {
  std::vector<std::byte> gaps;
  std::uint32_t next = 0;
  for (const std::uint32_t position : positions) {
    std::uint32_t gap = position - next;
    for (; gap >= 255; gap -= 255) gaps.push_back(std::byte{255});
    gaps.push_back(static_cast<std::byte>(gap));
    next = position + 1;
  }
  return gaps;
}

}  // namespace edgel3
