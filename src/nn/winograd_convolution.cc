#include "nn/winograd_convolution.h"

#include <array>
#include <cassert>
#include <limits>

#include "nn/kernels/gemm.h"
#include "nn/simd.h"

namespace edgel3 {
namespace {

using xnnpack::kGemmColumns;
using xnnpack::kGemmRows;

/// `numbers`, and zeros up to `size`.
std::vector<float> padded_with_zeros(std::vector<float> numbers, std::size_t size) {
  numbers.resize(size);
  return numbers;
}

}  // namespace

WinogradConvolution::WinogradConvolution(const ConvolutionWeights& weights, bool relu,
                                         const WinogradTransforms& transforms)
    : transforms_(&transforms),
      depth_(transforms.side == 2 ? kLongestSum : kLongestSum / 2),
      in_channels_(padded(weights.in_channels)),
      out_channels_(padded(weights.out_channels)),
      min_output_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(padded_with_zeros(weights.scale, out_channels_)),
      shift_(padded_with_zeros(weights.shift, out_channels_)) {
  static_assert(kChannelUnit % kGemmColumns == 0);
  assert(weights.values.size() == weights.in_channels * weights.out_channels * 9);
  const std::size_t depth = packed_depth();
  const std::size_t place_count = transforms.place_count();
  packed_.resize(out_channels_ * place_count * depth);
  std::array<float, kMostPlaces> places{};
  for (std::size_t out = 0; out < weights.out_channels; ++out) {
    const std::size_t run = out / OutputTile::kMaxChannels * OutputTile::kMaxChannels;
    const std::size_t columns = std::min(OutputTile::kMaxChannels, out_channels_ - run);
    const std::size_t panel = (out - run) / kGemmColumns * kGemmColumns;
    for (std::size_t in = 0; in < weights.in_channels; ++in) {
      transforms.weights(weights.values.data() + (((out * weights.in_channels) + in) * 9), places.data());
      const std::size_t slice = in / depth_;
      const std::size_t slice_depth = std::min(depth_, in_channels_ - (slice * depth_));
      for (std::size_t place = 0; place < place_count; ++place) {
        // What the places, runs and slices before take.
        const std::size_t before =
            (((place * out_channels_) + run) * depth) + (columns * slice * (1 + depth_));
        packed_[before + (panel * (1 + slice_depth)) + ((1 + in - (slice * depth_)) * kGemmColumns) +
                ((out - run) % kGemmColumns)] = places[place];
      }
    }
  }
}

std::size_t WinogradConvolution::packed_depth() const {
  return in_channels_ + ((in_channels_ + depth_ - 1) / depth_);
}

void WinogradConvolution::reserve(Workspace& workspace) const {
  const std::size_t pixels = transforms_->place_count() * pixel_stride(kTiles);
  const std::size_t products = transforms_->place_count() * product_stride(kTiles);
  if (workspace.pixels_.size() < pixels) workspace.pixels_.resize(pixels);
  if (workspace.products_.size() < products) workspace.products_.resize(products);
}

void WinogradConvolution::begin(Workspace& workspace, const float* pixels, std::size_t row_stride,
                                std::size_t index, std::size_t count) const {
  for (std::size_t in = 0; in < in_channels_; in += depth_) {
    const std::size_t depth = std::min(depth_, in_channels_ - in);
    transforms_->pixels(pixels + in, in_channels_, row_stride, depth,
                        workspace.pixels_.data() + (in * count) + (index * depth), pixel_stride(count));
  }
}

void WinogradConvolution::multiply(Workspace& workspace, std::size_t count) const {
  const float* packed = packed_.data();
  for (std::size_t place = 0; place < transforms_->place_count(); ++place) {
    const float* const pixels = workspace.pixels_.data() + (place * pixel_stride(count));
    float* const products = workspace.products_.data() + (place * product_stride(count));
    for (std::size_t out = 0; out < out_channels_; out += OutputTile::kMaxChannels) {
      const std::size_t columns = std::min(OutputTile::kMaxChannels, out_channels_ - out);
      multiply(pixels, count, columns, packed, products + (out * count));
      packed += columns * packed_depth();
    }
  }
}

void WinogradConvolution::multiply(const float* pixels, std::size_t count, std::size_t columns,
                                   const float* packed, float* products) const {
  alignas(64) std::array<float, kGemmRows * OutputTile::kMaxChannels> partial{};
  for (std::size_t in = 0; in < in_channels_; in += depth_) {
    const std::size_t depth = std::min(depth_, in_channels_ - in);
    for (std::size_t tile = 0; tile < count; tile += kGemmRows) {
      const std::size_t rows = std::min(kGemmRows, count - tile);
      const float* const input = pixels + (in * count) + (tile * depth);
      float* const sums = products + (tile * columns);
      if (in == 0) {
        xnnpack::multiply(rows, columns, depth, input, depth, packed, sums);
      } else {
        xnnpack::multiply(rows, columns, depth, input, depth, packed, partial.data());
        for (std::size_t i = 0; i < rows * columns; i += kLanes) {
          store(sums + i, load(sums + i) + load(partial.data() + i));
        }
      }
    }
    packed += columns * (1 + depth);
  }
}

void WinogradConvolution::finish(Workspace& workspace, std::size_t index, std::size_t count) const {
  OutputTile& tile = workspace.tile_;
  const Epilogue epilogue{.scale = scale_.data() + tile.channel,
                          .shift = shift_.data() + tile.channel,
                          .min_output = min_output_};
  transforms_->places(workspace.products_.data() + (tile.channel * count) + (index * tile.channels),
                      product_stride(count), tile.channels, epilogue, tile.values, OutputTile::kMaxChannels);
}

}  // namespace edgel3
