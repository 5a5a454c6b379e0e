#include "nn/winograd_convolution.h"

#include <array>
#include <cassert>
#include <limits>

#include "nn/kernels/gemm.h"

namespace edgel3 {
namespace {

/// `numbers`, and zeros up to `size`.
std::vector<float> padded_with_zeros(std::vector<float> numbers, std::size_t size) {
  numbers.resize(size);
  return numbers;
}

}  // namespace

WinogradConvolution::WinogradConvolution(const ConvolutionWeights& weights, bool relu,
                                         const WinogradTransforms& transforms)
    : transforms_(&transforms),
      depth_(transforms.side == 2 ? kGemmDepth : kGemmDepth / 2),
      in_channels_(padded(weights.in_channels)),
      out_channels_(padded(weights.out_channels)),
      min_output_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(padded_with_zeros(weights.scale, out_channels_)),
      shift_(padded_with_zeros(weights.shift, out_channels_)) {
  static_assert(kChannelUnit % kGemmColumns == 0);
  assert(weights.values.size() == weights.in_channels * weights.out_channels * 9);
  const std::size_t place_count = transforms.place_count();
  packed_.resize((place_count * out_channels_ * in_channels_) + (depth_ * kGemmColumns));
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
        // What the runs, places and slices before take.
        const std::size_t before =
            (((place_count * run) + (place * columns)) * in_channels_) + (columns * slice * depth_);
        packed_[before + (panel * slice_depth) + ((in - (slice * depth_)) * kGemmColumns) +
                ((out - run) % kGemmColumns)] = places[place];
      }
    }
  }
}

void WinogradConvolution::reserve(Workspace& workspace) const {
  const std::size_t pixels = transforms_->place_count() * pixel_stride(kTiles);
  const std::size_t products = transforms_->place_count() * product_stride(kTiles);
  if (workspace.pixels_.size() < pixels) workspace.pixels_.resize(pixels);
  if (workspace.products_.size() < products) workspace.products_.resize(products);
}

void WinogradConvolution::begin(Workspace& workspace, const float* pixels, std::size_t row_stride,
                                std::size_t index, std::size_t count) const {
  for (std::size_t in = 0; in < in_channels_; in += kGemmDepth) {
    transforms_->pixels(pixels + in, in_channels_, row_stride, std::min(kGemmDepth, in_channels_ - in),
                        workspace.pixels_.data() + (in * count) + (index * kGemmDepth), pixel_stride(count));
  }
}

void WinogradConvolution::multiply(Workspace& workspace, std::size_t count) const {
  const OutputTile& tile = workspace.tile_;
  const std::size_t weights = tile.channels * in_channels_;  // at a place
  const float* packed = packed_.data() + (transforms_->place_count() * tile.channel * in_channels_);
  for (std::size_t place = 0; place < transforms_->place_count(); ++place, packed += weights) {
    multiply(workspace.pixels_.data() + (place * pixel_stride(count)), count, tile.channels, packed,
             workspace.products_.data() + (place * product_stride(count)));
  }
}

void WinogradConvolution::multiply(const float* pixels, std::size_t count, std::size_t columns,
                                   const float* packed, float* products) const {
  for (std::size_t in = 0; in < in_channels_; in += depth_) {
    const std::size_t depth = std::min(depth_, in_channels_ - in);
    const std::size_t inside = in % kGemmDepth;
    edgel3::multiply(count, columns, depth, pixels + ((in - inside) * count) + inside, packed,
                     in == 0 ? Before::kForgotten : Before::kAdded, products);
    packed += columns * depth;
  }
}

void WinogradConvolution::finish(Workspace& workspace, std::size_t index, std::size_t count) const {
  OutputTile& tile = workspace.tile_;
  const Epilogue epilogue{.scale = scale_.data() + tile.channel,
                          .shift = shift_.data() + tile.channel,
                          .min_output = min_output_};
  transforms_->places(workspace.products_.data() + (index * tile.channels), product_stride(count),
                      tile.channels, epilogue, tile.values, OutputTile::kMaxChannels);
}

}  // namespace edgel3
