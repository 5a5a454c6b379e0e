#include "nn/first_convolution.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "nn/simd.h"
#include "nn/winograd_convolution.h"

namespace edgel3 {

FirstConvolution::FirstConvolution(const ConvolutionWeights& weights, bool relu)
    : out_channels_(WinogradConvolution::padded(weights.out_channels)),
      min_output_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift),
      packed_(out_channels_ * kTaps) {
  static_assert(WinogradConvolution::kChannelUnit % kLanes == 0);
  assert(weights.in_channels == 1 && weights.values.size() == weights.out_channels * kTaps);
  scale_.resize(out_channels_);
  shift_.resize(out_channels_);
  for (std::size_t out = 0; out < weights.out_channels; ++out) {
    const std::size_t lane = out % kLanes;
    double* const packed = packed_.data() + ((out - lane) * kTaps) + lane;
    for (std::size_t tap = 0; tap < kTaps; ++tap) packed[tap * kLanes] = weights.values[(out * kTaps) + tap];
  }
}

FirstConvolution::Patch FirstConvolution::gather(const PlaneRows& input, std::size_t row,
                                                 std::size_t column) {
  assert(input.channels == 1);
  Patch patch;
  for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
    for (std::size_t ky = 0; ky < 3; ++ky) {
      const float* const from = input.row(static_cast<std::ptrdiff_t>(row + (pixel / kTileSide) + ky) - 1) +
                                column + (pixel % kTileSide);
      std::copy_n(from, 3, patch[pixel].data() + (3 * ky));
    }
  }
  return patch;
}

void FirstConvolution::compute(const Patch& patch, OutputTile& tile) const {
  tile.channels = std::min(OutputTile::kMaxChannels, out_channels_ - tile.channel);
  const F32x4 min_output = splat(min_output_);
  for (std::size_t i = 0; i < tile.channels; i += kLanes) {
    const double* packed = packed_.data() + ((tile.channel + i) * kTaps);
    F64x4 sums[kPixels] = {};
    for (std::size_t tap = 0; tap < kTaps; ++tap, packed += kLanes) {
      F64x4 weights;
      std::memcpy(&weights, packed, sizeof weights);
      for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
        add_product(weights, patch[pixel][tap], sums[pixel]);
      }
    }
    F64x4 scale;
    F64x4 shift;
    load(scale_.data() + tile.channel + i, scale);
    load(shift_.data() + tile.channel + i, shift);
    for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
      const F32x4 result = __builtin_convertvector((sums[pixel] * scale) + shift, F32x4);
      store(tile.values + (pixel * OutputTile::kMaxChannels) + i, maximum(result, min_output));
    }
  }
}

}  // namespace edgel3
