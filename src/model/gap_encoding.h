#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace edgel3 {

// Gap (delta) encoding: positions of non-zeros as one byte each, the gap. It is the distance to the previous
// non-zero, less one. The byte 255 moves on by 255 positions without a non-zero, for longer distances. The
// walk starts just before position 0.

/// How many non-zeros `gaps` places, if each lies before position `limit` and the last byte places one.
std::optional<std::size_t> count_gaps(std::span<const std::byte> gaps, std::size_t limit);

/// The positions that `gaps` places, strictly increasing. Contract: count_gaps accepted `gaps`.
std::vector<std::uint32_t> decode_gaps(std::span<const std::byte> gaps);

}  // namespace edgel3
