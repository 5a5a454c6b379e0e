#pragma once

#include <cstddef>

namespace edgel3::xnnpack {

/// The tile that one call of the f32-gemm microkernel computes.
inline constexpr std::size_t kGemmRows = 4;
#if defined(__wasm_simd128__)
inline constexpr std::size_t kGemmColumns = 8;
#else
inline constexpr std::size_t kGemmColumns = 4;
#endif

/// tile[row][column] = packed[0][column] + sum over i of input[row * input_stride + i] * packed[1 +
/// i][column]. `rows`: 1 to kGemmRows; `depth`: at least 1; strides in floats; `packed`: (1 + depth) x
/// kGemmColumns; `tile`: kGemmRows x kGemmColumns, of which `rows` are written. Reads nothing past these.
void multiply_tile(std::size_t rows, std::size_t depth, const float* input, std::size_t input_stride,
                   const float* packed, float* tile);

}  // namespace edgel3::xnnpack
