#include "nn/xnnpack/gemm.h"

#include <cassert>
#include <limits>

#include "xnnpack/gemm.h"
#include "xnnpack/microparams.h"

namespace edgel3::xnnpack {
namespace {

#if defined(__wasm_relaxed_simd__)
constexpr auto kKernel = xnn_f32_gemm_minmax_ukernel_4x8__wasmrelaxedsimd_fma_loadsplat;
#elif defined(__wasm_simd128__)
constexpr auto kKernel = xnn_f32_gemm_minmax_ukernel_4x8__wasmsimd_x86_loadsplat;
#else
constexpr auto kKernel = xnn_f32_gemm_minmax_ukernel_4x4__scalar;
#endif

}  // namespace

void multiply_tile(std::size_t rows, std::size_t depth, const float* input, std::size_t input_stride,
                   const float* packed, float* tile) {
  assert(rows >= 1 && rows <= kGemmRows && depth >= 1);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  xnn_f32_minmax_params limits{};
  limits.scalar.min = -kInfinity;
  limits.scalar.max = kInfinity;
  constexpr std::size_t kRowBytes = kGemmColumns * sizeof(float);
  kKernel(rows, kGemmColumns, depth * sizeof(float), input, input_stride * sizeof(float), packed, tile,
          kRowBytes, kRowBytes, &limits);
}

}  // namespace edgel3::xnnpack
