#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/architecture.h"

namespace edgel3 {

/// The first BatchNorm, on the dB map: y = x * scale + shift. It acts before the zero padding.
struct InputNormalization {
  float scale = 1;
  float shift = 0;

  /// In double up to the last rounding: rounding the decibels first would cost a digit.
  [[nodiscard]] float apply(double decibel) const { return static_cast<float>((decibel * scale) + shift); }
};

/// One convolution: y = sum of weight * x, then y * scale + shift, which are its bias and the BatchNorm after
/// it. They are not folded into the weights: rounding scaled weights to float32 costs more precision than all
/// else together. A weight's position counts in the order out channel, in channel, ky (mel), kx (time):
/// ((out * in_channels + in) * 3 + ky) * 3 + kx.
struct ConvolutionWeights {
  std::size_t in_channels = 0;
  std::size_t out_channels = 0;
  std::vector<float> scale;   ///< per out channel
  std::vector<float> shift;   ///< per out channel
  std::vector<float> values;  ///< the stored weights, by increasing position
  std::vector<std::uint32_t>
      positions;  ///< of each value; empty in a dense network, where every position is stored
};

/// What an executor is made from: the shape of a network and its weights, which are decoded one convolution
/// at a time, because all of them at once would take more memory than the executor itself. A model file is
/// one.
class NetworkSource {
 public:
  virtual ~NetworkSource() = default;

  [[nodiscard]] virtual const Architecture& architecture() const = 0;
  [[nodiscard]] virtual InputNormalization input() const = 0;

  /// Whether the convolutions are stored as non-zeros with positions. A network is sparse or dense as a
  /// whole.
  [[nodiscard]] virtual bool is_sparse() const = 0;

  /// Decodes convolution `layer` (0 to 7).
  [[nodiscard]] virtual ConvolutionWeights convolution(std::size_t layer) const = 0;

 protected:
  NetworkSource() = default;
  NetworkSource(const NetworkSource&) = default;
  NetworkSource(NetworkSource&&) = default;
  NetworkSource& operator=(const NetworkSource&) = default;
  NetworkSource& operator=(NetworkSource&&) = default;
};

/// How many weights of each convolution are not zero. Decodes them all, one convolution at a time.
std::array<std::size_t, kConvolutionCount> count_nonzeros(const NetworkSource& source);

/// The same convolution with a value for every position.
ConvolutionWeights with_zeros(ConvolutionWeights weights);

/// The same convolution with its non-zeros, and whatever zeros are stored as such, and their positions.
ConvolutionWeights without_zeros(ConvolutionWeights weights);

}  // namespace edgel3
