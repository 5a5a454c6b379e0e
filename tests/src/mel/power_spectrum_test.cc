#include "mel/power_spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "support/noise.h"
#include "support/pairs.h"

namespace edgel3 {
namespace {

/// The power spectrum by the definition of the DFT.
std::vector<double> naive_power(const std::vector<double>& samples) {
  const std::size_t size = samples.size();
  std::vector<double> power(size / 2 + 1);
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < size; ++n) {
      const double turns = static_cast<double>(bin * n % size) / static_cast<double>(size);
      sum += samples[n] * std::polar(1.0, -2 * std::numbers::pi * turns);
    }
    power[bin] = std::norm(sum);
  }
  return power;
}

std::vector<F64x2> compute(PowerSpectrum& spectrum, const std::vector<F64x2>& samples) {
  std::vector<F64x2> buffer = samples;
  buffer.resize(PowerSpectrum::buffer_length(samples.size()));
  const std::span<const F64x2> power = spectrum.compute(buffer);
  EXPECT_EQ(power.size(), samples.size() / 2 + 1);
  return {power.begin(), power.end()};
}

TEST(PowerSpectrumTest, EqualsTheDefinition) {
  for (const std::size_t size : {2UZ, 4UZ, 30UZ, 1024UZ, 2048UZ}) {
    PowerSpectrum spectrum(size);
    for (const std::uint64_t seed : {1UZ, 3UZ}) {  // twice: nothing of the first transform is left over
      const std::vector<double> samples[] = {noise(size, seed), noise(size, seed + 1)};
      const std::vector<F64x2> power = compute(spectrum, side_by_side(samples[0], samples[1]));
      for (const std::size_t index : {0UZ, 1UZ}) {
        const std::vector<double> expected = naive_power(samples[index]);
        for (std::size_t bin = 0; bin < power.size(); ++bin) {
          EXPECT_NEAR(power[bin][index], expected[bin], 1e-13 * static_cast<double>(size * size))
              << size << ", bin " << bin << ", lane " << index;
        }
      }
    }
  }
}

TEST(PowerSpectrumTest, KeepsItsLanesApart) {
  PowerSpectrum spectrum(1024);
  const std::vector<double> samples = noise(1024, 1);
  const std::vector<double> both = lane(compute(spectrum, side_by_side(samples, samples)), 0);
  EXPECT_EQ(lane(compute(spectrum, side_by_side(samples, noise(1024, 2))), 0), both);
  EXPECT_EQ(lane(compute(spectrum, side_by_side(std::vector<double>(1024), samples)), 1), both);
}

TEST(PowerSpectrumTest, ResolvesTheFloor) {
  // A loud tone leaves the other bins 200 dB below: float32 would stop at 140.
  std::vector<double> samples(1024);
  for (std::size_t n = 0; n < samples.size(); ++n) {
    samples[n] = std::cos(2 * std::numbers::pi * static_cast<double>(n * 100 % 1024) / 1024);
  }
  PowerSpectrum spectrum(1024);
  const std::vector<double> power = lane(compute(spectrum, side_by_side(samples, samples)), 1);
  EXPECT_NEAR(power[100], 512.0 * 512.0, 1e-6);
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    if (bin != 100) EXPECT_LT(power[bin], 512.0 * 512.0 * 1e-20) << bin;
  }
}

TEST(PowerSpectrumTest, CanBeMoved) {
  PowerSpectrum first(4);
  PowerSpectrum second = std::move(first);
  const std::vector<double> impulse = {1, 0, 0, 0};
  EXPECT_EQ(lane(compute(second, side_by_side(impulse, impulse)), 0), (std::vector<double>{1, 1, 1}));
}

}  // namespace
}  // namespace edgel3
