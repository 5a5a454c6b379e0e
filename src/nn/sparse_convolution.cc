#include "nn/sparse_convolution.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>

#include "nn/simd.h"

namespace edgel3 {
namespace {

/// Input channels whose lines fit in a first-level cache of 32 KB.
constexpr std::size_t kChannelsInCache = 64;

/// Non-zeros of an output channel in a block below which storing and loading its sums takes too large a part
/// of the time. Then blocks are as large as 16-bit offsets allow, and come from the second-level cache.
constexpr std::size_t kFewNonZeros = 24;

std::size_t choose_block(const ConvolutionWeights& weights, std::size_t channel_bytes) {
  const std::size_t most = std::numeric_limits<std::uint16_t>::max() / channel_bytes;
  assert(most >= kChannelsInCache);
  const std::size_t in_cache = std::min(kChannelsInCache, weights.in_channels);
  if (weights.in_channels <= kChannelsInCache ||
      weights.values.size() * in_cache >= kFewNonZeros * weights.out_channels * weights.in_channels) {
    return in_cache;
  }
  const std::size_t blocks = (weights.in_channels + most - 1) / most;
  return (weights.in_channels + blocks - 1) / blocks;
}

/// A run has at least 16 channels, and so many that reading a block anew for each run is a small part of the
/// work on it.
std::size_t choose_run(const ConvolutionWeights& weights, std::size_t blocks) {
  if (blocks == 1) return weights.out_channels;
  constexpr std::size_t kLeast = 16;
  constexpr double kNonZerosPerInput = 40;
  const auto per_channel =
      static_cast<double>(weights.values.size()) / static_cast<double>(weights.out_channels);
  const double channels =
      kNonZerosPerInput * static_cast<double>(weights.in_channels) / std::max(per_channel, 1.0);
  std::size_t run = kLeast;
  while (run < weights.out_channels && static_cast<double>(run) < channels) run *= 2;
  return std::min(run, weights.out_channels);
}

}  // namespace

SparseConvolution::SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input)
    : block_(choose_block(weights, input.channel_stride() * sizeof(float))),
      blocks_((weights.in_channels + block_ - 1) / block_),
      run_(choose_run(weights, blocks_)),
      min_output_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift) {
  const std::vector<Block> blocks = find_blocks(weights);
  std::size_t groups = 0;
  counts_.reserve(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i % (blocks_ * run_) == 0) begins_.push_back(static_cast<std::uint32_t>(groups));
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
  for (std::size_t run = 0; run < weights.out_channels; run += run_) {
    const std::size_t run_end = std::min(run + run_, weights.out_channels);
    for (std::size_t first_in = 0; first_in < weights.in_channels; first_in += block_) {
      const std::size_t channels = std::min(block_, weights.in_channels - first_in);
      for (std::size_t out = run; out < run_end; ++out) {
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

void SparseConvolution::run(const TiledRows& input, std::size_t tile, const Target& target,
                            std::span<float> sums, const Observer* observer) const {
  assert(sums.size() >= sums_size());
  const std::size_t vectors = input.tiles()[tile].vectors;
  const SparseTileFunction sum = find_sparse_tile(vectors, TileOutcome::kSums);
  const SparseTileFunction finish = find_sparse_tile(vectors, target.outcome);
  for (std::size_t run = 0; run < begins_.size(); ++run) {
    const std::size_t first = run * run_;
    const std::size_t channels = std::min(run_, out_channels() - first);
    const TileResults results{.scale = scale_.data() + first,
                              .shift = shift_.data() + first,
                              .min_output = min_output_,
                              .to = target.to + (first * target.channel_stride),
                              .channel_stride = target.channel_stride};
    NonZeros nonzeros{.offsets = offsets_.data() + begins_[run],
                      .weights = weights_.data() + (std::size_t{begins_[run]} * 4),
                      .counts = counts_.data() + (first * blocks_)};
    const float* tile_input = input.tile_input(tile);
    for (std::size_t block = 0; block + 1 < blocks_; ++block) {
      sum(nonzeros, channels, tile_input, block == 0, sums.data(), results);
      tile_input += block_ * input.channel_stride();
    }
    if (observer == nullptr) {
      finish(nonzeros, channels, tile_input, blocks_ == 1, sums.data(), results);
      continue;
    }
    // The last block becomes sums as well, which can be looked at; then they are passed on as they are.
    sum(nonzeros, channels, tile_input, blocks_ == 1, sums.data(), results);
    observe(sums.data(), kTileRows * vectors * kLanes, first, channels, *observer);
    const std::vector<std::uint16_t> none(channels);
    nonzeros.counts = none.data();
    finish(nonzeros, channels, tile_input, false, sums.data(), results);
  }
}

void SparseConvolution::observe(const float* sums, std::size_t size, std::size_t first_channel,
                                std::size_t channels, const Observer& observer) const {
  std::array<float, kTileRows * kMaxVectors * kLanes> rows{};
  const F32x4 min_output = splat(min_output_);
  for (std::size_t channel = first_channel; channel < first_channel + channels; ++channel, sums += size) {
    const F32x4 scale = splat(scale_[channel]);
    const F32x4 shift = splat(shift_[channel]);
    for (std::size_t i = 0; i < size; i += kLanes) {
      store(rows.data() + i, maximum(multiply_add(load(sums + i), scale, shift), min_output));
    }
    observer(channel, rows.data());
  }
}

}  // namespace edgel3
