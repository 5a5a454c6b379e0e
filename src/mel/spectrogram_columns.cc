#include "mel/spectrogram_columns.h"

#include <algorithm>

#include "mel/decibel.h"
#include "mel/window_function.h"

namespace edgel3 {

SpectrogramColumns::SpectrogramColumns(const FrontEnd& front_end)
    : front_end_(front_end),
      taper_(window_values(front_end.window, front_end.fft_size)),
      power_spectrum_(front_end.fft_size),
      samples_(PowerSpectrum::buffer_length(front_end.fft_size)),
      bands_(front_end.bands()) {
  if (front_end.scale != BandScale::kLinear) filterbank_.emplace(front_end);
}

std::span<const F64x2> SpectrogramColumns::compute(std::span<const float> samples,
                                                   std::array<std::ptrdiff_t, 2> begins) {
  for (std::size_t lane = 0; lane < begins.size(); ++lane) cut(samples, begins[lane], lane);
  const std::span<F64x2> spectrum = power_spectrum_.compute(samples_);
  if (!filterbank_) {
    std::ranges::copy(spectrum, bands_.begin());
    to_decibel(bands_, Summed::kPower, front_end_.decibel_floor);
  } else {
    if (front_end_.summed == Summed::kMagnitude) {
      for (F64x2& bin : spectrum) bin = __builtin_elementwise_sqrt(bin);
    }
    filterbank_->apply(spectrum, bands_);
    to_decibel(bands_, front_end_.summed, front_end_.decibel_floor);
  }
  return bands_;
}

/// Fills one lane of samples_ with the tapered samples of a column.
void SpectrogramColumns::cut(std::span<const float> samples, std::ptrdiff_t begin, std::size_t lane) {
  const auto size = static_cast<std::ptrdiff_t>(front_end_.fft_size);
  const auto length = static_cast<std::ptrdiff_t>(samples.size());
  const auto first = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(-begin, 0, size));
  const auto last = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(length - begin, static_cast<std::ptrdiff_t>(first), size));
  for (std::size_t i = 0; i < first; ++i) samples_[i][lane] = 0;
  const auto offset = static_cast<std::size_t>(begin);  // wraps where it is negative, and back again with `i`
  for (std::size_t i = first; i < last; ++i) samples_[i][lane] = double{taper_[i]} * samples[offset + i];
  for (std::size_t i = last; i < front_end_.fft_size; ++i) samples_[i][lane] = 0;
}

}  // namespace edgel3
