#include "nn/kernels/gemm.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "support/integers.h"

namespace edgel3 {
namespace {

/// What stands where sums go, so that both adding to it and leaving it as it is can be told.
constexpr float kBefore = 12345;

/// The smallest multiple of `unit` that is not less than `number`.
constexpr std::size_t round_up(std::size_t number, std::size_t unit) {
  return (number + unit - 1) / unit * unit;
}

std::vector<float> definition(std::size_t rows, std::size_t columns, std::size_t depth,
                              const std::vector<float>& input, const std::vector<float>& packed,
                              Before before) {
  std::vector<float> sums(round_up(rows, kGemmRows) * columns, kBefore);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t panel = column / kGemmColumns * kGemmColumns * depth;
      float sum = 0;
      for (std::size_t i = 0; i < depth; ++i) {
        sum += input[(row * kGemmDepth) + i] * packed[panel + (i * kGemmColumns) + (column % kGemmColumns)];
      }
      sums[(row * columns) + column] = sum + (before == Before::kAdded ? kBefore : 0);
    }
  }
  return sums;
}

void expect_equals_definition(std::size_t rows, std::size_t columns, std::size_t depth, Before before) {
  // No float more than is to be read, so that AddressSanitizer sees the first one too many.
  const std::size_t rows_read = round_up(rows, kGemmRows);
  const std::vector<float> input = integers(((rows_read - 1) * kGemmDepth) + depth, rows);
  const std::vector<float> packed = integers(depth * (columns + kGemmColumns), depth);
  std::vector<float> sums(rows_read * columns, kBefore);
  multiply(rows, columns, depth, input.data(), packed.data(), before, sums.data());
  ASSERT_EQ(sums, definition(rows, columns, depth, input, packed, before))
      << rows << " rows, " << columns << " columns, depth " << depth;
}

TEST(GemmTest, EqualsItsDefinitionAndWritesNothingElse) {
  for (const std::size_t rows : {1UZ, 2UZ, 3UZ, 4UZ, 5UZ, 6UZ, 7UZ, 11UZ, 12UZ, 13UZ, 47UZ, 48UZ}) {
    for (const std::size_t columns : {kGemmColumns, 2 * kGemmColumns, 64UZ}) {
      for (const std::size_t depth : {1UZ, 2UZ, 3UZ, 4UZ, 5UZ, 7UZ, 8UZ, 9UZ, 31UZ, 33UZ, 63UZ, 64UZ}) {
        expect_equals_definition(rows, columns, depth, Before::kForgotten);
        expect_equals_definition(rows, columns, depth, Before::kAdded);
      }
    }
  }
}

TEST(GemmTest, AddsWhatStoodThereLast) {
  // Added first, it would take the ones away.
  std::vector<float> input(((kGemmRows - 1) * kGemmDepth) + 3, 1.0F);
  std::vector<float> packed(2 * 3 * kGemmColumns, 1.0F);
  std::vector<float> sums(kGemmColumns, 0x1p25F);
  multiply(1, kGemmColumns, 3, input.data(), packed.data(), Before::kAdded, sums.data());
  EXPECT_EQ(sums, std::vector<float>(kGemmColumns, 0x1p25F + 4));
}

}  // namespace
}  // namespace edgel3
