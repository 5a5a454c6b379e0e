#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mel/f64x2.h"
#include "network/front_end.h"

namespace edgel3 {

/// A mel filterbank: triangles of area 1 whose corners are equally spaced on a mel scale from 0 Hz to
/// sample_rate / 2. Weights are float32, rounded as BandScale says, sums are double.
class MelFilterbank {
 public:
  /// The scale of `front_end` is not linear.
  explicit MelFilterbank(const FrontEnd& front_end);

  /// Writes the weighted sum of `spectrum` (bins, of two spectra) under every filter to `bands` (mel_bands),
  /// lowest band first. A filter so narrow that no bin lies in it gives 0.
  void apply(std::span<const F64x2> spectrum, std::span<F64x2> bands) const;

 private:
  struct Filter {
    std::size_t first_bin = 0;
    std::size_t count = 0;  // of the bins with a weight above zero, which are neighbours
  };
  std::size_t bins_;
  std::vector<Filter> filters_;
  std::vector<float> weights_;  // of all filters, one after the other
};

}  // namespace edgel3
