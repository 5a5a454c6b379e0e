#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "edgel3/error.h"
#include "model/file_bytes.h"
#include "model/nonzero_positions.h"
#include "model/safetensors.h"
#include "network/architecture.h"
#include "network/front_end.h"
#include "network/weights.h"

namespace edgel3 {

/// Where the non-zeros of a convolution stand, as the file has it.
struct EncodedPositions {
  PositionEncoding encoding = PositionEncoding::kGaps;
  FileBytes bytes;
};

/// A complete, validated model in our safetensors format (format "edgel3", version 2). Its weights
/// stay in the file until they are asked for.
class ModelFile final : public NetworkSource {
 public:
  /// All validation happens here: a network within the limits, shapes as it says, positions increasing and in
  /// range, finite numbers, no tensor left over. Errors: kModelInvalid, kModelUnsupported.
  static Result<ModelFile> parse(const FileBytes& file);

  /// The same for a container that is parsed already.
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
    Tensor values;               // every weight of a dense network, the non-zeros of a sparse one
    EncodedPositions positions;  // sparse networks only
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
