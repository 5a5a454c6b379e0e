#include "mel/mel_spectrogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "mel/window_function.h"
#include "support/noise.h"

namespace edgel3 {
namespace {

std::vector<double> compute(const FrontEnd& front_end, const std::vector<float>& window) {
  std::vector<double> decibels(front_end.mel_bands * front_end.frames);
  MelSpectrogram(front_end).compute(window, decibels);
  return decibels;
}

std::vector<float> noise_window(const FrontEnd& front_end, std::uint64_t seed) {
  const std::vector<double> samples = noise(front_end.sample_rate, seed);
  return {samples.begin(), samples.end()};
}

/// Absolute decibels of one column by the definition of the DFT, with the zeros around the window.
std::vector<double> naive_column(const FrontEnd& front_end, const std::vector<float>& window,
                                 std::size_t frame) {
  const std::vector<double> taper = periodic_hann(front_end.fft_size);
  std::vector<double> power(front_end.bins());
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < front_end.fft_size; ++n) {
      const std::size_t padded = frame * front_end.hop + n;
      if (padded < front_end.pad_left || padded >= front_end.pad_left + window.size()) continue;
      const double turns =
          static_cast<double>(bin * n % front_end.fft_size) / static_cast<double>(front_end.fft_size);
      sum += taper[n] * window[padded - front_end.pad_left] * std::polar(1.0, -2 * std::numbers::pi * turns);
    }
    power[bin] = std::norm(sum);
  }
  std::vector<double> bands(front_end.mel_bands);
  MelFilterbank(front_end).apply(power, bands);
  for (double& band : bands) band = std::max(5 * std::log10(band), -100.0);
  return bands;
}

class MelSpectrogramTest : public testing::TestWithParam<FrontEnd> {};

TEST_P(MelSpectrogramTest, EqualsTheDefinitionInsideAndAtTheEdges) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> window = noise_window(front_end, 1);
  MelSpectrogram spectrogram(front_end);
  std::vector<double> column(front_end.mel_bands);
  for (const std::size_t frame : {0UZ, 1UZ, 10UZ, front_end.frames - 2, front_end.frames - 1}) {
    spectrogram.compute_column(window, frame, column);
    const std::vector<double> expected = naive_column(front_end, window, frame);
    for (std::size_t band = 0; band < column.size(); ++band) {
      EXPECT_NEAR(column[band], expected[band], 1e-9) << "frame " << frame << ", band " << band;
    }
  }
}

TEST_P(MelSpectrogramTest, NormalisesTheColumnsOfOneWindow) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> window = noise_window(front_end, 2);
  MelSpectrogram spectrogram(front_end);
  std::vector<std::vector<double>> columns(front_end.frames, std::vector<double>(front_end.mel_bands));
  double maximum = -100;
  for (std::size_t frame = 0; frame < columns.size(); ++frame) {
    spectrogram.compute_column(window, frame, columns[frame]);
    maximum = std::max(maximum, std::ranges::max(columns[frame]));
  }
  const std::vector<double> decibels = compute(front_end, window);
  for (std::size_t band = 0; band < front_end.mel_bands; ++band) {
    for (std::size_t frame = 0; frame < front_end.frames; ++frame) {
      EXPECT_EQ(decibels[band * front_end.frames + frame], std::max(columns[frame][band] - maximum, -80.0));
    }
  }
}

TEST_P(MelSpectrogramTest, MakesSilenceFlatAtZero) {
  const FrontEnd& front_end = GetParam();
  const std::vector<double> decibels = compute(front_end, std::vector<float>(front_end.sample_rate));
  EXPECT_TRUE(std::ranges::all_of(decibels, [](double value) { return value == 0; }));
}

TEST_P(MelSpectrogramTest, DoesNotDependOnTheGain) {
  const FrontEnd& front_end = GetParam();
  std::vector<float> window = noise_window(front_end, 3);
  const std::vector<double> loud = compute(front_end, window);
  for (float& sample : window) sample *= 0x1p-10F;
  const std::vector<double> quiet = compute(front_end, window);
  for (std::size_t i = 0; i < loud.size(); ++i) ASSERT_NEAR(quiet[i], loud[i], 1e-5) << i;
}

