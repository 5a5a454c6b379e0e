#include "nn/xnnpack/igemm.h"

#include <cassert>
#include <limits>

#include "xnnpack/igemm.h"
#include "xnnpack/microparams.h"

namespace edgel3::xnnpack {
namespace {

#if defined(__wasm_relaxed_simd__)
constexpr auto kKernel = xnn_f32_igemm_minmax_ukernel_4x8__wasmrelaxedsimd_fma_splat;
#elif defined(__wasm_simd128__)
constexpr auto kKernel = xnn_f32_igemm_minmax_ukernel_4x8__wasmsimd_x86_splat;
#else
constexpr auto kKernel = xnn_f32_igemm_minmax_ukernel_4x4__scalar;
#endif

constexpr std::size_t kReadPastEnd = 4;  // floats

}  // namespace

std::vector<float> pack(std::span<const float> weights, std::span<const float> bias, std::size_t in_channels,
                        std::size_t taps) {
  std::vector<float> packed;
  for (std::size_t block = 0; block < bias.size(); block += kTileChannels) {
    for (std::size_t i = 0; i < kTileChannels; ++i) {
      packed.push_back(block + i < bias.size() ? bias[block + i] : 0.0F);
    }
    for (std::size_t tap = 0; tap < taps; ++tap) {
      for (std::size_t in = 0; in < in_channels; ++in) {
        for (std::size_t i = 0; i < kTileChannels; ++i) {
          const std::size_t out = block + i;
          packed.push_back(out < bias.size() ? weights[(((out * in_channels) + in) * taps) + tap] : 0.0F);
        }
      }
    }
  }
  packed.resize(packed.size() + kReadPastEnd);
  return packed;
}

void convolve(const Convolution& convolution, std::span<const float*> inputs, float* output, std::size_t pixels) {
  assert(inputs.size() == convolution.taps * kTilePixels);
  assert(pixels > 0 && pixels <= kTilePixels);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  xnn_f32_minmax_params limits{};
  limits.scalar.min = convolution.relu ? 0.0F : -kInfinity;
  limits.scalar.max = kInfinity;
  kKernel(pixels, convolution.out_channels, convolution.in_channels * sizeof(float),
          convolution.taps * kTilePixels * sizeof(void*), inputs.data(), convolution.packed.data(), output,
          convolution.out_channels * sizeof(float), kTileChannels * sizeof(float),
          /*a_offset=*/0, convolution.zeros, &limits);
}

}  // namespace edgel3::xnnpack
