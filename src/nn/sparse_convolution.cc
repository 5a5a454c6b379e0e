#include "nn/sparse_convolution.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "nn/simd.h"

namespace edgel3 {

SparseConvolution::SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input)
    : blocks_((weights.in_channels + kChannelsPerBlock - 1) / kChannelsPerBlock),
      min_output_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift) {
  assert(weights.out_channels % kChannelsPerRun == 0);
  assert(kChannelsPerBlock * input.channel_stride() * sizeof(float) <=
         std::numeric_limits<std::uint16_t>::max());
  const std::vector<Block> blocks = find_blocks(weights);
  std::size_t groups = 0;
  counts_.reserve(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i % (blocks_ * kChannelsPerRun) == 0) begins_.push_back(static_cast<std::uint32_t>(groups));
    const std::size_t count = blocks[i].end - blocks[i].begin;
    counts_.push_back(static_cast<std::uint16_t>(count));
    groups += (count + 3) / 4;
  }
  offsets_.reserve(groups);
  weights_.reserve(groups * 4);
  for (const Block& block : blocks) add_block(weights, block, input);
}

std::vector<SparseConvolution::Block> SparseConvolution::find_blocks(
    const ConvolutionWeights& weights) const {
  std::vector<Block> blocks;
  for (std::size_t run = 0; run < weights.out_channels; run += kChannelsPerRun) {
    for (std::size_t first_in = 0; first_in < weights.in_channels; first_in += kChannelsPerBlock) {
      const std::size_t channels = std::min(kChannelsPerBlock, weights.in_channels - first_in);
      for (std::size_t out = run; out < run + kChannelsPerRun; ++out) {
        const std::size_t first = ((out * weights.in_channels) + first_in) * 9;
        const auto index_of = [&](std::size_t position) {
          return static_cast<std::size_t>(std::ranges::lower_bound(weights.positions, position) -
                                          weights.positions.begin());
        };
        blocks.push_back(
            {.first_position = first, .begin = index_of(first), .end = index_of(first + (channels * 9))});
      }
    }
  }
  return blocks;
}

void SparseConvolution::add_block(const ConvolutionWeights& weights, const Block& block,
                                  const TiledRows& input) {
  for (std::size_t i = block.begin; i < block.end; ++i) {
    const std::size_t position = weights.positions[i] - block.first_position;
    const std::size_t offset =
        (position / 9 * input.channel_stride()) + (position % 9 / 3 * kLineStride) + (position % 3);
    const std::size_t place = (i - block.begin) % 4;
    if (place == 0) {
      offsets_.push_back(0);
      weights_.resize(offsets_.size() * 4);
    }
    offsets_.back() |= std::uint64_t{offset * sizeof(float)} << (16 * place);
    weights_[weights_.size() - 4 + place] = weights.values[i];
  }
}

SparseConvolution::Progress SparseConvolution::begin(const TiledRows& input, std::size_t tile,
                                                     std::size_t first_channel, float* sums) const {
  const std::size_t first_group = begins_[first_channel / kChannelsPerRun];
  Progress progress{.kernel = find_tile_kernel(input.tiles()[tile].vectors),
                    .nonzeros = {.offsets = offsets_.data() + first_group,
                                 .weights = weights_.data() + (first_group * 4),
                                 .counts = counts_.data() + (first_channel * blocks_)},
                    .tile_input = input.tile_input(tile)};
  for (std::size_t block = 0; block + 1 < blocks_; ++block) {
    progress.kernel(progress.nonzeros, kChannelsPerRun, progress.tile_input, block == 0, sums);
    progress.tile_input += kChannelsPerBlock * input.channel_stride();
  }
  return progress;
}

void SparseConvolution::finish(Progress& progress, std::size_t channel, std::size_t size, float* sums) const {
  progress.kernel(progress.nonzeros, 1, progress.tile_input, blocks_ == 1, sums);
  const F32x4 scale = splat(scale_[channel]);
  const F32x4 shift = splat(shift_[channel]);
  const F32x4 min_output = splat(min_output_);
  for (const float* const end = sums + size; sums != end; sums += kTileRows * kLanes) {
    for (std::size_t i = 0; i < kTileRows * kLanes; i += kLanes) {
      store(sums + i, maximum(multiply_add(load(sums + i), scale, shift), min_output));
    }
  }
}

}  // namespace edgel3
