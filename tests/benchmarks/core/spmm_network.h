#pragma once

#include <array>
#include <span>
#include <vector>

#include "network/architecture.h"
#include "network/weights.h"
#include "spmm.h"

namespace edgel3::benchmarks {

/// The network as XNNPACK's own sparse microkernels run it, whole layer by whole layer: what the core has to
/// beat. XNNPACK runs 3x3 convolutions of stride 1 dense; on planes with a border of zeros a tap is a
/// constant distance, so that its kernel for 1x1 convolutions serves.
class SpmmNetwork {
 public:
  explicit SpmmNetwork(const NetworkSource& source);

  /// As Network::run.
  void run(std::span<const double> mel, std::span<float> embedding);

 private:
  Architecture architecture_;
  InputNormalization input_;
  std::array<SparseMatrix, kConvolutionCount> layers_;
  std::array<std::vector<float>, 2> planes_;  // input and output of a layer, in turns
};

}  // namespace edgel3::benchmarks
