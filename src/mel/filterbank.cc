#include "mel/filterbank.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace edgel3 {
namespace {

double hertz_to_mel(double hertz) { return 2595 * std::log10(1 + hertz / 700); }
double mel_to_hertz(double mel) { return 700 * (std::pow(10, mel / 2595) - 1); }

/// The corners of the triangles in Hz: filter i rises from corner i, peaks at i + 1 and falls to i + 2.
std::vector<double> corners(const FrontEnd& front_end) {
  const std::size_t count = front_end.mel_bands + 2;
  const double step =
      hertz_to_mel(static_cast<double>(front_end.sample_rate) / 2) / static_cast<double>(count - 1);
  std::vector<double> hertz(count);
  for (std::size_t i = 0; i < count; ++i) hertz[i] = mel_to_hertz(static_cast<double>(i) * step);
  return hertz;
}

}  // namespace

MelFilterbank::MelFilterbank(const FrontEnd& front_end)
    : bins_(front_end.bins()), filters_(front_end.mel_bands) {
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
      weights_.push_back(static_cast<float>(height * (2 / (high - low))));
    }
  }
  weights_.shrink_to_fit();
}

void MelFilterbank::apply(std::span<const F64x2> power, std::span<F64x2> bands) const {
  assert(power.size() == bins_ && bands.size() == filters_.size());
  const float* weight = weights_.data();
  for (std::size_t band = 0; band < filters_.size(); ++band) {
    const F64x2* in_band = power.data() + filters_[band].first_bin;
    F64x2 sum = 0;
    for (std::size_t i = 0; i < filters_[band].count; ++i) sum += double{*weight++} * in_band[i];
    bands[band] = sum;
  }
}

}  // namespace edgel3
