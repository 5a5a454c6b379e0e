#include "spmm_network.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "padded_planes.h"

namespace edgel3::benchmarks {
namespace {

/// The convolution as a sparse matrix whose inputs are distances in padded planes of size `size`.
SparseMatrix to_matrix(const ConvolutionWeights& convolution, PlaneSize size) {
  const auto row_stride = static_cast<std::ptrdiff_t>(size.width + 1);
  const auto plane_stride = static_cast<std::ptrdiff_t>(size.height + 2) * row_stride;
  const std::size_t weights_per_channel = convolution.in_channels * 9;

  SparseMatrix matrix;
  std::vector<std::ptrdiff_t> offsets;
  std::size_t next = 0;
  for (std::size_t out = 0; out < convolution.out_channels; ++out) {
    matrix.weights.push_back(convolution.shift[out]);
    const std::size_t begin = next;
    for (; next < convolution.values.size() && convolution.positions[next] < (out + 1) * weights_per_channel;
         ++next) {
      const auto position =
          static_cast<std::ptrdiff_t>(convolution.positions[next] - (out * weights_per_channel));
      const std::ptrdiff_t row = (position % 9 / 3) - 1;
      const std::ptrdiff_t column = (position % 3) - 1;
      offsets.push_back((position / 9 * plane_stride) + (row * row_stride) + column);
      matrix.weights.push_back(convolution.values[next] * convolution.scale[out]);
    }
    matrix.nonzeros.push_back(static_cast<std::uint32_t>(next - begin));
  }
  matrix.first_offset = offsets.front();
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const std::ptrdiff_t following = offsets[(i + 1) % offsets.size()];
    matrix.increments.push_back(
        static_cast<std::int32_t>((following - offsets[i]) * std::ptrdiff_t{sizeof(float)}));
  }
  return matrix;
}

void normalize_input(std::span<const double> mel, InputNormalization input, const PaddedPlanes& plane) {
  const std::size_t width = plane.size().width;
  for (std::size_t row = 0; row < plane.size().height; ++row) {
    std::ranges::transform(mel.subspan(row * width, width), plane.row(0, row).begin(),
                           [input](double decibel) { return input.apply(decibel); });
  }
}

void max_pool(const PaddedPlanes& from, const PaddedPlanes& to, std::size_t channels) {
  for (std::size_t channel = 0; channel < channels; ++channel) {
    for (std::size_t row = 0; row < to.size().height; ++row) {
      const std::span<const float> upper = from.row(channel, 2 * row);
      const std::span<const float> lower = from.row(channel, (2 * row) + 1);
      const std::span<float> pooled = to.row(channel, row);
      for (std::size_t x = 0; x < pooled.size(); ++x) {
        pooled[x] = std::max({upper[2 * x], upper[(2 * x) + 1], lower[2 * x], lower[(2 * x) + 1]});
      }
    }
  }
}

float maximum(const PaddedPlanes& planes, std::size_t channel) {
  float largest = -std::numeric_limits<float>::infinity();
  for (std::size_t row = 0; row < planes.size().height; ++row) {
    largest = std::max(largest, std::ranges::max(planes.row(channel, row)));
  }
  return largest;
}

}  // namespace

SpmmNetwork::SpmmNetwork(const NetworkSource& source)
    : architecture_(source.architecture()), input_(source.input()) {
  std::size_t largest = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize size = architecture_.plane(layer);
    layers_[layer] = to_matrix(source.convolution(layer), size);
    largest = std::max(largest, PaddedPlanes::memory_size(size, architecture_.channels[layer]));
  }
  for (auto& plane : planes_) plane.resize(largest);
}

void SpmmNetwork::run(std::span<const double> mel, std::span<float> embedding) {
  assert(mel.size() == architecture_.input.height * architecture_.input.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  PaddedPlanes input(planes_[0].data(), architecture_.input);
  PaddedPlanes output(planes_[1].data(), architecture_.input);
  normalize_input(mel, input_, input);
  input.clear_border(1);

  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const std::size_t channels = architecture_.channels[layer];
    const PlaneSize size = input.size();
    multiply(layers_[layer], input.row_start(0, 0), size.height * input.row_stride(), output.row_start(0, 0),
             output.plane_stride(), architecture_.has_relu(layer));
    output.clear_border(channels);  // the kernel wrote sums of wrapped rows there
    if (architecture_.has_pooling(layer)) {
      const PaddedPlanes pooled(input.memory(), architecture_.plane(layer + 1));
      max_pool(output, pooled, channels);
      pooled.clear_border(channels);
      output = PaddedPlanes(output.memory(), pooled.size());
      input = pooled;
    } else {
      std::swap(input, output);
    }
  }
  for (std::size_t channel = 0; channel < embedding.size(); ++channel)
    embedding[channel] = maximum(input, channel);
}

}  // namespace edgel3::benchmarks
