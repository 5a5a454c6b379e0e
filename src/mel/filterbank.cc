#include "mel/filterbank.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace edgel3 {
namespace {

double htk_from_hertz(double hertz) { return 2595 * std::log10(1 + hertz / 700); }
double htk_to_hertz(double mel) { return 700 * (std::pow(10, mel / 2595) - 1); }

// Slaney's scale is linear up to 1000 Hz, which is mel 15; then 27 mel are a factor of 6.4.
constexpr double kSlaneyKnee = 15;
double slaney_step() { return std::log(6.4) / 27; }

double slaney_from_hertz(double hertz) {
  return hertz < 1000 ? hertz * 3 / 200 : kSlaneyKnee + (std::log(hertz / 1000) / slaney_step());
}

double slaney_to_hertz(double mel) {
  return mel < kSlaneyKnee ? mel * (200.0 / 3) : 1000 * std::exp(slaney_step() * (mel - kSlaneyKnee));
}

/// The corners of the triangles in Hz: filter i rises from corner i, peaks at i + 1 and falls to i + 2.
std::vector<double> corners(const FrontEnd& front_end) {
  const bool is_htk = front_end.scale == BandScale::kHtk;
  const std::size_t count = front_end.mel_bands + 2;
  const double nyquist = static_cast<double>(front_end.sample_rate) / 2;
  const double highest = is_htk ? htk_from_hertz(nyquist) : slaney_from_hertz(nyquist);
  const double step = highest / static_cast<double>(count - 1);
  std::vector<double> hertz(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double mel = i + 1 == count ? highest : static_cast<double>(i) * step;
    hertz[i] = is_htk ? htk_to_hertz(mel) : slaney_to_hertz(mel);
  }
  return hertz;
}

/// The weight of a bin at which a triangle of width `width` is `height` high at its peak's scale of 1.
float weight(BandScale scale, double height, double width) {
  if (scale == BandScale::kSlaney) height = static_cast<float>(height);
  return static_cast<float>(height * (2 / width));
}

}  // namespace

MelFilterbank::MelFilterbank(const FrontEnd& front_end)
    : bins_(front_end.bins()), filters_(front_end.mel_bands) {
  assert(front_end.scale != BandScale::kLinear);
  const double bin_width =
      static_cast<double>(front_end.sample_rate) / static_cast<double>(front_end.fft_size);
  const std::vector<double> corner = corners(front_end);
  for (std::size_t band = 0; band < filters_.size(); ++band) {
    const double low = corner[band];
    const double peak = corner[band + 1];
    const double high = corner[band + 2];
    Filter& filter = filters_[band];
    for (std::size_t bin = 0; bin < bins_; ++bin) {
      const double hertz = static_cast<double>(bin) * bin_width;
      const double height = std::min((hertz - low) / (peak - low), (high - hertz) / (high - peak));
      if (height <= 0) continue;
      if (filter.count == 0) filter.first_bin = bin;
      ++filter.count;
      weights_.push_back(weight(front_end.scale, height, high - low));
    }
  }
  weights_.shrink_to_fit();
}

void MelFilterbank::apply(std::span<const F64x2> spectrum, std::span<F64x2> bands) const {
  assert(spectrum.size() == bins_ && bands.size() == filters_.size());
  const float* weight = weights_.data();
  for (std::size_t band = 0; band < filters_.size(); ++band) {
    const F64x2* in_band = spectrum.data() + filters_[band].first_bin;
    F64x2 sum = 0;
    for (std::size_t i = 0; i < filters_[band].count; ++i) sum += double{*weight++} * in_band[i];
    bands[band] = sum;
  }
}

}  // namespace edgel3
