#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "edgel3/error.h"

namespace edgel3 {

/// How a sound is cut into windows of one second.
struct WindowOptions {
  double hop_size = 0.1;  ///< seconds from one window to the next
  bool center = true;     ///< half a window of silence in front, so that window i is centred on i * hop_size
};

/// A model as C++ programs use it: sound of any rate in, embeddings out. What this header and error.h declare
/// is public; everything else of the core may change. One call at a time.
class Model {
 public:
  /// `file`: a model in edgel3's safetensors format, not needed afterwards. Errors: kModelInvalid,
  /// kModelUnsupported.
  static Result<Model> load(std::span<const std::byte> file);

  Model(Model&& other) noexcept;
  Model& operator=(Model&& other) noexcept;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  ~Model();

  /// Hz at which the model works; sound of any other rate is resampled.
  [[nodiscard]] std::size_t sample_rate() const;

  /// Numbers in an embedding.
  [[nodiscard]] std::size_t embedding_dimension() const;

  /// Embeddings [windows][embedding_dimension] of a whole sound: `channels` of equal length, one after
  /// another, full scale at 1, at `sample_rate` Hz. Errors: those of kAudio..., kSampleRateInvalid,
  /// kHopInvalid.
  Result<std::vector<float>> embed(std::span<const std::span<const double>> channels, double sample_rate,
                                   WindowOptions options = {});

 private:
  struct State;
  explicit Model(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace edgel3
