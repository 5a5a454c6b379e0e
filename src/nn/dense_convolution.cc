#include "nn/dense_convolution.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "nn/xnnpack/gemm.h"

namespace edgel3 {
namespace {

using xnnpack::kTileColumns;
using xnnpack::kTileRows;

constexpr std::size_t kTaps = 9;
constexpr std::size_t kDepth = 64;  // input channels that are summed in float32

}  // namespace

DenseConvolution::DenseConvolution(const ConvolutionWeights& weights, bool relu)
    : in_channels_(weights.in_channels),
      out_channels_(weights.out_channels),
      relu_(relu),
      scale_(weights.scale),
      shift_(weights.shift) {
  assert(out_channels_ % kTileColumns == 0);
  for (std::size_t block = 0; block < out_channels_; block += kTileColumns) {
    for (std::size_t tap = 0; tap < kTaps; ++tap) {
      for (std::size_t in = 0; in < in_channels_; ++in) {
        if (in % kDepth == 0) packed_.insert(packed_.end(), kTileColumns, 0.0F);
        for (std::size_t out = block; out < block + kTileColumns; ++out) {
          packed_.push_back(weights.values[(((out * in_channels_) + in) * kTaps) + tap]);
        }
      }
    }
  }
}

void DenseConvolution::run(const float* input, PlaneSize size, float* output) const {
  const BorderedPlane from{.size = size, .channels = in_channels_};
  const BorderedPlane to{.size = size, .channels = out_channels_};
  for (std::size_t block = 0; block < out_channels_; block += kTileColumns) {
    for (std::size_t row = 0; row < size.height; ++row) {
      for (std::size_t column = 0; column < size.width; column += kTileRows) {
        const std::size_t pixels = std::min(kTileRows, size.width - column);
        run_tile(input + from.offset(row, column), from, pixels, block,
                 output + to.offset(row, column) + block);
      }
    }
  }
}

void DenseConvolution::run_tile(const float* input, const BorderedPlane& plane, std::size_t pixels,
                                std::size_t block, float* output) const {
  std::array<double, kTileRows * kTileColumns> sums{};
  std::array<float, kTileRows * kTileColumns> partial{};
  const std::size_t packed_per_block = packed_.size() / (out_channels_ / kTileColumns);
  const float* packed = packed_.data() + (block / kTileColumns * packed_per_block);
  for (std::size_t tap = 0; tap < kTaps; ++tap) {
    const float* first = input - plane.row_stride() - in_channels_;  // the pixel above and to the left
    const float* pixel = first + (tap / 3 * plane.row_stride()) + (tap % 3 * in_channels_);
    for (std::size_t in = 0; in < in_channels_; in += kDepth) {
      const std::size_t depth = std::min(kDepth, in_channels_ - in);
      xnnpack::multiply_tile(pixels, depth, pixel + in, in_channels_, packed, partial.data());
      packed += (1 + depth) * kTileColumns;
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<double>(partial[i]);
    }
  }
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t j = 0; j < kTileColumns; ++j) {
      const double sum = sums[(i * kTileColumns) + j];
      const auto result = static_cast<float>((sum * scale_[block + j]) + shift_[block + j]);
      output[(i * out_channels_) + j] = relu_ ? std::max(result, 0.0F) : result;
    }
  }
}

}  // namespace edgel3
