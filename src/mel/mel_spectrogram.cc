#include "mel/mel_spectrogram.h"

#include <algorithm>
#include <cassert>

#include "mel/decibel.h"
#include "mel/window_function.h"

namespace edgel3 {

MelSpectrogram::MelSpectrogram(const FrontEnd& front_end)
    : front_end_(front_end),
      taper_(periodic_hann(front_end.fft_size)),
      power_spectrum_(front_end.fft_size),
      filterbank_(front_end),
      samples_(front_end.fft_size),
      power_(front_end.bins()),
      column_(front_end.mel_bands) {}

void MelSpectrogram::compute(std::span<const float> window, std::span<double> decibels) {
  const std::size_t frames = front_end_.frames;
  const std::size_t bands = front_end_.mel_bands;
  assert(decibels.size() == bands * frames);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    compute_column(window, frame, column_);
    for (std::size_t band = 0; band < bands; ++band) decibels[(band * frames) + frame] = column_[band];
  }
  const double maximum = std::ranges::max(decibels);
  for (double& decibel : decibels) decibel = relative_decibel(decibel, maximum);
}

void MelSpectrogram::compute_column(std::span<const float> window, std::size_t frame,
                                    std::span<double> decibels) {
  assert(window.size() == front_end_.sample_rate && frame < front_end_.frames);
  cut_frame(window, frame);
  power_spectrum_.compute(samples_, power_);
  filterbank_.apply(power_, decibels);
  to_decibel(decibels);
}

/// Fills samples_ with the tapered samples of one column; outside the window there is silence.
void MelSpectrogram::cut_frame(std::span<const float> window, std::size_t frame) {
  const std::size_t begin = frame * front_end_.hop;  // in the window with its padding in front
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const std::size_t padded = begin + i;
    const bool inside = padded >= front_end_.pad_left && padded - front_end_.pad_left < window.size();
    samples_[i] = inside ? taper_[i] * window[padded - front_end_.pad_left] : 0;
  }
}

}  // namespace edgel3
