#pragma once

#include <array>
#include <optional>
#include <vector>

#include "nn/first_convolution.h"
#include "nn/network.h"
#include "nn/plane_rows.h"
#include "nn/winograd_convolution.h"

namespace edgel3 {

/// Runs a network with every weight, channels last. A convolution without pooling behind it and the next one
/// run in turns over bands of rows, so that the plane between them is never whole in memory. Pooling and the
/// maxima of the embedding happen where a layer's output arises; they cost no pass over memory.
class DenseNetwork final : public Network {
 public:
  explicit DenseNetwork(const NetworkSource& source);

  void run(std::span<const double> mel, std::span<float> embedding, const ActivationObserver& observer,
           const ProgressObserver& progress) override;

 private:
  /// Rows of the band between two convolutions; a multiple of every tile's.
  static constexpr std::size_t kBandRows = 16;

  /// Rows of the band that the next band needs too: those around the border between them.
  static constexpr std::size_t kSharedRows = 1 + kMostTileSide;

  /// Whether `layer` and the next one run in turns.
  [[nodiscard]] bool begins_pair(std::size_t layer) const;

  /// Channels of a pixel in the input plane of `layer`.
  [[nodiscard]] std::size_t stored_channels(std::size_t layer) const;
  [[nodiscard]] std::size_t plane_floats(std::size_t layer) const;

  [[nodiscard]] std::size_t tile_side(std::size_t layer) const;

  /// Rows and columns of tiles that `layer` computes: those of an odd last row or column of pixels only where
  /// no pooling drops it.
  [[nodiscard]] PlaneSize tile_grid(std::size_t layer) const;
  [[nodiscard]] PlaneRows whole_plane(std::size_t layer, std::vector<float>& memory) const;

  void reserve();
  void normalize(std::span<const double> mel);
  void run_layer(std::size_t layer, const PlaneRows& input, std::size_t first_tile_row,
                 std::size_t end_tile_row, const PlaneRows& output);
  void run_pair(std::size_t layer, const PlaneRows& input, const PlaneRows& output);

  Architecture architecture_;
  InputNormalization input_;
  std::optional<FirstConvolution> first_;
  std::vector<WinogradConvolution> others_;
  WinogradConvolution::Workspace workspace_;
  OutputTile first_tile_;
  std::array<std::vector<float>, 2> planes_;  // in front of a pair and behind it, in turns
  std::vector<float> band_;
  std::span<float> embedding_;
  const ActivationObserver* observer_ = nullptr;
  const ProgressObserver* progress_ = nullptr;
};

}  // namespace edgel3