TEST_P(MelSpectrogramTest, StaysFiniteForTheLargestAndSmallestSamples) {
  const FrontEnd& front_end = GetParam();
  for (const float amplitude : {3.4e38F, 1.5e-45F}) {
    std::vector<float> window = noise_window(front_end, 4);
    for (float& sample : window) sample = std::copysign(amplitude, sample);
    const std::vector<double> decibels = compute(front_end, window);
    EXPECT_TRUE(std::ranges::all_of(decibels, [](double value) { return value >= -80 && value <= 0; }))
        << amplitude;
  }
}

TEST_P(MelSpectrogramTest, PlacesATone) {
  const FrontEnd& front_end = GetParam();
  std::vector<float> window(front_end.sample_rate);
  const double cycles_per_sample = 1000.0 / static_cast<double>(front_end.sample_rate);
  for (std::size_t n = window.size() / 2; n < window.size(); ++n) {
    window[n] =
        static_cast<float>(std::sin(2 * std::numbers::pi * cycles_per_sample * static_cast<double>(n)));
  }
  const std::vector<double> decibels = compute(front_end, window);
  const auto loudest = static_cast<std::size_t>(std::ranges::max_element(decibels) - decibels.begin());
  const double nyquist = static_cast<double>(front_end.sample_rate) / 2;
  const double band = std::log(1 + 1000.0 / 700) / std::log(1 + nyquist / 700) *
                          static_cast<double>(front_end.mel_bands + 1) -
                      1;
  const std::size_t loudest_band = loudest / front_end.frames;
  EXPECT_NEAR(static_cast<double>(loudest_band), band, 1);
  EXPECT_GT(loudest % front_end.frames, front_end.frames / 2 - 4);
  // The first quarter of a second is silent: at the floor in every band.
  for (std::size_t row = 0; row < front_end.mel_bands; ++row) {
    EXPECT_EQ(decibels[row * front_end.frames], -80.0) << row;
  }
}

INSTANTIATE_TEST_SUITE_P(FrontEnds, MelSpectrogramTest, testing::Values(kSeaFrontEnd, kSparseFrontEnd),
                         [](const testing::TestParamInfo<FrontEnd>& front_end) {
                           return std::to_string(front_end.param.sample_rate) + "Hertz";
                         });

TEST(MelSpectrogramFloorTest, LiesAtTheClampWhereTheWindowIsQuiet) {
  // Noise at 1e-6 with a silent half: silence is at -100 dB absolute, less than 80 dB below the noise.
  std::vector<float> window = noise_window(kSeaFrontEnd, 5);
  for (std::size_t n = 0; n < window.size(); ++n) window[n] *= n < 4000 ? 0.0F : 1e-6F;
  MelSpectrogram spectrogram(kSeaFrontEnd);
  double maximum = -100;
  std::vector<double> column(64);
  for (std::size_t frame = 0; frame < 50; ++frame) {
    spectrogram.compute_column(window, frame, column);
    maximum = std::max(maximum, std::ranges::max(column));
  }
  const std::vector<double> decibels = compute(kSeaFrontEnd, window);
  EXPECT_FLOAT_EQ(std::ranges::min(decibels), static_cast<float>(-100 - maximum));
  EXPECT_GT(std::ranges::min(decibels), -60.0F);
}

TEST(MelSpectrogramFloorTest, HoldsTheBandsWithoutBins) {
  const std::vector<double> decibels = compute(kSparseFrontEnd, noise_window(kSparseFrontEnd, 6));
  for (const std::size_t band : {0UZ, 7UZ}) {
    EXPECT_TRUE(std::ranges::all_of(std::span(decibels).subspan(band * 199, 199),
                                    [](double value) { return value == -80; }));
  }
}

}  // namespace
}  // namespace edgel3
