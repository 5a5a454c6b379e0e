#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "network/architecture.h"

namespace edgel3 {

/// Keeps what a network reports to its observer. It fails the test if an output is reported twice or does not
/// exist.
class ActivationRecorder {
 public:
  explicit ActivationRecorder(const Architecture& architecture) : architecture_(architecture) {
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      const PlaneSize plane = architecture.plane(layer);
      outputs_[layer].resize(architecture.channels[layer] * plane.height * plane.width, kMissing);
    }
  }

  void operator()(std::size_t layer, std::size_t channel, std::size_t row, std::size_t column,
                  std::span<const float> values) {
    ASSERT_LT(layer, kConvolutionCount);
    const PlaneSize plane = architecture_.plane(layer);
    ASSERT_LT(channel, architecture_.channels[layer]);
    ASSERT_LT(row, plane.height);
    ASSERT_LE(column + values.size(), plane.width);
    const std::size_t begin = (((channel * plane.height) + row) * plane.width) + column;
    const std::span<float> outputs = std::span(outputs_[layer]).subspan(begin, values.size());
    ASSERT_TRUE(std::ranges::all_of(outputs, [](float output) { return std::isnan(output); }))
        << "convolution " << layer + 1 << " reported row " << row << " of channel " << channel << " twice";
    std::ranges::copy(values, outputs.begin());
  }

  /// The outputs of `layer`, channels x height x width; NaN where nothing was reported.
  [[nodiscard]] const std::vector<float>& outputs(std::size_t layer) const { return outputs_[layer]; }

 private:
  static constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

  Architecture architecture_;
  std::array<std::vector<float>, kConvolutionCount> outputs_;
};

}  // namespace edgel3
