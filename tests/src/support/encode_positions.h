#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/nonzero_positions.h"

namespace edgel3 {

/// Increasing positions among `weights` weights, as the converter writes them into model files.
inline std::vector<std::byte> encode_positions(PositionEncoding encoding,
                                               const std::vector<std::uint32_t>& positions,
                                               std::size_t weights) {
  if (encoding == PositionEncoding::kMask) {
    std::vector<std::byte> mask((weights + 7) / 8);
    for (const std::uint32_t position : positions) mask[position / 8] |= std::byte{1} << position % 8;
    return mask;
  }
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
