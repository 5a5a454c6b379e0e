#include "nn/winograd_transforms.h"

#include <algorithm>
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

void transform_pixels(const float* pixels, std::size_t row_stride, std::size_t channels, float* places,
                      std::size_t place_stride) {
  assert(channels % kLanes == 0);
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    F32x4 rows[4][4];  // BT d
    for (std::size_t column = 0; column < 4; ++column) {
      const float* const from = pixels + (column * channels) + channel;
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
  const auto least = static_cast<double>(epilogue.least);
  // In double, and rounded once: in float32 the sums of a pixel took it past twice Keras' error.
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    std::array<std::array<double, kLanes>, 4> upper{};  // AT m
    std::array<std::array<double, kLanes>, 4> lower{};
    for (std::size_t column = 0; column < 4; ++column) {
      const float* const from = places + (column * place_stride) + channel;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const double first = from[lane];
        const double second = from[(4 * place_stride) + lane];
        const double third = from[(8 * place_stride) + lane];
        const double fourth = from[(12 * place_stride) + lane];
        upper[column][lane] = first + second + third;
        lower[column][lane] = second - third - fourth;
      }
    }
    float* const to = pixels + channel;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double scale = epilogue.scale[channel + lane];
      const double shift = epilogue.shift[channel + lane];
      const auto finish = [&](double sum) {
        return static_cast<float>(std::max((sum * scale) + shift, least));
      };
      to[lane] = finish(upper[0][lane] + upper[1][lane] + upper[2][lane]);
      to[pixel_stride + lane] = finish(upper[1][lane] - upper[2][lane] - upper[3][lane]);
      to[(2 * pixel_stride) + lane] = finish(lower[0][lane] + lower[1][lane] + lower[2][lane]);
      to[(3 * pixel_stride) + lane] = finish(lower[1][lane] - lower[2][lane] - lower[3][lane]);
    }
  }
}

}  // namespace edgel3
