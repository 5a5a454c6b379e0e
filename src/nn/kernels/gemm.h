#pragma once

#include <cstddef>

namespace edgel3::xnnpack {

/// The tile that the f32-gemm microkernel computes at a time. Twelve sums of four and what they are made of
/// fill the 16 registers of x86 where multiplying and adding is one instruction; else there are eight.
#if defined(__wasm_relaxed_simd__)
inline constexpr std::size_t kGemmRows = 6;
#else
inline constexpr std::size_t kGemmRows = 4;
#endif
#if defined(__wasm_simd128__)
inline constexpr std::size_t kGemmColumns = 8;
#else
inline constexpr std::size_t kGemmColumns = 4;
#endif

/// sums[row][column] = packed[0][column] + sum over i of input[row * input_stride + i] * packed[1 +
/// i][column] for `rows` (1 to kGemmRows) and `columns` (a multiple of kGemmColumns), where `packed` holds (1
/// + depth) x kGemmColumns numbers for the first kGemmColumns columns, then those for the next. `depth`: at
/// least 1; `sums`: rows x columns; strides in floats. Reads nothing past these.
void multiply(std::size_t rows, std::size_t columns, std::size_t depth, const float* input,
              std::size_t input_stride, const float* packed, float* sums);

}  // namespace edgel3::xnnpack
