#include "nn/kernels/gemm.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "nn/simd.h"

namespace edgel3 {
namespace {

constexpr std::size_t kCacheLine = 64 / sizeof(float);

/// Brings `count` floats into the cache. Nothing depends on what is loaded, so that the processor computes on
/// meanwhile; and many loads at once take little longer than one.
void touch(const float* from, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kCacheLine)
    static_cast<void>(static_cast<const volatile float*>(from)[i]);
}

/// kGemmRows rows, of which `rows` are stored, and kGemmColumns columns.
void multiply_tile(std::size_t rows, std::size_t depth, const float* input, const float* packed,
                   Before before, float* sums, std::size_t stride) {
  std::array<F32x4, kGemmRows> left{};
  std::array<F32x4, kGemmRows> right{};
  for (std::size_t i = 0; i < depth; ++i, packed += kGemmColumns) {
    const F32x4 left_weights = load(packed);
    const F32x4 right_weights = load(packed + kLanes);
    for (std::size_t row = 0; row < kGemmRows; ++row) {
      const F32x4 number = splat(input[(row * kGemmDepth) + i]);
      left[row] = multiply_add(number, left_weights, left[row]);
      right[row] = multiply_add(number, right_weights, right[row]);
    }
  }
  for (std::size_t row = 0; row < kGemmRows; ++row) {
    // No condition of the loop, with which the sums would not stay in registers.
    if (row >= rows) continue;
    float* const to = sums + (row * stride);
    const bool adds = before == Before::kAdded;
    store(to, adds ? load(to) + left[row] : left[row]);
    store(to + kLanes, adds ? load(to + kLanes) + right[row] : right[row]);
  }
}

}  // namespace

void multiply(std::size_t rows, std::size_t columns, std::size_t depth, const float* input,
              const float* packed, Before before, float* sums) {
  static_assert(kGemmColumns == 2 * kLanes);
  assert(rows >= 1 && depth >= 1 && depth <= kGemmDepth && columns % kGemmColumns == 0);
  const std::size_t panel = depth * kGemmColumns;
  // Of the next panel, with every tile of rows a part.
  const std::size_t tiles = (rows + kGemmRows - 1) / kGemmRows;
  const std::size_t part = ((panel / kCacheLine) + tiles - 1) / tiles * kCacheLine;
  for (std::size_t column = 0; column < columns; column += kGemmColumns, packed += panel) {
    for (std::size_t row = 0; row < rows; row += kGemmRows) {
      const std::size_t touched = row / kGemmRows * part;
      if (touched < panel) touch(packed + panel + touched, std::min(part, panel - touched));
      multiply_tile(std::min(kGemmRows, rows - row), depth, input + (row * kGemmDepth), packed, before,
                    sums + (row * columns) + column, columns);
    }
  }
}

}  // namespace edgel3
