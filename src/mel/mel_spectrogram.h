#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mel/filterbank.h"
#include "mel/front_end.h"
#include "mel/power_spectrum.h"

namespace edgel3 {

/// The input of the network: the mel spectrogram of one window of audio in decibels, as kapre 0.1.4 computes
/// it, but in double. All memory is taken at construction.
class MelSpectrogram {
 public:
  explicit MelSpectrogram(const FrontEnd& front_end);

  /// Computes the spectrogram of `window` (sample_rate samples, finite) into `decibels` (mel_bands x frames,
  /// mel major, lowest band first): 0 at the loudest point, nothing below -80.
  void compute(std::span<const float> window, std::span<double> decibels);

  /// Computes one STFT column of `window` into `decibels` (mel_bands): absolute decibels, from -100 on.
  void compute_column(std::span<const float> window, std::size_t frame, std::span<double> decibels);

 private:
  void cut_frame(std::span<const float> window, std::size_t frame);

  FrontEnd front_end_;
  std::vector<double> taper_;
  PowerSpectrum power_spectrum_;
  MelFilterbank filterbank_;
  std::vector<double> samples_;  // of one column, tapered
  std::vector<double> power_;    // of one column
  std::vector<double> column_;   // absolute decibels of one column
};

}  // namespace edgel3
