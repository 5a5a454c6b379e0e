#pragma once

#include <cstddef>
#include <vector>

#include "model/model_file.h"
#include "nn/architecture.h"

namespace edgel3 {

/// Planes of pixels (channels last) with a border of one pixel of zeros around them.
struct BorderedPlane {
  PlaneSize size;
  std::size_t channels = 0;

  [[nodiscard]] std::size_t row_stride() const { return (size.width + 2) * channels; }
  [[nodiscard]] std::size_t float_count() const { return (size.height + 2) * row_stride(); }

  /// Where the pixel at `row` and `column` starts.
  [[nodiscard]] std::size_t offset(std::size_t row, std::size_t column) const {
    return ((row + 1) * row_stride()) + ((column + 1) * channels);
  }
};

/// A 3x3 convolution with all its weights, then scale, shift and, if asked for, ReLU.
///
/// Products are summed in float32 by XNNPACK's GEMM over at most kDepth input channels of one tap, and these
/// partial sums in double: one float32 sum over all taps and channels would be farther from the exact result
/// than Keras is.
class DenseConvolution {
 public:
  DenseConvolution(const ConvolutionWeights& weights, bool relu);

  [[nodiscard]] std::size_t out_channels() const { return out_channels_; }

  /// `input`: a plane of in_channels with its border; `output`: float_count() floats of a plane of the same
  /// size with out_channels, of which all but the border is written.
  void run(const float* input, PlaneSize size, float* output) const;

 private:
  /// Computes one block of output channels of up to kTileRows pixels of a row.
  void run_tile(const float* input, const BorderedPlane& plane, std::size_t pixels, std::size_t block,
                float* output) const;

  std::size_t in_channels_;
  std::size_t out_channels_;
  bool relu_;
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<float>
      packed_;  // per block of output channels, tap and slice of input channels: zeros, then weights
};

}  // namespace edgel3
