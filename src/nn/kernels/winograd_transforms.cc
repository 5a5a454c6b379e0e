#include "nn/kernels/winograd_transforms.h"

#include <array>
#include <cassert>

#include "nn/simd.h"

namespace edgel3 {
namespace {

/// G times a column of three.
std::array<double, 4> expand(double a, double b, double c) {
  return {a, (a + b + c) / 2, (a - b + c) / 2, c};
}

}  // namespace

std::array<float, kWinogradPlaces> transform_weights(const float* weights) {
  std::array<std::array<double, 4>, 3> columns{};  // G g, by kx
  for (std::size_t kx = 0; kx < 3; ++kx) columns[kx] = expand(weights[kx], weights[3 + kx], weights[6 + kx]);
  std::array<float, kWinogradPlaces> places{};
  for (std::size_t row = 0; row < 4; ++row) {
    const std::array<double, 4> line = expand(columns[0][row], columns[1][row], columns[2][row]);
    for (std::size_t column = 0; column < 4; ++column) {
      places[(row * 4) + column] = static_cast<float>(line[column]);
    }
  }
  return places;
}

void transform_pixels(const float* pixels, std::size_t pixel_stride, std::size_t row_stride,
                      std::size_t channels, float* places, std::size_t place_stride) {
  assert(channels % kLanes == 0);
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    F32x4 rows[4][4];  // BT d
    for (std::size_t column = 0; column < 4; ++column) {
      const float* const from = pixels + (column * pixel_stride) + channel;
      const F32x4 first = load(from);
      const F32x4 second = load(from + row_stride);
      const F32x4 third = load(from + (2 * row_stride));
      const F32x4 fourth = load(from + (3 * row_stride));
      rows[0][column] = first - third;
      rows[1][column] = second + third;
      rows[2][column] = third - second;
      rows[3][column] = second - fourth;
    }
    float* to = places + channel;
    for (const auto& row : rows) {
      store(to, row[0] - row[2]);
      store(to + place_stride, row[1] + row[2]);
      store(to + (2 * place_stride), row[2] - row[1]);
      store(to + (3 * place_stride), row[1] - row[3]);
      to += 4 * place_stride;
    }
  }
}

void transform_places(const float* places, std::size_t place_stride, std::size_t channels,
                      const Epilogue& epilogue, float* pixels, std::size_t pixel_stride) {
  assert(channels % kLanes == 0);
  const F32x4 min_output = splat(epilogue.min_output);
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    F32x4 upper[4];  // AT m
    F32x4 lower[4];
    for (std::size_t column = 0; column < 4; ++column) {
      const float* const from = places + (column * place_stride) + channel;
      const F32x4 first = load(from);
      const F32x4 second = load(from + (4 * place_stride));
      const F32x4 third = load(from + (8 * place_stride));
      const F32x4 fourth = load(from + (12 * place_stride));
      upper[column] = first + (second + third);
      lower[column] = (second - third) - fourth;
    }
    const F32x4 scale = load(epilogue.scale + channel);
    const F32x4 shift = load(epilogue.shift + channel);
    const auto finish = [&](std::size_t pixel, F32x4 sum) {
      store(pixels + (pixel * pixel_stride) + channel, maximum(multiply_add(sum, scale, shift), min_output));
    };
    finish(0, upper[0] + (upper[1] + upper[2]));
    finish(1, (upper[1] - upper[2]) - upper[3]);
    finish(2, lower[0] + (lower[1] + lower[2]));
    finish(3, (lower[1] - lower[2]) - lower[3]);
  }
}

}  // namespace edgel3
