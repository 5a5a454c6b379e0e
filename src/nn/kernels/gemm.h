#pragma once

#include <cstddef>

namespace edgel3 {

/// The tile of sums that multiply() holds in registers. Twelve vectors of sums and what they are made of fill
/// the 16 registers of x86 where multiplying and adding is one instruction; else there is room for eight.
#if defined(__wasm_relaxed_simd__)
inline constexpr std::size_t kGemmRows = 6;
#else
inline constexpr std::size_t kGemmRows = 4;
#endif
inline constexpr std::size_t kGemmColumns = 8;

/// Floats from a row of the input to the next one, and the most products in a sum.
inline constexpr std::size_t kGemmDepth = 64;

/// What becomes of the numbers that stand where sums go.
enum class Before : bool { kForgotten, kAdded };

/// sums[row * columns + column] = sum over i of input[row * kGemmDepth + i] * packed[i][column], in float32
/// and by increasing i, to which the number that stood there is added last where `before` says so. `rows`: at
/// least 1, but of the input a multiple of kGemmRows is read; `depth`: 1 to kGemmDepth; `columns`: a multiple
/// of kGemmColumns. `packed` holds depth x kGemmColumns numbers for the first kGemmColumns columns, then
/// those for the next, and behind them as many that will be needed next: they are read so that they are in
/// the cache by then.
void multiply(std::size_t rows, std::size_t columns, std::size_t depth, const float* input,
              const float* packed, Before before, float* sums);

}  // namespace edgel3
