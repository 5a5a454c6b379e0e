#include "mel/mel_spectrogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "support/known_networks.h"
#include "support/noise.h"
#include "support/reference_mel.h"

namespace edgel3 {
namespace {

std::vector<double> compute(const FrontEnd& front_end, const std::vector<float>& window) {
  std::vector<double> decibels(front_end.bands() * front_end.frames());
  MelSpectrogram(front_end).compute(window, window.size(), decibels);
  return decibels;
}

std::vector<float> noise_window(const FrontEnd& front_end, std::uint64_t seed) {
  const std::vector<double> samples = noise(front_end.sample_rate, seed);
  return {samples.begin(), samples.end()};
}

class MelSpectrogramTest : public testing::TestWithParam<FrontEnd> {};

TEST_P(MelSpectrogramTest, EqualsTheDefinitionInsideAndAtTheEdges) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> window = noise_window(front_end, 1);
  const std::vector<double> decibels = compute(front_end, window);
  EXPECT_EQ(std::ranges::max(decibels), 0.0);
  // The loudest point is somewhere: all of them are equally far below the absolute decibels.
  const std::size_t loud = front_end.bands() / 2;
  const double maximum =
      reference_column(front_end, window, 10)[loud] - decibels[(loud * front_end.frames()) + 10];
  for (const std::size_t frame : {0UZ, 1UZ, 10UZ, front_end.frames() - 2, front_end.frames() - 1}) {
    const std::vector<double> expected = reference_column(front_end, window, frame);
    for (std::size_t band = 0; band < expected.size(); ++band) {
      EXPECT_NEAR(decibels[(band * front_end.frames()) + frame], std::max(expected[band] - maximum, -80.0),
                  1e-9)
          << "frame " << frame << ", band " << band;
    }
  }
}

TEST_P(MelSpectrogramTest, IsTheSameWhateverWindowCameBefore) {
  const FrontEnd& front_end = GetParam();
  std::vector<float> signal = noise_window(front_end, 7);
  const std::vector<float> more = noise_window(front_end, 8);
  signal.insert(signal.end(), more.begin(), more.end());
  const std::size_t length = front_end.sample_rate;
  MelSpectrogram spectrogram(front_end);
  std::vector<double> decibels(front_end.bands() * front_end.frames());
  for (const std::size_t hop :
       {front_end.hop, 5 * front_end.hop, (length / front_end.hop - 1) * front_end.hop, 5 * front_end.hop + 1,
        length}) {
    for (std::size_t begin = 0; begin + length <= signal.size() && begin < 4 * hop; begin += hop) {
      const std::span<const float> window = std::span(signal).subspan(begin, length);
      spectrogram.compute(window, hop, decibels);
      ASSERT_EQ(decibels, compute(front_end, {window.begin(), window.end()})) << hop << ", at " << begin;
    }
    // Windows that are not where the hop says, nor the same signal.
    for (const std::size_t begin : {0UZ, hop / 2, length - hop}) {
      const std::span<const float> window = std::span(signal).subspan(begin, length);
      spectrogram.compute(window, hop, decibels);
      ASSERT_EQ(decibels, compute(front_end, {window.begin(), window.end()})) << hop << ", at " << begin;
    }
    std::vector<float> changed = {signal.begin(), signal.begin() + static_cast<std::ptrdiff_t>(length)};
    spectrogram.compute(changed, hop, decibels);
    changed.erase(changed.begin(), changed.begin() + static_cast<std::ptrdiff_t>(hop));
    changed.resize(length, 0.5F);
    changed[length / 3] += 1;
    spectrogram.compute(changed, hop, decibels);
    ASSERT_EQ(decibels, compute(front_end, changed)) << hop;
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
  const double bands = static_cast<double>(front_end.bands() + 1);
  const double band = front_end.scale == BandScale::kLinear ? 1000.0 / nyquist * (bands - 2)
                      : front_end.scale == BandScale::kHtk
                          ? (std::log(1 + 1000.0 / 700) / std::log(1 + nyquist / 700) * bands) - 1
                          : (15 / (15 + (27 * std::log(nyquist / 1000) / std::log(6.4))) * bands) - 1;
  const std::size_t loudest_band = loudest / front_end.frames();
  EXPECT_NEAR(static_cast<double>(loudest_band), band, 1);
  EXPECT_GT(loudest % front_end.frames(), front_end.frames() / 2 - 4);
  // The first quarter of a second is silent: at the floor in every band.
  for (std::size_t row = 0; row < front_end.bands(); ++row) {
    EXPECT_EQ(decibels[row * front_end.frames()], -80.0) << row;
  }
}

INSTANTIATE_TEST_SUITE_P(FrontEnds, MelSpectrogramTest,
                         testing::Values(kSeaFrontEnd, kSparseFrontEnd, kOpenL3LinearFrontEnd,
                                         kOpenL3Mel128FrontEnd),
                         [](const testing::TestParamInfo<FrontEnd>& front_end) {
                           return std::to_string(front_end.param.sample_rate) + "HertzBands" +
                                  std::to_string(front_end.param.bands());
                         });

TEST(MelSpectrogramFloorTest, LiesAtTheClampWhereTheWindowIsQuiet) {
  // Noise at 1e-6 with a silent half: silence is at -100 dB absolute, less than 80 dB below the noise.
  std::vector<float> window = noise_window(kSeaFrontEnd, 5);
  for (std::size_t n = 0; n < window.size(); ++n) window[n] *= n < 4000 ? 0.0F : 1e-6F;
  const std::vector<double> decibels = compute(kSeaFrontEnd, window);
  const double loudest = std::ranges::max(reference_column(kSeaFrontEnd, window, 40));
  EXPECT_NEAR(std::ranges::min(decibels), -100 - loudest, 10);  // the maximum lies in some other column
  EXPECT_GT(std::ranges::min(decibels), -60.0);
  // All of the silence, and only that, is at the floor.
  for (std::size_t band = 0; band < 64; ++band) {
    EXPECT_EQ(decibels[band * 50], std::ranges::min(decibels)) << band;
    EXPECT_GT(decibels[(band * 50) + 40], decibels[band * 50]) << band;
  }
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
