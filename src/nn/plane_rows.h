#pragma once

#include <algorithm>
#include <cstddef>

#include "network/architecture.h"

namespace edgel3 {

/// The most rows and columns of a tile: a square of pixels, which a convolution computes at a time.
inline constexpr std::size_t kMostTileSide = 4;

/// Consecutive rows of a plane [row][column][channel], from the one above `first_row` on. Left of the plane
/// stands a column of zeros, and so many on the right that every tile, even one that reaches past the plane,
/// finds all the pixels that a 3x3 convolution reads.
struct PlaneRows {
  float* storage = nullptr;
  std::size_t width = 0;     ///< columns of the plane
  std::size_t channels = 0;  ///< of a pixel, padding included
  std::size_t first_row = 0;

  /// Columns that a plane `width` wide takes with its border.
  static constexpr std::size_t stored_columns(std::size_t width) {
    return ((width + kMostTileSide - 1) / kMostTileSide * kMostTileSide) + 2;
  }

  [[nodiscard]] std::size_t row_stride() const { return stored_columns(width) * channels; }

  /// The start of a row, at the column of zeros on its left. Row -1 is the border above the plane.
  [[nodiscard]] float* row(std::ptrdiff_t row) const {
    return storage + (static_cast<std::size_t>(row + 1) - first_row) * row_stride();
  }

  [[nodiscard]] float* pixel(std::size_t row, std::size_t column) const {
    return this->row(static_cast<std::ptrdiff_t>(row)) + ((column + 1) * channels);
  }

  /// Writes zeros to `count` rows from `row` on.
  void clear_rows(std::ptrdiff_t row, std::size_t count) const {
    std::fill_n(this->row(row), count * row_stride(), 0.0F);
  }

  /// Writes zeros left and right of the plane in `count` rows from `row` on.
  void clear_sides(std::ptrdiff_t row, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
      float* const start = this->row(row + static_cast<std::ptrdiff_t>(i));
      std::fill_n(start, channels, 0.0F);
      std::fill(start + ((1 + width) * channels), start + row_stride(), 0.0F);
    }
  }
};

/// Rows of tiles: the first one is that of the plane's rows from `first_row` times a tile's rows on.
struct TileRows {
  std::size_t first_row = 0;
  std::size_t end_row = 0;
  std::size_t columns = 0;  ///< tiles in a row
};

/// What a convolution computed of one tile, after scale, shift and ReLU.
struct OutputTile {
  static constexpr std::size_t kMaxChannels = 64;

  std::size_t side = 0;     ///< rows and columns: 2 or 4
  std::size_t row = 0;      ///< of the upper pixels
  std::size_t column = 0;   ///< of the left pixels
  std::size_t channel = 0;  ///< the first one
  std::size_t channels = 0;
  alignas(64) float values[kMostTileSide * kMostTileSide * kMaxChannels] = {};  ///< row after row

  [[nodiscard]] const float* pixel(std::size_t row_inside, std::size_t column_inside) const {
    return values + (((row_inside * side) + column_inside) * kMaxChannels);
  }
};

}  // namespace edgel3
