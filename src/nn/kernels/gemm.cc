#include "nn/kernels/gemm.h"

#include <cassert>

#include "xnnpack/gemm.h"
#include "xnnpack/microparams.h"

namespace edgel3::xnnpack {
namespace {

// The panels of all of them have the same layout. On one x86 processor, `loadsplat` ran at 84 to 102 % of the
// rate of load and multiply-add and `splat` at 55 to 70 %; on another, networks took 2 to 10 % less time with
// 6x8 than with 4x8, and much more with `splat`.
#if defined(__wasm_relaxed_simd__)
constexpr auto kKernel = xnn_f32_gemm_ukernel_6x8__wasmrelaxedsimd_fma_loadsplat;
#elif defined(__wasm_simd128__)
constexpr auto kKernel = xnn_f32_gemm_ukernel_4x8__wasmsimd_loadsplat;
#else
constexpr auto kKernel = xnn_f32_gemm_ukernel_4x4__scalar;
#endif

}  // namespace

void multiply(std::size_t rows, std::size_t columns, std::size_t depth, const float* input,
              std::size_t input_stride, const float* packed, float* sums) {
  assert(rows >= 1 && rows <= kGemmRows && depth >= 1 && columns >= 1 && columns % kGemmColumns == 0);
  const xnn_f32_default_params params{};
  kKernel(rows, columns, depth * sizeof(float), input, input_stride * sizeof(float), packed, sums,
          columns * sizeof(float), kGemmColumns * sizeof(float), &params);
}

}  // namespace edgel3::xnnpack
