#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "network/architecture.h"

namespace edgel3::benchmarks {

/// Planes with a border of zeros, one after another in memory, so that the nine taps of a 3x3 convolution are
/// nine constant distances. A row is its zero, then its values; the zero that starts the next row ends it.
class PaddedPlanes {
 public:
  /// `memory`: at least memory_size floats.
  PaddedPlanes(float* memory, PlaneSize size) : memory_(memory), size_(size) {}

  /// Floats that `channels` planes take, with what a vector kernel may read before and behind them.
  static std::size_t memory_size(PlaneSize size, std::size_t channels) {
    return (channels * (size.height + 2) * (size.width + 1)) + 1 + (2 * kMargin);
  }

  [[nodiscard]] float* memory() const { return memory_; }
  [[nodiscard]] PlaneSize size() const { return size_; }
  [[nodiscard]] std::size_t row_stride() const { return size_.width + 1; }
  [[nodiscard]] std::size_t plane_stride() const { return (size_.height + 2) * row_stride(); }

  /// Sets the border of `channels` planes to zero, and what lies behind the last one.
  void clear_border(std::size_t channels) const {
    for (std::size_t channel = 0; channel < channels; ++channel) {
      std::fill_n(row_start(channel, -1), row_stride(), 0.0F);
      for (std::size_t row = 0; row < size_.height; ++row) *(this->row(channel, row).data() - 1) = 0;
      std::fill_n(row_start(channel, static_cast<std::ptrdiff_t>(size_.height)), row_stride(), 0.0F);
    }
    *row_start(channels, -1) = 0;
  }

  /// The zero that starts row `row` of `channel`. Rows -1 and height are zeros throughout.
  [[nodiscard]] float* row_start(std::size_t channel, std::ptrdiff_t row) const {
    return memory_ + kMargin + (channel * plane_stride()) +
           (static_cast<std::size_t>(row + 1) * row_stride());
  }

  [[nodiscard]] std::span<float> row(std::size_t channel, std::size_t row) const {
    return {row_start(channel, static_cast<std::ptrdiff_t>(row)) + 1, size_.width};
  }

 private:
  static constexpr std::size_t kMargin = 32;  // XNNPACK may read XNN_EXTRA_BYTES (at most 128) past the end

  float* memory_;
  PlaneSize size_;
};

}  // namespace edgel3::benchmarks
