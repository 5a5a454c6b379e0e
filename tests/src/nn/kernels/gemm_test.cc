#include "nn/kernels/gemm.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/integers.h"

namespace edgel3::xnnpack {
namespace {

constexpr float kUntouched = 12345;

std::vector<float> definition(std::size_t rows, std::size_t columns, std::size_t depth,
                              const std::vector<float>& input, std::size_t stride,
                              const std::vector<float>& packed) {
  std::vector<float> sums(kGemmRows * columns, kUntouched);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t panel = column / kGemmColumns * kGemmColumns * (1 + depth);
      const auto number = [&](std::size_t i) {
        return packed[panel + (i * kGemmColumns) + (column % kGemmColumns)];
      };
      float sum = number(0);
      for (std::size_t i = 0; i < depth; ++i) sum += input[(row * stride) + i] * number(1 + i);
      sums[(row * columns) + column] = sum;
    }
  }
  return sums;
}

TEST(GemmTest, EqualsItsDefinitionAndTouchesNothingElse) {
  for (std::size_t rows = 1; rows <= kGemmRows; ++rows) {
    for (const std::size_t columns : {kGemmColumns, 2 * kGemmColumns, 64UZ}) {
      for (const std::size_t depth : {1UZ, 2UZ, 3UZ, 4UZ, 5UZ, 7UZ, 8UZ, 9UZ, 31UZ, 33UZ, 64UZ, 131UZ}) {
        for (const std::size_t stride : {depth, depth + 1, depth + 64}) {
          // No float more than is to be read, so that AddressSanitizer sees the first one too many.
          const std::vector<float> input = integers(((rows - 1) * stride) + depth, rows);
          const std::vector<float> packed = integers((1 + depth) * columns, depth);
          std::vector<float> sums(kGemmRows * columns, kUntouched);
          multiply(rows, columns, depth, input.data(), stride, packed.data(), sums.data());
          ASSERT_EQ(sums, definition(rows, columns, depth, input, stride, packed))
              << rows << " rows, " << columns << " columns, depth " << depth << ", stride " << stride;
        }
      }
    }
  }
}

TEST(GemmTest, DoesNotClampLargeResults) {
  const std::vector<float> input = {-1e30F};
  std::vector<float> packed(2 * kGemmColumns, 1.0F);
  packed[kGemmColumns] = -1;
  std::vector<float> sums(kGemmColumns);
  multiply(1, kGemmColumns, 1, input.data(), 1, packed.data(), sums.data());
  EXPECT_EQ(sums[0], 1e30F);
  EXPECT_EQ(sums[1], -1e30F);
}

}  // namespace
}  // namespace edgel3::xnnpack
