#include "nn/xnnpack/gemm.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/integers.h"

namespace edgel3::xnnpack {
namespace {

constexpr float kUntouched = 12345;

/// The tile by definition; rows from `rows` on stay untouched.
std::vector<float> definition(std::size_t rows, std::size_t depth, const std::vector<float>& input,
                              std::size_t stride, const std::vector<float>& packed) {
  std::vector<float> tile(kGemmRows * kGemmColumns, kUntouched);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < kGemmColumns; ++column) {
      float sum = packed[column];
      for (std::size_t i = 0; i < depth; ++i) {
        sum += input[(row * stride) + i] * packed[((1 + i) * kGemmColumns) + column];
      }
      tile[(row * kGemmColumns) + column] = sum;
    }
  }
  return tile;
}

TEST(GemmTest, EqualsItsDefinitionAndTouchesNothingElse) {
  for (std::size_t rows = 1; rows <= kGemmRows; ++rows) {
    for (const std::size_t depth : {1UZ, 2UZ, 3UZ, 4UZ, 5UZ, 7UZ, 8UZ, 9UZ, 31UZ, 32UZ, 33UZ, 64UZ, 131UZ}) {
      for (const std::size_t stride : {depth, depth + 1, depth + 64}) {
        // No float more than is to be read, so that AddressSanitizer sees the first one too many.
        const std::vector<float> input = integers(((rows - 1) * stride) + depth, rows);
        const std::vector<float> packed = integers((1 + depth) * kGemmColumns, depth);
        std::vector<float> tile(kGemmRows * kGemmColumns, kUntouched);
        multiply_tile(rows, depth, input.data(), stride, packed.data(), tile.data());
        EXPECT_EQ(tile, definition(rows, depth, input, stride, packed))
            << rows << " rows, depth " << depth << ", stride " << stride;
      }
    }
  }
}

TEST(GemmTest, DoesNotClampLargeResults) {
  const std::vector<float> input = {-1e30F};
  std::vector<float> packed(2 * kGemmColumns, 1.0F);
  packed[kGemmColumns] = -1;
  std::vector<float> tile(kGemmRows * kGemmColumns);
  multiply_tile(1, 1, input.data(), 1, packed.data(), tile.data());
  EXPECT_EQ(tile[0], 1e30F);
  EXPECT_EQ(tile[1], -1e30F);
}

}  // namespace
}  // namespace edgel3::xnnpack
