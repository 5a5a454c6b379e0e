#pragma once

#include <array>
#include <cstddef>

namespace edgel3 {

// Winograd's F(2x2, 3x3): a 3x3 convolution of four pixels takes 16 products where the definition takes 36.
// (A. Lavin, S. Gray: Fast Algorithms for Convolutional Neural Networks, CVPR 2016, section 4.1.)

/// Places of a 4x4 tile, each of which is a matrix product of its own.
inline constexpr std::size_t kWinogradPlaces = 16;

/// G g GT of the weights of one input and one output channel, [ky][kx], in double and rounded once.
std::array<float, kWinogradPlaces> transform_weights(const float* weights);

/// BT d B of `channels` channels (a multiple of 4) of 4x4 pixels: `pixels` is the upper left one, the next
/// one in its row is `pixel_stride` floats on, that below it `row_stride`. Place p goes to places + p *
/// place_stride.
void transform_pixels(const float* pixels, std::size_t pixel_stride, std::size_t row_stride,
                      std::size_t channels, float* places, std::size_t place_stride);

/// What becomes of the sums of a convolution: max(sum * scale + shift, min_output).
struct Epilogue {
  const float* scale = nullptr;
  const float* shift = nullptr;
  float min_output = 0;
};

/// AT m A of `channels` channels (a multiple of 4), then `epilogue`: the 2x2 pixels of a tile, one every
/// `pixel_stride` floats. Place p is read from places + p * place_stride.
void transform_places(const float* places, std::size_t place_stride, std::size_t channels,
                      const Epilogue& epilogue, float* pixels, std::size_t pixel_stride);

}  // namespace edgel3
