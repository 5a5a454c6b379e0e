#include "nn/dense_network.h"

#include <algorithm>
#include <cassert>
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

/// Halves height and width.
void max_pool(const float* from, const BorderedPlane& large, float* to, const BorderedPlane& small) {
  clear_border(to, small);
  for (std::size_t row = 0; row < small.size.height; ++row) {
    for (std::size_t column = 0; column < small.size.width; ++column) {
      const float* upper = from + large.offset(2 * row, 2 * column);
      const float* lower = upper + large.row_stride();
      float* pooled = to + small.offset(row, column);
      for (std::size_t channel = 0; channel < large.channels; ++channel) {
        pooled[channel] = std::max(std::max(upper[channel], upper[channel + large.channels]),
                                   std::max(lower[channel], lower[channel + large.channels]));
      }
    }
  }
}

void global_maximum(const float* memory, const BorderedPlane& plane, std::span<float> maxima) {
  std::copy_n(memory + plane.offset(0, 0), plane.channels, maxima.begin());
  for (std::size_t row = 0; row < plane.size.height; ++row) {
    for (std::size_t column = 0; column < plane.size.width; ++column) {
      const float* pixel = memory + plane.offset(row, column);
      for (std::size_t channel = 0; channel < plane.channels; ++channel) {
        maxima[channel] = std::max(maxima[channel], pixel[channel]);
      }
    }
  }
}

void report(const ActivationObserver& observer, std::size_t layer, const float* memory,
            const BorderedPlane& plane) {
  std::vector<float> line(plane.size.width);
  for (std::size_t channel = 0; channel < plane.channels; ++channel) {
    for (std::size_t row = 0; row < plane.size.height; ++row) {
      for (std::size_t column = 0; column < line.size(); ++column) {
        line[column] = memory[plane.offset(row, column) + channel];
      }
      observer(layer, channel, row, 0, line);
    }
  }
}

}  // namespace

DenseNetwork::DenseNetwork(const ModelFile& file) : architecture_(file.architecture()), input_(file.input()) {
  std::size_t largest = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    convolutions_.emplace_back(file.convolution(layer), architecture_.has_relu(layer));
    const BorderedPlane output{.size = architecture_.plane(layer), .channels = architecture_.channels[layer]};
    largest = std::max(largest, output.float_count());
  }
  for (auto& plane : planes_) plane.resize(largest);
}

void DenseNetwork::run(std::span<const double> mel, std::span<float> embedding,
                       const ActivationObserver& observer, LayerTimes* times) {
  assert(mel.size() == architecture_.input.height * architecture_.input.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  float* input = planes_[0].data();
  float* output = planes_[1].data();
  normalize_input(mel, input_, architecture_.input, input);

  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    std::chrono::steady_clock::time_point begin;
    if (times != nullptr) begin = std::chrono::steady_clock::now();
    const BorderedPlane plane{.size = architecture_.plane(layer), .channels = architecture_.channels[layer]};
    convolutions_[layer].run(input, plane.size, output);
    clear_border(output, plane);
    if (observer) report(observer, layer, output, plane);
    if (Architecture::has_pooling(layer)) {
      max_pool(output, plane, input, {.size = architecture_.plane(layer + 1), .channels = plane.channels});
    } else {
      std::swap(input, output);
    }
    if (times != nullptr) (*times)[layer] += std::chrono::steady_clock::now() - begin;
  }
  constexpr std::size_t kLast = kConvolutionCount - 1;
  global_maximum(input, {.size = architecture_.plane(kLast), .channels = embedding.size()}, embedding);
}

}  // namespace edgel3
