#pragma once

#include <cstddef>

namespace edgel3 {

// Winograd's F(m x m, 3x3): a 3x3 convolution of m x m pixels, which is a tile, takes (m + 2)^2 products
// where the definition takes 9 m^2. (A. Lavin, S. Gray: Fast Algorithms for Convolutional Neural Networks,
// CVPR 2016, section 4.1.)
//
// Two pixels in a row or column are made at the points 0, 1, -1 and infinity; four at 0, +-sqrt(1/2),
// +-sqrt(2) and infinity, with which they are half as far from the exact result as with the usual 0, +-1, +-2
// and infinity.

/// What becomes of the sums of a convolution: max(sum * scale + shift, min_output).
struct Epilogue {
  const float* scale = nullptr;
  const float* shift = nullptr;
  float min_output = 0;
};

/// The algorithm for one size of tiles.
struct WinogradTransforms {
  std::size_t side = 0;  ///< rows and columns of a tile

  /// G g GT of the weights of one input and one output channel, [ky][kx], in double and rounded once: a
  /// number for each place.
  void (*weights)(const float* weights, float* places) = nullptr;

  /// BT d B of `channels` channels (a multiple of 4) of (side + 2) x (side + 2) pixels: `pixels` is the
  /// upper left one, the next one in its row is `pixel_stride` floats on, that below it `row_stride`. Place p
  /// goes to places + p * place_stride.
  void (*pixels)(const float* pixels, std::size_t pixel_stride, std::size_t row_stride, std::size_t channels,
                 float* places, std::size_t place_stride) = nullptr;

  /// AT m A of `channels` channels (a multiple of 4), then `epilogue`: the pixels of a tile, row after row,
  /// one every `pixel_stride` floats. Place p is read from places + p * place_stride.
  void (*places)(const float* places, std::size_t place_stride, std::size_t channels,
                 const Epilogue& epilogue, float* pixels, std::size_t pixel_stride) = nullptr;

  /// Places of a tile, each of which is a matrix product of its own.
  [[nodiscard]] constexpr std::size_t place_count() const { return (side + 2) * (side + 2); }
};

/// The most places that a tile has.
inline constexpr std::size_t kMostPlaces = 36;

/// For tiles of 2x2 pixels, and of 4x4.
const WinogradTransforms& winograd_2x2();
const WinogradTransforms& winograd_4x4();

}  // namespace edgel3
