#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "mel/f64x2.h"
#include "mel/filterbank.h"
#include "mel/power_spectrum.h"
#include "network/front_end.h"

namespace edgel3 {

/// Computes columns of a spectrogram in absolute decibels, two at a time. A column depends on its fft_size
/// samples alone, to the last bit: neither on the column beside it nor on those computed before.
class SpectrogramColumns {
 public:
  explicit SpectrogramColumns(const FrontEnd& front_end);

  /// The columns of `samples` (finite) that begin at `begins`, each `bands` decibels long, lowest band first.
  /// A column may begin before the first sample and end behind the last one: there is silence. The result is
  /// valid until the next call.
  std::span<const F64x2> compute(std::span<const float> samples, std::array<std::ptrdiff_t, 2> begins);

 private:
  void cut(std::span<const float> samples, std::ptrdiff_t begin, std::size_t lane);

  FrontEnd front_end_;
  std::vector<float> taper_;
  PowerSpectrum power_spectrum_;
  std::optional<MelFilterbank> filterbank_;  // unless the scale is linear
  std::vector<F64x2> samples_;               // of two columns, tapered; then their power
  std::vector<F64x2> bands_;
};

}  // namespace edgel3
