#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace edgel3 {

/// How a model file says where the non-zeros of a convolution stand.
enum class PositionEncoding : std::uint8_t {
  /// A byte for each, the gap: its distance to the non-zero before it, less one. The byte 255 moves on by 255
  /// positions without a non-zero, for longer distances. The walk starts just before position 0.
  kGaps,
  /// A bit for each weight, set if it is a non-zero: that of position p is bit p % 8, counted from the
  /// lowest,
  /// of byte p / 8. The bits behind the last weight are not set.
  kMask,
};

/// How many non-zeros `bytes` place among `weights` weights; none if they are not an encoding of one or more.
std::optional<std::size_t> count_positions(PositionEncoding encoding, std::span<const std::byte> bytes,
                                           std::size_t weights);

/// The positions that `bytes` place, strictly increasing. Contract: count_positions accepted `bytes`.
std::vector<std::uint32_t> decode_positions(PositionEncoding encoding, std::span<const std::byte> bytes);

}  // namespace edgel3
