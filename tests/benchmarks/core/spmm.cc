#include "spmm.h"

#include <limits>

#include "xnnpack/microparams.h"
#include "xnnpack/spmm.h"

namespace edgel3::benchmarks {

void multiply(const SparseMatrix& matrix, const float* input, std::size_t columns, float* output,
              std::size_t output_stride, bool relu) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  xnn_f32_minmax_params limits{};
  limits.scalar.min = relu ? 0.0F : -kInfinity;
  limits.scalar.max = kInfinity;
  xnn_f32_spmm_minmax_ukernel_32x1__wasmrelaxedsimd_x86(
      columns * sizeof(float), matrix.nonzeros.size(), input + matrix.first_offset, matrix.weights.data(),
      matrix.increments.data(), matrix.nonzeros.data(), output, output_stride * sizeof(float), &limits);
}

}  // namespace edgel3::benchmarks
