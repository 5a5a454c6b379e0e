#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "network/architecture.h"
#include "network/weights.h"

namespace edgel3 {

/// Receives what a convolution computed, after ReLU and before pooling: `values` are the outputs of
/// convolution `layer` in `channel` at row `row` (mel), columns `column`, column + 1, ... (time). Every
/// output is reported once, in no particular order, except columns and rows that the following pooling drops.
using ActivationObserver = std::function<void(std::size_t layer, std::size_t channel, std::size_t row,
                                              std::size_t column, std::span<const float> values)>;

/// Called whenever a piece of work for convolution `layer` is done, with what comes between it and the next
/// one: the time since the call before belongs to that layer.
using ProgressObserver = std::function<void(std::size_t layer)>;

/// How a network is run: over its non-zero weights only, or with all of them.
enum class Executor : std::uint8_t { kSparse, kDense };

/// The executor that takes less time, as far as can be predicted from the shape of a network and from how
/// many weights of each convolution are not zero.
Executor choose_executor(const Architecture& architecture,
                         const std::array<std::size_t, kConvolutionCount>& nonzeros);

/// A network ready to run. Owns its packed weights and its scratch memory; one call at a time.
class Network {
 public:
  /// Packs the weights of `source`. `executor`: kSparse only where choose_executor may give it.
  static std::unique_ptr<Network> create(const NetworkSource& source, Executor executor);

  Network() = default;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  virtual ~Network() = default;

  /// `mel`: the dB mel plane in double, mel-major (height x width of the architecture's input). `embedding`:
  /// embedding_dimension numbers. Allocates nothing after the first time.
  virtual void run(std::span<const double> mel, std::span<float> embedding,
                   const ActivationObserver& observer = nullptr,
                   const ProgressObserver& progress = nullptr) = 0;
};

}  // namespace edgel3
