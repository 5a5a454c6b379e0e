#pragma once

#include <cstddef>
#include <vector>

#include "nn/network.h"
#include "nn/sparse_convolution.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// Runs a network over its non-zero weights only, depth first: rows of the mel plane go through all layers as
/// soon as enough of them are there, and each layer keeps only the last few rows of its input. So activations
/// take a tenth of the memory of whole planes and stay in the cache.
class SparseNetwork final : public Network {
 public:
  explicit SparseNetwork(const NetworkSource& source);

  void run(std::span<const double> mel, std::span<float> embedding, const ActivationObserver& observer,
           const ProgressObserver& progress) override;

 private:
  struct Layer {
    TiledRows input;
    SparseConvolution convolution;
    /// Per tile: where its columns, halved by a pooling, go in the input of the next layer.
    std::vector<std::vector<TiledRows::Segment>> segments;
    std::size_t row = 0;  // the next one to be computed
  };

  /// Computes all rows of `layer` that its input allows, and of the layers behind it.
  void advance(std::size_t layer);

  /// Passes the rows of one channel and tile on to the next layer, or to the embedding.
  void pass_on(std::size_t layer, std::size_t tile, std::size_t channel, const float* rows);
  void report(std::size_t layer, std::size_t tile, std::size_t channel, const float* rows) const;

  /// Columns of `tile` that lie inside the plane of `layer`.
  [[nodiscard]] std::size_t valid_width(std::size_t layer, std::size_t tile) const;

  Architecture architecture_;
  InputNormalization input_;
  std::vector<Layer> layers_;
  std::vector<float> row_;                        // of the mel plane, normalized
  std::vector<TiledRows::Segment> row_segments_;  // where it goes
  SparseConvolution::Sums sums_{};
  std::span<float> embedding_;
  const ActivationObserver* observer_ = nullptr;
  const ProgressObserver* progress_ = nullptr;
};

}  // namespace edgel3
