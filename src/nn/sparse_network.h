#pragma once

#include <array>
#include <vector>

#include "nn/network.h"
#include "nn/xnnpack/spmm.h"

namespace edgel3 {

/// Runs a network over its non-zero weights only, layer by layer.
class SparseNetwork final : public Network {
 public:
  explicit SparseNetwork(const ModelFile& file);

  void run(std::span<const float> mel, std::span<float> embedding,
           const ActivationObserver& observer) override;

 private:
  Architecture architecture_;
  InputNormalization input_;
  std::array<xnnpack::SparseMatrix, kConvolutionCount> layers_;
  std::array<std::vector<float>, 2> planes_;  // input and output of a layer, in turns
};

}  // namespace edgel3
