#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "nn/kernels/sparse_tile.h"
#include "nn/simd.h"

// What the shapes of sparse_tile.h have in common. Only sparse_tile.cc includes it.

namespace edgel3::sparse_tile {

/// Products that are summed on their own before they are added to the rest. One long float32 sum would be
/// farther from the exact result than Keras is.
inline constexpr std::size_t kLongestSum = 48;
static_assert(kLongestSum % 4 == 0, "a sum ends with a group");

template <std::size_t kVectors>
using Sums = F32x4[kTileRows][kVectors];

/// The larger ones of neighbouring columns, from two neighbouring vectors.
inline F32x4 pool_columns(F32x4 left, F32x4 right) {
  return maximum(__builtin_shufflevector(left, right, 0, 2, 4, 6),
                 __builtin_shufflevector(left, right, 1, 3, 5, 7));
}

/// Passes the sums of channel `channel` on. They are still in registers.
template <TileOutcome kOutcome, std::size_t kVectors>
void pass_on(const Sums<kVectors>& sums, std::size_t channel, const TileResults& results) {
  const F32x4 scale = splat(results.scale[channel]);
  const F32x4 shift = splat(results.shift[channel]);
  const F32x4 min_output = splat(results.min_output);
  float* const to = results.to + (channel * results.channel_stride);
  if constexpr (kOutcome == TileOutcome::kRows || kOutcome == TileOutcome::kRowsEnd) {
    for (std::size_t row = 0; row < kTileRows; ++row) {
      for (std::size_t i = 0; i < kVectors; ++i) {
        const F32x4 result = maximum(multiply_add(sums[row][i], scale, shift), min_output);
        float* const place = to + (row * kLineStride) + (i * kLanes);
        if (kOutcome == TileOutcome::kRowsEnd && i + 1 == kVectors) {
          *place = result[0];
        } else {
          store(place, result);
        }
      }
    }
  } else if constexpr (kOutcome == TileOutcome::kPooled) {
    for (std::size_t row = 0; row < kTileRows; row += 2) {
      F32x4 columns[kVectors];
      for (std::size_t i = 0; i < kVectors; ++i) {
        columns[i] =
            maximum(multiply_add(sums[row][i], scale, shift), multiply_add(sums[row + 1][i], scale, shift));
      }
      float* const place = to + (row / 2 * kLineStride);
      for (std::size_t i = 0; i < kVectors; i += 2) {
        const F32x4 pooled = pool_columns(columns[i], columns[std::min(i + 1, kVectors - 1)]);
        store(place + (i / 2 * kLanes), maximum(pooled, min_output));
      }
    }
  } else {
    static_assert(kOutcome == TileOutcome::kMaxima);
    for (std::size_t i = 0; i < kVectors; ++i) {
      F32x4 largest = load(to + (i * kLanes));
      for (const auto& row : sums) {
        largest = maximum(maximum(multiply_add(row[i], scale, shift), min_output), largest);
      }
      store(to + (i * kLanes), largest);
    }
  }
}

/// See SparseTileFunction.
template <std::size_t kVectors, TileOutcome kOutcome>
void compute(NonZeros& nonzeros, std::size_t channels, const float* tile_input, bool fresh, float* sums,
             const TileResults& results) {
  const char* const base = reinterpret_cast<const char*>(tile_input);
  const std::uint64_t* offsets = nonzeros.offsets;
  const float* weights = nonzeros.weights;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::size_t left = nonzeros.counts[channel];
    bool add_to_sums = !fresh;
    for (;;) {
      std::size_t count = std::min(left, kLongestSum);
      left -= count;
      Sums<kVectors> parts = {};
      const auto add = [&](std::uint64_t offset, F32x4 weight) {
        const auto* const input = reinterpret_cast<const float*>(base + static_cast<std::uint16_t>(offset));
        for (std::size_t row = 0; row < kTileRows; ++row) {
          for (std::size_t i = 0; i < kVectors; ++i) {
            parts[row][i] =
                multiply_add(load(input + (row * kLineStride) + (i * kLanes)), weight, parts[row][i]);
          }
        }
      };
      // A way out after each non-zero: it handles the last group, and it keeps the compilers from mixing the
      // multiply-adds of a group, which would need more registers than there are.
      while (count > 0) {
        const std::uint64_t offset = *offsets++;
        const F32x4 weight = load(weights);
        weights += 4;
        add(offset, __builtin_shufflevector(weight, weight, 0, 0, 0, 0));
        if (count == 1) break;
        add(offset >> 16, __builtin_shufflevector(weight, weight, 1, 1, 1, 1));
        if (count == 2) break;
        add(offset >> 32, __builtin_shufflevector(weight, weight, 2, 2, 2, 2));
        if (count == 3) break;
        add(offset >> 48, __builtin_shufflevector(weight, weight, 3, 3, 3, 3));
        count -= 4;
      }
      if (add_to_sums) {
        for (std::size_t row = 0; row < kTileRows; ++row) {
          for (std::size_t i = 0; i < kVectors; ++i) {
            parts[row][i] = load(sums + (((row * kVectors) + i) * kLanes)) + parts[row][i];
          }
        }
      }
      if (kOutcome != TileOutcome::kSums && left == 0) {
        if constexpr (kOutcome != TileOutcome::kSums) pass_on<kOutcome, kVectors>(parts, channel, results);
        break;
      }
      for (std::size_t row = 0; row < kTileRows; ++row) {
        for (std::size_t i = 0; i < kVectors; ++i) {
          store(sums + (((row * kVectors) + i) * kLanes), parts[row][i]);
        }
      }
      if (left == 0) break;
      add_to_sums = true;
    }
    if (kOutcome == TileOutcome::kSums || !fresh) sums += kTileRows * kVectors * kLanes;
  }
  nonzeros = {.offsets = offsets, .weights = weights, .counts = nonzeros.counts + channels};
}

/// The table's line of a shape.
template <std::size_t kVectors>
constexpr SparseTileKernel make_kernel(const char* name) {
  return {.name = name,
          .vectors = kVectors,
          .functions = {compute<kVectors, TileOutcome::kSums>, compute<kVectors, TileOutcome::kRows>,
                        compute<kVectors, TileOutcome::kRowsEnd>, compute<kVectors, TileOutcome::kPooled>,
                        compute<kVectors, TileOutcome::kMaxima>}};
}

}  // namespace edgel3::sparse_tile
