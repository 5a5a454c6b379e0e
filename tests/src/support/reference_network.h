#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "support/random_network.h"

namespace edgel3 {

/// Planes [channel][row][column] in double.
struct ReferencePlanes {
  PlaneSize size;
  std::size_t channels = 0;
  std::vector<double> values = std::vector<double>(channels * size.height * size.width);

  [[nodiscard]] std::span<double> row(std::size_t channel, std::size_t row) {
    return std::span(values).subspan(((channel * size.height) + row) * size.width, size.width);
  }
};

/// What every convolution of a network puts out, before pooling, and its embedding.
struct ReferenceResult {
  std::array<ReferencePlanes, kConvolutionCount> outputs;
  std::vector<double> embedding;
};

/// Adds `weight` times the input seen through tap (ky, kx), zeros beyond the border.
inline void add_tap(std::size_t ky, std::size_t kx, double weight, ReferencePlanes& input, std::size_t in,
                    ReferencePlanes& output, std::size_t out) {
  for (std::size_t row = 0; row < output.size.height; ++row) {
    if (row + ky < 1 || row + ky > input.size.height) continue;
    const std::span<double> sums = output.row(out, row);
    const std::span<double> seen = input.row(in, row + ky - 1);
    const std::size_t begin = kx == 0 ? 1 : 0;
    const std::size_t end = kx == 2 ? sums.size() - 1 : sums.size();
    for (std::size_t column = begin; column < end; ++column) sums[column] += weight * seen[column + kx - 1];
  }
}

/// A convolution by its definition, with scale and shift but without ReLU.
inline ReferencePlanes reference_convolution(const ConvolutionWeights& weights, ReferencePlanes& input) {
  ReferencePlanes output{.size = input.size, .channels = weights.out_channels};
  std::size_t position = 0;
  for (std::size_t out = 0; out < weights.out_channels; ++out) {
    for (std::size_t in = 0; in < weights.in_channels; ++in) {
      for (std::size_t tap = 0; tap < 9; ++tap) {
        const double weight = weights.values[position++];
        if (weight != 0) add_tap(tap / 3, tap % 3, weight, input, in, output, out);
      }
    }
    for (std::size_t row = 0; row < output.size.height; ++row) {
      for (double& value : output.row(out, row)) value = (value * weights.scale[out]) + weights.shift[out];
    }
  }
  return output;
}

inline ReferencePlanes reference_pooling(ReferencePlanes& input) {
  ReferencePlanes output{.size = {.height = input.size.height / 2, .width = input.size.width / 2},
                         .channels = input.channels};
  for (std::size_t channel = 0; channel < output.channels; ++channel) {
    for (std::size_t row = 0; row < output.size.height; ++row) {
      for (std::size_t column = 0; column < output.size.width; ++column) {
        const std::span<double> upper = input.row(channel, 2 * row).subspan(2 * column, 2);
        const std::span<double> lower = input.row(channel, (2 * row) + 1).subspan(2 * column, 2);
        output.row(channel, row)[column] = std::max({upper[0], upper[1], lower[0], lower[1]});
      }
    }
  }
  return output;
}

/// The whole network, straight from its definition (upstream `edgel3/models.py`), in double.
inline ReferenceResult run_reference(const NetworkWeights& network, std::span<const double> mel) {
  ReferenceResult result;
  ReferencePlanes planes{.size = network.architecture.input, .channels = 1};
  for (std::size_t i = 0; i < mel.size(); ++i) {
    planes.values[i] = (mel[i] * network.input.scale) + network.input.shift;
  }
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    planes = reference_convolution(network.convolutions[layer], planes);
    const bool relu = network.architecture.has_relu(layer);
    if (relu)
      std::ranges::transform(planes.values, planes.values.begin(), [](double x) { return std::max(x, 0.0); });
    result.outputs[layer] = planes;
    if (network.architecture.has_pooling(layer)) planes = reference_pooling(planes);
  }
  const PlaneSize cover = network.architecture.final_pooling;
  for (std::size_t top = 0; top < planes.size.height; top += cover.height) {
    for (std::size_t left = 0; left < planes.size.width; left += cover.width) {
      for (std::size_t channel = 0; channel < planes.channels; ++channel) {
        double maximum = -std::numeric_limits<double>::infinity();
        for (std::size_t row = top; row < top + cover.height; ++row) {
          maximum = std::max(maximum, std::ranges::max(planes.row(channel, row).subspan(left, cover.width)));
        }
        result.embedding.push_back(maximum);
      }
    }
  }
  return result;
}

}  // namespace edgel3
