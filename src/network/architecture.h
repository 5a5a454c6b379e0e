#pragma once

#include <array>
#include <cstddef>

namespace edgel3 {

inline constexpr std::size_t kConvolutionCount = 8;

/// Height and width of a plane: bands and time frames.
struct PlaneSize {
  std::size_t height = 0;
  std::size_t width = 0;

  friend bool operator==(PlaneSize, PlaneSize) = default;
};

/// A network: the dB plane, then 8 convolutions 3x3 (stride 1, zero padding 1), each with bias and ReLU, some
/// of them with a max pooling 2x2 behind, and at the end the maxima of the last one's output in a grid of
/// places.
struct Architecture {
  PlaneSize input;
  std::array<std::size_t, kConvolutionCount> channels{};  ///< output channels of each convolution
  std::array<bool, kConvolutionCount> pooling{};          ///< behind which convolutions; not the last one
  bool relu_after_last = false;                           ///< else the last convolution ends linearly
  PlaneSize final_pooling;  ///< what a place of the grid covers; divides the last plane

  friend bool operator==(const Architecture&, const Architecture&) = default;

  /// Height and width of the grid whose places each give channels.back() numbers, row after row.
  [[nodiscard]] PlaneSize grid() const {
    const PlaneSize last = plane(kConvolutionCount - 1);
    return {.height = last.height / final_pooling.height, .width = last.width / final_pooling.width};
  }

  [[nodiscard]] std::size_t embedding_dimension() const {
    const PlaneSize places = grid();
    return places.height * places.width * channels.back();
  }

  /// The place of the grid that a pixel of the last plane belongs to.
  [[nodiscard]] std::size_t final_place(std::size_t row, std::size_t column) const {
    return (row / final_pooling.height * grid().width) + (column / final_pooling.width);
  }

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
    PlaneSize size = input;
    for (std::size_t before = 0; before < layer; ++before) {
      if (has_pooling(before)) size = {.height = size.height / 2, .width = size.width / 2};
    }
    return size;
  }

  [[nodiscard]] bool has_relu(std::size_t layer) const {
    return layer + 1 < kConvolutionCount || relu_after_last;
  }

  /// Whether a 2x2 max pooling follows convolution `layer`.
  [[nodiscard]] bool has_pooling(std::size_t layer) const { return pooling[layer]; }
};

}  // namespace edgel3
