#pragma once

#include <array>
#include <vector>

#include "nn/dense_convolution.h"
#include "nn/network.h"

namespace edgel3 {

/// Runs a network whose weights are all present, layer by layer, channels last. Pooling and the maximum over
/// the plane happen where a layer's output arises; they cost no pass over memory.
class DenseNetwork final : public Network {
 public:
  explicit DenseNetwork(const NetworkSource& source);

  void run(std::span<const double> mel, std::span<float> embedding, const ActivationObserver& observer,
           const ProgressObserver& progress) override;

 private:
  [[nodiscard]] BorderedPlane input_plane(std::size_t layer) const;

  Architecture architecture_;
  InputNormalization input_;
  std::vector<DenseConvolution> convolutions_;
  std::array<std::vector<float>, 2> planes_;  // input and output of a layer, in turns
};

}  // namespace edgel3
