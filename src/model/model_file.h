#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "edgel3/error.h"
#include "model/safetensors.h"
#include "network/architecture.h"
#include "network/front_end.h"
#include "network/weights.h"

namespace edgel3 {

/// A complete, validated model in our safetensors format (format "edgel3", version 2). Views into the file's
/// bytes.
class ModelFile final : public NetworkSource {
 public:
  /// All validation happens here: a network within the limits, shapes as it says, positions increasing and in
  /// range, finite numbers, no tensor left over. `file` must outlive the result. Errors: kModelInvalid,
  /// kModelUnsupported.
  static Result<ModelFile> parse(std::span<const std::byte> file);

  /// The same for a container whose tensors lie in bytes that outlive the result.
  static Result<ModelFile> read(const Safetensors& container);

  [[nodiscard]] const Architecture& architecture() const override { return architecture_; }
  [[nodiscard]] const FrontEnd& front_end() const { return front_end_; }
  [[nodiscard]] InputNormalization input() const override { return input_; }
  [[nodiscard]] bool is_sparse() const override { return sparse_; }

  /// How many weights of convolution `layer` (0 to 7) are stored.
  [[nodiscard]] std::size_t stored_weights(std::size_t layer) const {
    return layers_[layer].values.element_count();
  }

  [[nodiscard]] ConvolutionWeights convolution(std::size_t layer) const override;

 private:
  struct Layer {
    Tensor scale;
    Tensor shift;
    Tensor values;                    // every weight of a dense network, the non-zeros of a sparse one
    std::span<const std::byte> gaps;  // sparse networks only
  };

  Result<void> read_network(const Safetensors& container);
  Result<void> read_input(const Safetensors& container);
  Result<void> read_layer(const Safetensors& container, std::size_t index);

  Architecture architecture_;
  FrontEnd front_end_;
  InputNormalization input_;
  bool sparse_ = false;
  std::array<Layer, kConvolutionCount> layers_;
};

}  // namespace edgel3
