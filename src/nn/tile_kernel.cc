#include "nn/tile_kernel.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "nn/simd.h"

namespace edgel3 {
namespace {

/// Products that are summed on their own before they are added to the rest. One long float32 sum would be
/// farther from the exact result than Keras is.
constexpr std::size_t kLongestSum = 48;
static_assert(kLongestSum % 4 == 0, "a sum ends with a group");

template <std::size_t kVectors>
void sum_products(NonZeros& nonzeros, std::size_t channels, const float* tile_input, bool fresh,
                  float* sums) {
  const char* const base = reinterpret_cast<const char*>(tile_input);
  const std::uint64_t* offsets = nonzeros.offsets;
  const float* weights = nonzeros.weights;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::size_t left = nonzeros.counts[channel];
    bool add_to_sums = !fresh;
    do {
      std::size_t count = std::min(left, kLongestSum);
      left -= count;
      F32x4 parts[kTileRows][kVectors] = {};
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
      for (std::size_t row = 0; row < kTileRows; ++row) {
        for (std::size_t i = 0; i < kVectors; ++i) {
          float* const sum = sums + (((row * kVectors) + i) * kLanes);
          store(sum, add_to_sums ? load(sum) + parts[row][i] : parts[row][i]);
        }
      }
      add_to_sums = true;
    } while (left > 0);
    sums += kTileRows * kVectors * kLanes;
  }
  nonzeros = {.offsets = offsets, .weights = weights, .counts = nonzeros.counts + channels};
}

}  // namespace

TileKernel find_tile_kernel(std::size_t vectors) {
  static constexpr std::array<TileKernel, kMaxVectors> kKernels{sum_products<1>, sum_products<2>,
                                                                sum_products<3>};
  assert(vectors >= 1 && vectors <= kMaxVectors);
  return kKernels[vectors - 1];
}

}  // namespace edgel3
