#include "nn/dense_network.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>

namespace edgel3 {
namespace {

void clear_border(float* memory, const BorderedPlane& plane) {
  const std::size_t row_stride = plane.row_stride();
  std::fill_n(memory, row_stride + plane.channels, 0.0F);
  for (std::size_t row = 0; row < plane.size.height; ++row) {
    std::fill_n(memory + plane.offset(row, plane.size.width), 2 * plane.channels, 0.0F);
  }
  std::fill_n(memory + plane.float_count() - row_stride, row_stride, 0.0F);
}

void normalize_input(std::span<const double> mel, InputNormalization input, PlaneSize size, float* memory) {
  const BorderedPlane plane{.size = size, .channels = 1};
  clear_border(memory, plane);
  for (std::size_t row = 0; row < size.height; ++row) {
    std::ranges::transform(mel.subspan(row * size.width, size.width), memory + plane.offset(row, 0),
                           [input](double decibel) { return input.apply(decibel); });
  }
}

using Tile = DenseConvolution::Tile;

void copy(const Tile& tile, float* to, const BorderedPlane& plane) {
  for (std::size_t row = 0; row < tile.rows; ++row) {
    for (std::size_t pixel = 0; pixel < tile.pixels; ++pixel) {
      std::copy_n(tile.pixel(row, pixel), Tile::kChannels,
                  to + plane.offset(tile.row + row, tile.column + pixel) + tile.channel);
    }
  }
}

/// Writes the largest of each 2x2 pixels; an odd last row or column is dropped.
void copy_pooled(const Tile& tile, float* to, const BorderedPlane& plane) {
  static_assert(Tile::kRows == 2 && Tile::kPixels % 2 == 0);
  if (tile.rows < 2) return;
  for (std::size_t pixel = 0; pixel + 1 < tile.pixels; pixel += 2) {
    float* pooled = to + plane.offset(tile.row / 2, (tile.column + pixel) / 2) + tile.channel;
    const float* upper = tile.pixel(0, pixel);
    const float* lower = tile.pixel(1, pixel);
    for (std::size_t i = 0; i < Tile::kChannels; ++i) {
      pooled[i] = std::max(std::max(upper[i], upper[i + Tile::kChannels]),
                           std::max(lower[i], lower[i + Tile::kChannels]));
    }
  }
}

void raise_maxima(const Tile& tile, std::span<float> maxima) {
  for (std::size_t row = 0; row < tile.rows; ++row) {
    for (std::size_t pixel = 0; pixel < tile.pixels; ++pixel) {
      const float* values = tile.pixel(row, pixel);
      for (std::size_t i = 0; i < Tile::kChannels; ++i) {
        float& maximum = maxima[tile.channel + i];
        maximum = std::max(maximum, values[i]);
      }
    }
  }
}

void report(const ActivationObserver& observer, std::size_t layer, const Tile& tile) {
  std::array<float, Tile::kPixels> line{};
  for (std::size_t row = 0; row < tile.rows; ++row) {
    for (std::size_t i = 0; i < Tile::kChannels; ++i) {
      for (std::size_t pixel = 0; pixel < tile.pixels; ++pixel) line[pixel] = tile.pixel(row, pixel)[i];
      observer(layer, tile.channel + i, tile.row + row, tile.column, std::span(line).first(tile.pixels));
    }
  }
}

}  // namespace

DenseNetwork::DenseNetwork(const NetworkSource& source)
    : architecture_(source.architecture()), input_(source.input()) {
  std::size_t largest = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    convolutions_.emplace_back(source.convolution(layer), architecture_.has_relu(layer));
    largest = std::max(largest, input_plane(layer).float_count());
  }
  for (auto& plane : planes_) plane.resize(largest);
}

BorderedPlane DenseNetwork::input_plane(std::size_t layer) const {
  return {.size = architecture_.plane(layer), .channels = architecture_.in_channels(layer)};
}

void DenseNetwork::run(std::span<const double> mel, std::span<float> embedding,
                       const ActivationObserver& observer, const ProgressObserver& progress) {
  assert(mel.size() == architecture_.input.height * architecture_.input.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  std::ranges::fill(embedding, -std::numeric_limits<float>::infinity());
  float* input = planes_[0].data();
  float* output = planes_[1].data();
  normalize_input(mel, input_, architecture_.input, input);

  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const bool is_last = layer + 1 == kConvolutionCount;
    const BorderedPlane to = is_last ? BorderedPlane{} : input_plane(layer + 1);
    if (!is_last) clear_border(output, to);
    convolutions_[layer].run(input, architecture_.plane(layer), [&](const Tile& tile) {
      if (observer) report(observer, layer, tile);
      if (is_last) {
        raise_maxima(tile, embedding);
      } else if (Architecture::has_pooling(layer)) {
        copy_pooled(tile, output, to);
      } else {
        copy(tile, output, to);
      }
    });
    std::swap(input, output);
    if (progress) progress(layer);
  }
}

}  // namespace edgel3
