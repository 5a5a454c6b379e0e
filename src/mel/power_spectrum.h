#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "mel/pair.h"

namespace edgel3 {

/// The power spectra of two real signals at once, in double: the -80 dB floor of the mel spectrogram is an
/// amplitude ratio of 1e-8, below what float32 resolves.
class PowerSpectrum {
 public:
  /// `size`: samples of a transform; even.
  explicit PowerSpectrum(std::size_t size);

  /// Writes re^2 + im^2 of the unscaled DFT of `samples` (size) to `power` (size / 2 + 1 bins, 0 Hz first).
  void compute(std::span<const Pair> samples, std::span<Pair> power);

 private:
  struct Transform;
  struct Delete {
    void operator()(Transform* transform) const;
  };
  std::unique_ptr<Transform, Delete> transform_;
};

}  // namespace edgel3
