#include "nn/first_convolution.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "nn/simd.h"
#include "nn/winograd_convolution.h"
#include "nn/xnnpack/gemm.h"

namespace edgel3 {

using xnnpack::kGemmColumns;

FirstConvolution::FirstConvolution(const ConvolutionWeights& weights, bool relu)
    : out_channels_(WinogradConvolution::padded(weights.out_channels)),
      least_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift),
      packed_(out_channels_ * (1 + kTaps)) {
  assert(weights.in_channels == 1 && weights.values.size() == weights.out_channels * kTaps);
  scale_.resize(out_channels_);
  shift_.resize(out_channels_);
  for (std::size_t out = 0; out < weights.out_channels; ++out) {
    for (std::size_t tap = 0; tap < kTaps; ++tap) {
      const std::size_t panel = out / kGemmColumns * kGemmColumns * (1 + kTaps);
      packed_[panel + ((1 + tap) * kGemmColumns) + (out % kGemmColumns)] =
          weights.values[(out * kTaps) + tap];
    }
  }
}

FirstConvolution::Patch FirstConvolution::gather(const PlaneRows& input, std::size_t row,
                                                 std::size_t column) {
  assert(input.channels == 1);
  Patch patch;
  float* to = patch.data();
  for (std::size_t pixel = 0; pixel < OutputTile::kPixels; ++pixel) {
    for (std::size_t ky = 0; ky < 3; ++ky) {
      const float* const from =
          input.row(static_cast<std::ptrdiff_t>(row + (pixel / 2) + ky) - 1) + column + (pixel % 2);
      to = std::copy_n(from, 3, to);
    }
  }
  return patch;
}

void FirstConvolution::compute(const Patch& patch, OutputTile& tile) const {
  static_assert(OutputTile::kPixels == xnnpack::kGemmRows);
  tile.channels = std::min(OutputTile::kMaxChannels, out_channels_ - tile.channel);
  std::array<float, OutputTile::kPixels * OutputTile::kMaxChannels> sums;
  xnnpack::multiply(OutputTile::kPixels, tile.channels, kTaps, patch.data(), kTaps,
                    packed_.data() + (tile.channel * (1 + kTaps)), sums.data());
  const F32x4 least = splat(least_);
  for (std::size_t i = 0; i < tile.channels; i += kLanes) {
    const F32x4 scale = load(scale_.data() + tile.channel + i);
    const F32x4 shift = load(shift_.data() + tile.channel + i);
    for (std::size_t pixel = 0; pixel < OutputTile::kPixels; ++pixel) {
      const F32x4 sum = load(sums.data() + (pixel * tile.channels) + i);
      store(tile.values + (pixel * OutputTile::kMaxChannels) + i,
            maximum(multiply_add(sum, scale, shift), least));
    }
  }
}

}  // namespace edgel3
