#include "network/overflow.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace edgel3 {
namespace {

/// Winograd's transform of pixels makes numbers up to 27 times as large as they are, and what its transform
/// of products adds up on the way up to 55 times (nn/kernels/winograd_transforms.h, tiles of 4x4 pixels). The
/// rest is for what rounding adds to sums of any length that there can be.
constexpr double kMargin = 2048;
constexpr double kLimit = std::numeric_limits<float>::max() / kMargin;

/// The sum of the absolute weights of each output channel.
std::vector<double> absolute_sums(const ConvolutionWeights& convolution) {
  std::vector<double> sums(convolution.out_channels);
  const std::size_t per_channel = convolution.in_channels * 9;
  const bool is_dense = convolution.positions.empty();
  for (std::size_t i = 0; i < convolution.values.size(); ++i) {
    const std::size_t position = is_dense ? i : convolution.positions[i];
    sums[position / per_channel] += std::abs(convolution.values[i]);
  }
  return sums;
}

/// The largest number that the convolution computes from numbers up to `largest`.
double largest_output(const ConvolutionWeights& convolution, double largest) {
  const std::vector<double> sums = absolute_sums(convolution);
  double output = 0;
  for (std::size_t channel = 0; channel < sums.size(); ++channel) {
    // Neither the weights, which Winograd's transform adds up, nor the sum, nor what becomes of it.
    const double sum = sums[channel] * std::max(1.0, largest);
    const double scale = std::max(1.0, std::abs(static_cast<double>(convolution.scale[channel])));
    output = std::max(output, (sum * scale) + std::abs(static_cast<double>(convolution.shift[channel])));
  }
  return output;
}

}  // namespace

Result<void> check_overflow(const NetworkSource& source, const FrontEnd& front_end) {
  const InputNormalization input = source.input();
  double largest = (front_end.decibel_range * std::abs(input.scale)) + std::abs(input.shift);
  std::size_t layer = 0;
  while (largest < kLimit && layer < kConvolutionCount) {
    largest = largest_output(source.convolution(layer++), largest);
  }
  if (largest < kLimit) return {};
  const std::string where =
      layer == 0 ? "of the input's normalization" : "up to convolution " + std::to_string(layer);
  return failure(ErrorCode::kModelInvalid,
                 "The weights " + where + " are so large that sums could leave the range of float32.");
}

}  // namespace edgel3
