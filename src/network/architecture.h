#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace edgel3 {

/// The two families of networks (upstream `edgel3/models.py`).
enum class Family : std::uint8_t {
  kSparse,  ///< L3-Net's audio network, 48 kHz, 256 mel bands, 512 numbers; published with pruned weights.
  kSea,     ///< SEA's students, 8 kHz, 64 mel bands, 64 to 512 numbers.
};

inline constexpr std::size_t kConvolutionCount = 8;

/// Height and width of a plane: mel bands and time frames.
struct PlaneSize {
  std::size_t height = 0;
  std::size_t width = 0;

  friend bool operator==(PlaneSize, PlaneSize) = default;
};

/// A network: the dB mel plane, then 8 convolutions 3x3 (stride 1, zero padding 1), each with bias and ReLU;
/// after every second one a max pooling 2x2, after the last one the global maximum.
struct Architecture {
  Family family = Family::kSparse;
  PlaneSize input;
  std::array<std::size_t, kConvolutionCount> channels{};  ///< output channels of each convolution
  bool relu_after_last = false;  ///< SEA only; upstream's sparse networks end linearly

  [[nodiscard]] std::size_t embedding_dimension() const { return channels.back(); }

  /// Input channels of convolution `layer` (0 to 7).
  [[nodiscard]] std::size_t in_channels(std::size_t layer) const {
    return layer == 0 ? 1 : channels[layer - 1];
  }

  /// Number of weights of convolution `layer`, zeros included.
  [[nodiscard]] std::size_t weight_count(std::size_t layer) const {
    return channels[layer] * in_channels(layer) * 9;
  }

  /// The plane on which convolution `layer` works. Each pooling halves it and drops an odd last row or
  /// column.
  [[nodiscard]] PlaneSize plane(std::size_t layer) const {
    const std::size_t shift = layer / 2;
    return {.height = input.height >> shift, .width = input.width >> shift};
  }

  [[nodiscard]] bool has_relu(std::size_t layer) const {
    return layer + 1 < kConvolutionCount || relu_after_last;
  }

  /// Whether a 2x2 max pooling follows convolution `layer`.
  [[nodiscard]] static bool has_pooling(std::size_t layer) {
    return layer % 2 == 1 && layer + 1 < kConvolutionCount;
  }
};

/// The name of `family` in model files and in the public interface: "sparse" or "sea".
std::string_view family_name(Family family);

/// The published architecture of that name and width, if there is one: sparse 512; sea 64, 128, 256, 512.
std::optional<Architecture> find_architecture(std::string_view family, std::size_t embedding_dimension);

}  // namespace edgel3
