#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "nn/network.h"
#include "nn/xnnpack/igemm.h"

namespace edgel3 {

/// Runs a network whose weights are all present, layer by layer, channels last, on XNNPACK's indirect GEMM.
class DenseNetwork final : public Network {
 public:
  explicit DenseNetwork(const ModelFile& file);

  void run(std::span<const float> mel, std::span<float> embedding, const ActivationObserver& observer) override;

 private:
  void convolve(std::size_t layer, const float* input, float* output);

  Architecture architecture_;
  InputNormalization input_;
  std::array<std::vector<float>, kConvolutionCount> packed_;
  std::vector<float> zeros_;                  // a pixel of the border
  std::array<std::vector<float>, 2> planes_;  // input and output of a layer, in turns
  std::vector<const float*> addresses_;       // of the taps of one tile
};

}  // namespace edgel3
