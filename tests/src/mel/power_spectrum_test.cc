#include "mel/power_spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "support/noise.h"

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

TEST(PowerSpectrumTest, EqualsTheDefinition) {
  for (const std::size_t size : {2UZ, 4UZ, 30UZ, 1024UZ, 2048UZ}) {
    PowerSpectrum spectrum(size);
    for (const std::uint64_t seed : {1UZ, 2UZ}) {  // twice: nothing of the first transform is left over
      const std::vector<double> samples = noise(size, seed);
      std::vector<double> power(size / 2 + 1);
      spectrum.compute(samples, power);
      const std::vector<double> expected = naive_power(samples);
      for (std::size_t bin = 0; bin < power.size(); ++bin) {
        EXPECT_NEAR(power[bin], expected[bin], 1e-13 * static_cast<double>(size * size))
            << size << ", bin " << bin;
      }
    }
  }
}

TEST(PowerSpectrumTest, ResolvesTheFloor) {
  // A loud tone leaves the other bins 200 dB below: float32 would stop at 140.
  std::vector<double> samples(1024);
  for (std::size_t n = 0; n < samples.size(); ++n) {
    samples[n] = std::cos(2 * std::numbers::pi * static_cast<double>(n * 100 % 1024) / 1024);
  }
  std::vector<double> power(513);
  PowerSpectrum(1024).compute(samples, power);
  EXPECT_NEAR(power[100], 512.0 * 512.0, 1e-6);
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    if (bin != 100) EXPECT_LT(power[bin], 512.0 * 512.0 * 1e-20) << bin;
  }
}

TEST(PowerSpectrumTest, CanBeMoved) {
  PowerSpectrum first(4);
  PowerSpectrum second = std::move(first);
  std::vector<double> power(3);
  second.compute(std::vector<double>{1, 0, 0, 0}, power);
  EXPECT_EQ(power, (std::vector<double>{1, 1, 1}));
}

}  // namespace
}  // namespace edgel3
