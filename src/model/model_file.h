#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "error.h"
#include "model/safetensors.h"
#include "nn/architecture.h"

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

/// A complete, validated model in our safetensors format (format "edgel3", version 1). Views into the file's
/// bytes.
class ModelFile {
 public:
  /// All validation happens here: known architecture, shapes as it says, positions increasing and in range,
  /// finite numbers, no tensor left over. `file` must outlive the result. Errors: kModelInvalid,
  /// kModelUnsupported.
  static Result<ModelFile> parse(std::span<const std::byte> file);

  /// The same for a container whose tensors lie in bytes that outlive the result.
  static Result<ModelFile> read(const Safetensors& container);

  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  [[nodiscard]] InputNormalization input() const { return input_; }

  /// Whether the convolutions are stored as non-zeros with positions. A network is sparse or dense as a
  /// whole.
  [[nodiscard]] bool is_sparse() const { return sparse_; }

  /// How many weights of convolution `layer` (0 to 7) are stored.
  [[nodiscard]] std::size_t stored_weights(std::size_t layer) const {
    return layers_[layer].values.element_count();
  }

  /// Decodes convolution `layer` (0 to 7).
  [[nodiscard]] ConvolutionWeights convolution(std::size_t layer) const;

 private:
  struct Layer {
    Tensor scale;
    Tensor shift;
    Tensor values;                    // every weight of a dense network, the non-zeros of a sparse one
    std::span<const std::byte> gaps;  // sparse networks only
  };

  Result<void> read_architecture(const Safetensors& container);
  Result<void> read_input(const Safetensors& container);
  Result<void> read_layer(const Safetensors& container, std::size_t index);

  Architecture architecture_;
  InputNormalization input_;
  bool sparse_ = false;
  std::array<Layer, kConvolutionCount> layers_;
};

}  // namespace edgel3
