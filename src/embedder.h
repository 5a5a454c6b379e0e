#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "edgel3/error.h"
#include "mel/mel_spectrogram.h"
#include "model/file_bytes.h"
#include "network/architecture.h"
#include "network/weights.h"
#include "nn/network.h"

namespace edgel3 {

/// What one convolution of a model costs.
struct LayerCost {
  std::size_t weights = 0;        ///< zeros included
  std::size_t nonzeros = 0;       ///< weights that are not zero
  std::size_t multiply_adds = 0;  ///< per window, over the non-zeros
};

/// Turns audio at a model's own rate into embeddings. One call at a time; the result does not depend on what
/// was embedded before.
class Embedder {
 public:
  /// `model_file`: a model in our safetensors format, not needed afterwards. Errors: those of
  /// ModelFile::parse.
  static Result<Embedder> create(const FileBytes& model_file);

  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  [[nodiscard]] const FrontEnd& front_end() const { return front_end_; }
  [[nodiscard]] Executor executor() const { return executor_; }
  [[nodiscard]] const std::array<LayerCost, kConvolutionCount>& costs() const { return costs_; }

  /// Samples of a window: one second at the rate, in Hz, that the model works at.
  [[nodiscard]] std::size_t window_length() const { return front_end_.sample_rate; }

  /// Numbers that one call of `embed` returns at most. Cut longer signals into pieces.
  static constexpr std::size_t kMaxNumbers = std::size_t{1} << 26;

  /// Embeddings (count x embedding dimension) of the windows of `signal` that start every `hop_length`
  /// samples and lie wholly inside it. Faster where the first of them lies `hop_length` behind the last
  /// window of the call before. Errors: kAudioInvalid for a signal shorter than a window or of more than
  /// kMaxNumbers, kHopInvalid for a hop of 0, kAudioNotFinite.
  Result<std::vector<float>> embed(std::span<const float> signal, std::size_t hop_length);

  /// The dB spectrogram (bands x frames, band-major, 0 dB = the window's maximum) of one window.
  /// Errors: kAudioInvalid if it is not exactly one window long, kAudioNotFinite.
  Result<std::vector<float>> mel_spectrogram(std::span<const float> window);

  /// The stages of an embedding's way: the front end, then each convolution.
  static constexpr std::size_t kStageCount = 1 + kConvolutionCount;

  /// Embeds one window and calls `done(stage)` whenever a piece of work for that stage (0 to kStageCount - 1)
  /// is done, so that the caller can measure how long each takes: the time since the call before, or since
  /// the beginning, belongs to that stage. Errors: as mel_spectrogram.
  Result<void> profile(std::span<const float> window, const std::function<void(std::size_t stage)>& done);

  /// Embeds one window and reports every convolution's output on the way. Errors: as mel_spectrogram.
  Result<void> observe(std::span<const float> window, const ActivationObserver& observer);

 private:
  Embedder(const NetworkSource& source, const FrontEnd& front_end);

  Architecture architecture_;
  FrontEnd front_end_;
  std::array<LayerCost, kConvolutionCount> costs_;
  Executor executor_;
  MelSpectrogram mel_spectrogram_;
  std::vector<double> mel_;  // the plane between front end and network
  std::unique_ptr<Network> network_;
};

}  // namespace edgel3
