#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace edgel3::xnnpack {

/// Output pixels and output channels that one inner loop of the f32-igemm microkernel computes.
#if defined(__wasm_simd128__)
inline constexpr std::size_t kTilePixels = 4;
inline constexpr std::size_t kTileChannels = 8;
#else
inline constexpr std::size_t kTilePixels = 4;
inline constexpr std::size_t kTileChannels = 4;
#endif

/// Packs a convolution for `convolve`: per block of kTileChannels output channels their biases, then for each tap and
/// input channel their weights; missing channels are zeros. `weights`: [out][in][tap], `bias`: [out].
std::vector<float> pack(std::span<const float> weights, std::span<const float> bias, std::size_t in_channels,
                        std::size_t taps);

/// One convolution over up to kTilePixels output pixels, channels last.
struct Convolution {
  std::span<const float> packed;  ///< from `pack`
  std::size_t in_channels = 0;
  std::size_t out_channels = 0;
  std::size_t taps = 0;
  const float* zeros = nullptr;  ///< in_channels zeros, for taps outside the plane
  bool relu = false;             ///< negative results become 0
};

/// `inputs`: for each tap the kTilePixels addresses of the pixels it reads (the last one repeated where fewer are
/// computed). `output`: `pixels` (at most kTilePixels) * out_channels floats. May read 16 bytes past the end of an input.
void convolve(const Convolution& convolution, std::span<const float*> inputs, float* output, std::size_t pixels);

}  // namespace edgel3::xnnpack
