#include "network/weights.h"

#include <algorithm>
#include <utility>

namespace edgel3 {

std::array<std::size_t, kConvolutionCount> count_nonzeros(const NetworkSource& source) {
  std::array<std::size_t, kConvolutionCount> counts{};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const std::vector<float> values = source.convolution(layer).values;
    counts[layer] = values.size() - static_cast<std::size_t>(std::ranges::count(values, 0.0F));
  }
  return counts;
}

ConvolutionWeights with_zeros(ConvolutionWeights weights) {
  if (weights.positions.empty()) return weights;
  std::vector<float> all(weights.in_channels * weights.out_channels * 9);
  for (std::size_t i = 0; i < weights.values.size(); ++i) all[weights.positions[i]] = weights.values[i];
  weights.values = std::move(all);
  weights.positions = {};
  return weights;
}

ConvolutionWeights without_zeros(ConvolutionWeights weights) {
  if (!weights.positions.empty()) return weights;
  std::size_t count = 0;
  for (std::size_t position = 0; position < weights.values.size(); ++position) {
    const float value = weights.values[position];
    if (value == 0) continue;
    weights.values[count++] = value;
    weights.positions.push_back(static_cast<std::uint32_t>(position));
  }
  weights.values.resize(count);
  return weights;
}

}  // namespace edgel3
