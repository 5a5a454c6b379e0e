#include "nn/winograd_convolution.h"

#include <array>
#include <cassert>
#include <limits>

#include "nn/simd.h"
#include "nn/xnnpack/gemm.h"

namespace edgel3 {
namespace {

using xnnpack::kGemmColumns;
using xnnpack::kGemmRows;

/// Transformed pixels of a block, at each place: they and the products are to stay in a second-level cache of
/// 512 KiB (48 tiles of 512 channels take twice the time).
constexpr std::size_t kFloatsInBlock = 8192;
constexpr std::size_t kFewestTiles = 16;
constexpr std::size_t kMostTiles = 48;

/// `numbers`, and zeros up to `size`.
std::vector<float> padded_with_zeros(std::vector<float> numbers, std::size_t size) {
  numbers.resize(size);
  return numbers;
}

}  // namespace

WinogradConvolution::WinogradConvolution(const ConvolutionWeights& weights, bool relu)
    : in_channels_(padded(weights.in_channels)),
      out_channels_(padded(weights.out_channels)),
      block_(std::clamp(kFloatsInBlock / in_channels_ / kGemmRows * kGemmRows, kFewestTiles, kMostTiles)),
      least_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(padded_with_zeros(weights.scale, out_channels_)),
      shift_(padded_with_zeros(weights.shift, out_channels_)) {
  static_assert(kChannelUnit % kGemmColumns == 0);
  assert(weights.values.size() == weights.in_channels * weights.out_channels * 9);
  const std::size_t slices = (in_channels_ + kDepth - 1) / kDepth;
  packed_.resize(out_channels_ * kWinogradPlaces * (in_channels_ + slices));
  for (std::size_t out = 0; out < weights.out_channels; ++out) {
    const std::size_t run = out / OutputTile::kMaxChannels * OutputTile::kMaxChannels;
    const std::size_t columns = std::min(OutputTile::kMaxChannels, out_channels_ - run);
    const std::size_t panel = (out - run) / kGemmColumns * kGemmColumns;
    for (std::size_t in = 0; in < weights.in_channels; ++in) {
      const auto places = transform_weights(weights.values.data() + (((out * weights.in_channels) + in) * 9));
      const std::size_t slice = in / kDepth;
      const std::size_t depth = std::min(kDepth, in_channels_ - (slice * kDepth));
      for (std::size_t place = 0; place < kWinogradPlaces; ++place) {
        // Rows of all panels in front: those of the runs, places and slices before.
        const std::size_t before = (run * kWinogradPlaces * (in_channels_ + slices)) +
                                   (columns * ((place * (in_channels_ + slices)) + (slice * (kDepth + 1))));
        packed_[before + (panel * (1 + depth)) + ((1 + in - (slice * kDepth)) * kGemmColumns) +
                ((out - run) % kGemmColumns)] = places[place];
      }
    }
  }
}

void WinogradConvolution::reserve(Workspace& workspace) const {
  const std::size_t pixels = kWinogradPlaces * pixel_stride();
  const std::size_t products = kWinogradPlaces * product_stride();
  if (workspace.pixels_.size() < pixels) workspace.pixels_.resize(pixels);
  if (workspace.products_.size() < products) workspace.products_.resize(products);
}

void WinogradConvolution::multiply(Workspace& workspace, std::size_t count) const {
  const std::size_t columns = workspace.tile_.channels;
  const std::size_t slices = (in_channels_ + kDepth - 1) / kDepth;
  const float* packed =
      packed_.data() + (workspace.tile_.channel * kWinogradPlaces * (in_channels_ + slices));
  for (std::size_t place = 0; place < kWinogradPlaces; ++place) {
    const float* const pixels = workspace.pixels_.data() + (place * pixel_stride());
    float* const products = workspace.products_.data() + (place * product_stride());
    for (std::size_t in = 0; in < in_channels_; in += kDepth) {
      const std::size_t depth = std::min(kDepth, in_channels_ - in);
      for (std::size_t tile = 0; tile < count; tile += kGemmRows) {
        const std::size_t rows = std::min(kGemmRows, count - tile);
        const float* const input = pixels + (tile * in_channels_) + in;
        float* const sums = products + (tile * columns);
        if (in == 0) {
          xnnpack::multiply(rows, columns, depth, input, in_channels_, packed, sums);
        } else {
          alignas(64) std::array<float, kGemmRows * OutputTile::kMaxChannels> partial;
          xnnpack::multiply(rows, columns, depth, input, in_channels_, packed, partial.data());
          for (std::size_t i = 0; i < rows * columns; i += kLanes) {
            store(sums + i, load(sums + i) + load(partial.data() + i));
          }
        }
      }
      packed += columns * (1 + depth);
    }
  }
}

void WinogradConvolution::finish(Workspace& workspace, std::size_t index) const {
  OutputTile& tile = workspace.tile_;
  const Epilogue epilogue{
      .scale = scale_.data() + tile.channel, .shift = shift_.data() + tile.channel, .least = least_};
  transform_places(workspace.products_.data() + (index * tile.channels), product_stride(), tile.channels,
                   epilogue, tile.values, OutputTile::kMaxChannels);
}

}  // namespace edgel3
