#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

#include "mel/filterbank.h"
#include "mel/window_function.h"
#include "network/front_end.h"
#include "support/pairs.h"

namespace edgel3 {

/// Absolute decibels of one column by the definition of the DFT, with the zeros around the window.
inline std::vector<double> reference_column(const FrontEnd& front_end, std::span<const float> window,
                                            std::size_t frame) {
  const std::size_t size = front_end.fft_size;
  std::vector<std::complex<double>> turned(size);  // 1, turned by so many parts of a circle
  for (std::size_t i = 0; i < size; ++i) {
    turned[i] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size));
  }
  const std::vector<float> taper = window_values(front_end.window, size);
  std::vector<double> power(front_end.bins());
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < size; ++n) {
      const std::size_t padded = (frame * front_end.hop) + n;
      const std::size_t pad = front_end.pad_left();
      if (padded < pad || padded >= pad + window.size()) continue;
      sum += double{taper[n]} * window[padded - pad] * turned[bin * n % size];
    }
    power[bin] = std::norm(sum);
  }
  const bool linear = front_end.scale == BandScale::kLinear;
  const bool of_magnitudes = !linear && front_end.summed == Summed::kMagnitude;
  if (of_magnitudes) std::ranges::transform(power, power.begin(), [](double bin) { return std::sqrt(bin); });
  std::vector<double> bands = power;
  if (!linear) {
    std::vector<F64x2> pairs(front_end.mel_bands);
    MelFilterbank(front_end).apply(side_by_side(power, power), pairs);
    bands = lane(pairs, 0);
  }
  for (double& band : bands) band = std::max((of_magnitudes ? 10 : 5) * std::log10(band), -100.0);
  return bands;
}

/// The dB mel plane of a window, mel-major, by its definition.
inline std::vector<double> reference_mel(const FrontEnd& front_end, std::span<const float> window) {
  std::vector<double> plane(front_end.bands() * front_end.frames());
  for (std::size_t frame = 0; frame < front_end.frames(); ++frame) {
    const std::vector<double> column = reference_column(front_end, window, frame);
    for (std::size_t band = 0; band < column.size(); ++band) {
      plane[(band * front_end.frames()) + frame] = column[band];
    }
  }
  const double maximum = std::ranges::max(plane);
  for (double& decibel : plane) decibel = std::max(decibel - maximum, -80.0);
  return plane;
}

}  // namespace edgel3
