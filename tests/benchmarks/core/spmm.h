#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace edgel3::benchmarks {

/// Rows of a sparse matrix as XNNPACK's f32-spmm microkernels walk them: for each output row its bias and
/// non-zeros, and for each non-zero how far the input pointer moves on to the next one.
struct SparseMatrix {
  std::vector<float> weights;            ///< per output row: bias, then its non-zeros
  std::vector<std::int32_t> increments;  ///< in bytes, per non-zero; the last one leads back to the first
  std::vector<std::uint32_t> nonzeros;   ///< per output row
  std::ptrdiff_t first_offset = 0;       ///< in floats, of the first non-zero's input
};

/// output[row][i] = clamp(bias[row] + sum of weight * input[offset + i]) for i < `columns`; rows lie
/// `output_stride` floats apart. Negative results become 0 with `relu`. Reads up to 4 floats past the last
/// input it needs.
void multiply(const SparseMatrix& matrix, const float* input, std::size_t columns, float* output,
              std::size_t output_stride, bool relu);

}  // namespace edgel3::benchmarks
