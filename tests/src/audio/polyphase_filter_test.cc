#include "audio/polyphase_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "audio/kaiser_best.h"

namespace edgel3 {
namespace {

/// One side of the filter as resampy 0.2.2 steps through its table.
std::vector<double> resampy_taps(double ratio, double distance) {
  const std::span<const double> window = kaiser_best_half_window();
  const double gain = std::min(1.0, ratio);
  const auto step = static_cast<std::size_t>(gain * 512);
  const auto first = static_cast<std::size_t>(distance * 512);
  const double fraction = distance * 512 - static_cast<double>(first);
  std::vector<double> taps((window.size() - first) / step);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const std::size_t point = first + i * step;
    const double value = window[point] * gain;
    const double next = point + 1 < window.size() ? window[point + 1] * gain : value;
    taps[i] = value + fraction * (next - value);
  }
  return taps;
}

TEST(PolyphaseFilterTest, HasTheTapsOfResampy) {
  for (const double ratio : {1.0 / 512, 1.0 / 511.5, 1.0 / 6, 8000 / 44100.0, 0.75, 1.0884, 6.0}) {
    const PolyphaseFilter filter(ratio);
    const double end = std::min(1.0, ratio);
    std::vector<double> taps(3, -1.0);  // what it held before does not matter
    for (const double distance : {0.0, end / 512, end / 3, end / 2, 0.999 * end, end}) {
      filter.interpolate(distance, taps);
      EXPECT_EQ(taps, resampy_taps(ratio, distance)) << ratio << ", " << distance;
      EXPECT_LE(taps.size(), filter.reach());
    }
    filter.interpolate(0, taps);
    EXPECT_EQ(taps.size(), filter.reach());
  }
}

TEST(PolyphaseFilterTest, IsMadeOnceForSoundsOfOneRate) {
  const auto first = PolyphaseFilter::shared(1.0 / 6);
  EXPECT_EQ(PolyphaseFilter::shared(1.0 / 6), first);
  const auto other = PolyphaseFilter::shared(0.75);
  for (const auto& [filter, ratio] : {std::pair(first, 1.0 / 6), std::pair(other, 0.75)}) {
    std::vector<double> taps;
    filter->interpolate(0.1, taps);
    EXPECT_EQ(taps, resampy_taps(ratio, 0.1)) << ratio;
  }
}

}  // namespace
}  // namespace edgel3
