#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "nn/column_tiles.h"
#include "nn/network.h"
#include "nn/row_schedule.h"
#include "nn/sparse_convolution.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// Runs a network over its non-zero weights only, depth first: rows of the mel plane go through all layers as
/// soon as enough of them are there, and each layer keeps only the last few rows of its input. So activations
/// take a tenth of the memory of whole planes and stay in the cache. A tile's results go from the registers
/// straight into the lines that the next layer reads.
class SparseNetwork final : public Network {
 public:
  /// Whether it runs networks of this shape: a pooling behind every second convolution but the last.
  static bool can_run(const Architecture& architecture);

  /// Contract: can_run.
  explicit SparseNetwork(const NetworkSource& source);

  void run(std::span<const double> mel, std::span<float> embedding, const ActivationObserver& observer,
           const ProgressObserver& progress) override;

 private:
  struct Layer {
    RowSchedule schedule;
    TiledRows input;
    SparseConvolution convolution;
    std::vector<TileTarget> targets;  ///< per tile, in the next layer; none in the last one
    std::size_t step = 0;             ///< the next one of schedule.steps
  };

  /// Computes all rows of `layer` that its input allows, and of the layers behind it.
  void advance(std::size_t layer);
  void compute_tile(std::size_t layer, std::size_t tile);

  /// Adds what the last step of the layer before gave to the input of `layer`.
  void commit_rows(std::size_t layer);

  /// Where the results of a tile of the next step of `layer` go.
  SparseConvolution::Target target_of(std::size_t layer, std::size_t tile);

  /// Takes the maxima of the last layer where the next step brings those of other places of the embedding.
  void end_step_of_last();

  /// Raises the embedding by the maxima of the columns so far, which belong to the places of `row`, and
  /// forgets them.
  void take_maxima(std::size_t row);

  /// Raises the embedding by what stands in rows_: a tile whose rows belong to different places, or reach
  /// past the plane.
  void raise_by_rows(std::size_t tile);
  void raise(std::size_t channel, std::size_t row, std::size_t column, float value);

  /// Reports the results of a tile; `rows` as SparseConvolution::Observer.
  void report(std::size_t layer, std::size_t tile, std::size_t channel, const float* rows) const;

  /// The row of the plane with which the next step of `layer` begins; -2 is the second one above it.
  [[nodiscard]] std::ptrdiff_t first_row(std::size_t layer) const;

  Architecture architecture_;
  InputNormalization input_;
  std::vector<Layer> layers_;
  std::vector<float> row_;      // of the mel plane, normalized
  std::vector<float> maxima_;   // of the last layer: per channel and column of its tiles
  std::vector<float> rows_;     // of a tile of the last layer that reaches past a place or the plane
  std::size_t maxima_columns_;  // of its tiles
  std::vector<float> sums_;     // working memory of the convolutions
  std::span<float> embedding_;
  const ActivationObserver* observer_ = nullptr;
  const ProgressObserver* progress_ = nullptr;
};

}  // namespace edgel3
