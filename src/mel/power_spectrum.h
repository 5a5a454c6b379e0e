#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "mel/f64x2.h"

namespace edgel3 {

/// The power spectra of two real signals at once, in double: the -80 dB floor of the mel spectrogram is an
/// amplitude ratio of 1e-8, below what float32 resolves.
class PowerSpectrum {
 public:
  /// `size`: samples of a transform; even.
  explicit PowerSpectrum(std::size_t size);

  /// Numbers in a buffer of `size` samples, with the room that the transform needs behind them.
  static constexpr std::size_t buffer_length(std::size_t size) { return size + 2; }

  /// Transforms the samples at the beginning of `buffer` (buffer_length(size)) in place. Returns re^2 + im^2
  /// of their unscaled DFT: size / 2 + 1 bins, 0 Hz first, at the beginning of `buffer`.
  std::span<F64x2> compute(std::span<F64x2> buffer);

 private:
  struct Transform;
  struct Delete {
    void operator()(Transform* transform) const;
  };
  std::unique_ptr<Transform, Delete> transform_;
};

}  // namespace edgel3
