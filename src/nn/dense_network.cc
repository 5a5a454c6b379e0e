#include "nn/dense_network.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace edgel3 {
namespace {

constexpr std::size_t kTaps = 9;
constexpr std::size_t kReadPastEnd = 4;  // floats that xnnpack::convolve may read behind a plane

/// `from`: rows of `size.width` pixels of `channels` numbers; `to`: half the height and width.
void max_pool(const float* from, PlaneSize size, std::size_t channels, float* to) {
  const std::size_t row_stride = size.width * channels;
  for (std::size_t row = 0; row + 1 < size.height; row += 2) {
    for (std::size_t column = 0; column + 1 < size.width; column += 2) {
      const float* upper = from + (row * row_stride) + (column * channels);
      const float* lower = upper + row_stride;
      for (std::size_t channel = 0; channel < channels; ++channel) {
        to[channel] = std::max(std::max(upper[channel], upper[channel + channels]),
                               std::max(lower[channel], lower[channel + channels]));
      }
      to += channels;
    }
  }
}

void report(const ActivationObserver& observer, std::size_t layer, const float* plane, PlaneSize size,
            std::size_t channels) {
  std::vector<float> line(size.width);
  for (std::size_t channel = 0; channel < channels; ++channel) {
    for (std::size_t row = 0; row < size.height; ++row) {
      const float* pixel = plane + (row * size.width * channels) + channel;
      for (std::size_t column = 0; column < size.width; ++column) line[column] = pixel[column * channels];
      observer(layer, channel, row, 0, line);
    }
  }
}

}  // namespace

DenseNetwork::DenseNetwork(const ModelFile& file) : architecture_(file.architecture()), input_(file.input()) {
  std::size_t largest = 0;
  std::size_t widest = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const ConvolutionWeights convolution = file.convolution(layer);
    packed_[layer] = xnnpack::pack(convolution.values, convolution.bias, convolution.in_channels, kTaps);
    const PlaneSize size = architecture_.plane(layer);
    largest = std::max(largest, size.height * size.width * convolution.out_channels);
    widest = std::max(widest, convolution.in_channels);
  }
  for (auto& plane : planes_) plane.resize(largest + kReadPastEnd);
  zeros_.resize(widest + kReadPastEnd);
  addresses_.resize(kTaps * xnnpack::kTilePixels);
}

void DenseNetwork::convolve(std::size_t layer, const float* input, float* output) {
  const PlaneSize size = architecture_.plane(layer);
  const std::size_t in_channels = architecture_.in_channels(layer);
  const xnnpack::Convolution convolution{.packed = packed_[layer],
                                         .in_channels = in_channels,
                                         .out_channels = architecture_.channels[layer],
                                         .taps = kTaps,
                                         .zeros = zeros_.data(),
                                         .relu = architecture_.has_relu(layer)};
  for (std::size_t row = 0; row < size.height; ++row) {
    for (std::size_t column = 0; column < size.width; column += xnnpack::kTilePixels) {
      const std::size_t pixels = std::min(xnnpack::kTilePixels, size.width - column);
      for (std::size_t tap = 0; tap < kTaps; ++tap) {
        const std::size_t y = row + (tap / 3);  // one more than the row that the tap reads, likewise x
        for (std::size_t i = 0; i < xnnpack::kTilePixels; ++i) {
          const std::size_t x = column + std::min(i, pixels - 1) + (tap % 3);
          const bool inside = y >= 1 && y <= size.height && x >= 1 && x <= size.width;
          addresses_[(tap * xnnpack::kTilePixels) + i] =
              inside ? input + ((((y - 1) * size.width) + (x - 1)) * in_channels) : zeros_.data();
        }
      }
      xnnpack::convolve(convolution, addresses_, output, pixels);
      output += pixels * convolution.out_channels;
    }
  }
}

void DenseNetwork::run(std::span<const float> mel, std::span<float> embedding, const ActivationObserver& observer) {
  assert(mel.size() == architecture_.input.height * architecture_.input.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  float* input = planes_[0].data();
  float* output = planes_[1].data();
  std::ranges::transform(mel, input, [this](float decibel) { return (decibel * input_.scale) + input_.shift; });

  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize size = architecture_.plane(layer);
    const std::size_t channels = architecture_.channels[layer];
    convolve(layer, input, output);
    if (observer) report(observer, layer, output, size, channels);
    if (Architecture::has_pooling(layer)) {
      max_pool(output, size, channels, input);
    } else {
      std::swap(input, output);
    }
  }
  const PlaneSize last = architecture_.plane(kConvolutionCount - 1);
  std::copy_n(input, embedding.size(), embedding.begin());
  for (std::size_t pixel = 1; pixel < last.height * last.width; ++pixel) {
    for (std::size_t channel = 0; channel < embedding.size(); ++channel) {
      embedding[channel] = std::max(embedding[channel], input[(pixel * embedding.size()) + channel]);
    }
  }
}

}  // namespace edgel3
