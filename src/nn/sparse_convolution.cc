#include "nn/sparse_convolution.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "nn/simd.h"

namespace edgel3 {

SparseConvolution::SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input)
    : blocks_((weights.in_channels + kChannelsPerBlock - 1) / kChannelsPerBlock),
      least_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift) {
  assert(weights.out_channels % kChannelsPerRun == 0);
  assert(kChannelsPerBlock * input.channel_stride() * sizeof(float) <=
         std::numeric_limits<std::uint16_t>::max());
  counts_.reserve(weights.out_channels * blocks_);
  for (std::size_t out = 0; out < weights.out_channels; out += kChannelsPerRun) {
    begins_.push_back(static_cast<std::uint32_t>(offsets_.size()));
    for (std::size_t block = 0; block < blocks_; ++block) {
      for (std::size_t channel = out; channel < out + kChannelsPerRun; ++channel) {
        add_block(weights, channel, block * kChannelsPerBlock, input);
      }
    }
  }
  offsets_.shrink_to_fit();
  weights_.shrink_to_fit();
}

void SparseConvolution::add_block(const ConvolutionWeights& weights, std::size_t out, std::size_t first_in,
                                  const TiledRows& input) {
  const std::size_t first_position = ((out * weights.in_channels) + first_in) * 9;
  const std::size_t channels = std::min(kChannelsPerBlock, weights.in_channels - first_in);
  const auto begin = std::ranges::lower_bound(weights.positions, first_position);
  const auto end = std::lower_bound(begin, weights.positions.end(), first_position + (channels * 9));
  std::size_t count = 0;
  for (auto next = begin; next != end; ++next, ++count) {
    const std::size_t position = *next - first_position;
    const std::size_t offset =
        (position / 9 * input.channel_stride()) + (position % 9 / 3 * kLineStride) + (position % 3);
    if (count % 4 == 0) {
      offsets_.push_back(0);
      weights_.resize(offsets_.size() * 4);
    }
    offsets_.back() |= std::uint64_t{offset * sizeof(float)} << (count % 4 * 16);
    weights_[weights_.size() - 4 + (count % 4)] =
        weights.values[static_cast<std::size_t>(next - weights.positions.begin())];
  }
  counts_.push_back(static_cast<std::uint16_t>(count));
}

SparseConvolution::Progress SparseConvolution::begin(const TiledRows& input, std::size_t tile,
                                                     std::size_t first_channel, float* sums) const {
  const std::size_t first_group = begins_[first_channel / kChannelsPerRun];
  Progress progress{.kernel = find_tile_kernel(input.tiles()[tile].vectors),
                    .nonzeros = {.offsets = offsets_.data() + first_group,
                                 .weights = weights_.data() + (first_group * 4),
                                 .counts = counts_.data() + (first_channel * blocks_)},
                    .window = input.window(tile)};
  for (std::size_t block = 0; block + 1 < blocks_; ++block) {
    progress.kernel(progress.nonzeros, kChannelsPerRun, progress.window, block == 0, sums);
    progress.window += kChannelsPerBlock * input.channel_stride();
  }
  return progress;
}

void SparseConvolution::finish(Progress& progress, std::size_t channel, std::size_t size, float* sums) const {
  progress.kernel(progress.nonzeros, 1, progress.window, blocks_ == 1, sums);
  const Vector scale = splat(scale_[channel]);
  const Vector shift = splat(shift_[channel]);
  const Vector least = splat(least_);
  for (const float* const end = sums + size; sums != end; sums += kTileRows * kLanes) {
    for (std::size_t i = 0; i < kTileRows * kLanes; i += kLanes) {
      store(sums + i, maximum(multiply_add(load(sums + i), scale, shift), least));
    }
  }
}

}  // namespace edgel3
