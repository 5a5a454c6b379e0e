#include "audio/polyphase_filter.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <span>

#include "audio/kaiser_best.h"

namespace edgel3 {

PolyphaseFilter::PolyphaseFilter(double ratio)
    : points_(kaiser_best_half_window().size()),
      step_(static_cast<std::size_t>(std::min(1.0, ratio) * kPointsPerZeroCrossing)),
      reach_(points_ / step_),
      values_((step_ + 1) * reach_),
      differences_(values_.size()) {
  const std::span<const double> window = kaiser_best_half_window();
  const double gain = std::min(1.0, ratio);
  for (std::size_t first = 0; first <= step_; ++first) {
    for (std::size_t tap = 0; tap < (points_ - first) / step_; ++tap) {
      const std::size_t point = first + (tap * step_);
      const double value = window[point] * gain;
      values_[(first * reach_) + tap] = value;
      if (point + 1 < points_) differences_[(first * reach_) + tap] = (window[point + 1] * gain) - value;
    }
  }
}

std::shared_ptr<const PolyphaseFilter> PolyphaseFilter::shared(double ratio) {
  struct Kept {
    double ratio = 0;  // none
    std::shared_ptr<const PolyphaseFilter> filter;
  };
  static thread_local Kept kept;
  if (kept.ratio != ratio) {
    // Not both at once in memory, unless the other one is in use.
    kept = {};
    kept = {.ratio = ratio, .filter = std::make_shared<const PolyphaseFilter>(ratio)};
  }
  return kept.filter;
}

void PolyphaseFilter::interpolate(double distance, std::vector<double>& taps) const {
  const double point = distance * kPointsPerZeroCrossing;
  const auto first = static_cast<std::size_t>(point);
  assert(distance >= 0 && first <= step_);
  const double fraction = point - static_cast<double>(first);
  taps.resize((points_ - first) / step_);
  const double* values = values_.data() + (first * reach_);
  const double* differences = differences_.data() + (first * reach_);
  for (std::size_t tap = 0; tap < taps.size(); ++tap) {
    taps[tap] = values[tap] + (fraction * differences[tap]);
  }
}

}  // namespace edgel3
