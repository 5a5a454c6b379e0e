#include "audio/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "audio/kaiser_best.h"
#include "support/noise.h"

namespace edgel3 {
namespace {

/// What resampy 0.2.2 does with a whole signal, written straight from its formula.
std::vector<double> resample_offline(const std::vector<double>& x, double input_rate, double output_rate) {
  const double ratio = output_rate / input_rate;
  std::vector<double> h(kaiser_best_half_window().begin(), kaiser_best_half_window().end());
  if (ratio < 1) {
    for (double& value : h) value *= ratio;
  }
  std::vector<double> d(h.size(), 0.0);
  for (std::size_t m = 0; m + 1 < h.size(); ++m) d[m] = h[m + 1] - h[m];

  const double scale = std::min(1.0, ratio);
  const auto step = static_cast<std::size_t>(scale * 512);
  std::vector<double> y(static_cast<std::size_t>(static_cast<double>(x.size()) * ratio), 0.0);
  double tau = 0;
  for (double& sum : y) {
    const auto n = static_cast<std::size_t>(tau);
    double f = scale * (tau - static_cast<double>(n));
    auto o = static_cast<std::size_t>(f * 512);
    double e = f * 512 - static_cast<double>(o);
    for (std::size_t i = 0; i < std::min(n + 1, (h.size() - o) / step); ++i) {
      sum += (h.at(o + i * step) + e * d.at(o + i * step)) * x.at(n - i);
    }
    f = scale - f;
    o = static_cast<std::size_t>(f * 512);
    e = f * 512 - static_cast<double>(o);
    for (std::size_t k = 0; k < std::min(x.size() - n - 1, (h.size() - o) / step); ++k) {
      sum += (h.at(o + k * step) + e * d.at(o + k * step)) * x.at(n + 1 + k);
    }
    tau += 1 / ratio;
  }
  return y;
}

std::vector<double> resample_in_chunks(std::span<const double> input, double input_rate, double output_rate,
                                       std::size_t chunk) {
  Result<Resampler> resampler = Resampler::create(input_rate, output_rate);
  EXPECT_TRUE(resampler);
  std::vector<double> output;
  while (!input.empty()) {
    resampler->push(input.first(std::min(chunk, input.size())), output);
    input = input.subspan(std::min(chunk, input.size()));
  }
  EXPECT_TRUE(resampler->finish(output));
  return output;
}

using Rates = std::pair<double, double>;

class ResamplerRatesTest : public testing::TestWithParam<Rates> {};

TEST_P(ResamplerRatesTest, EqualsTheOfflineFormulaToTheLastBitForAnyChunks) {
  const auto [input_rate, output_rate] = GetParam();
  // Fewer samples than one wing of the filter, and more than the resampler takes at once.
  for (const std::size_t length : {6UZ, 7UZ, 100UZ, 1000UZ, 9001UZ}) {
    const std::vector<double> input = noise(length, length);
    const std::vector<double> expected = resample_offline(input, input_rate, output_rate);
    if (expected.empty()) continue;
    for (const std::size_t chunk : {1UZ, 7UZ, 128UZ, length}) {
      EXPECT_EQ(resample_in_chunks(input, input_rate, output_rate, chunk), expected)
          << length << " samples in chunks of " << chunk;
    }
  }
}

TEST_P(ResamplerRatesTest, GivesWhatIsFinalAtOnce) {
  const auto [input_rate, output_rate] = GetParam();
  const double ratio = output_rate / input_rate;
  std::vector<double> output;
  Resampler::create(input_rate, output_rate)->push(noise(20000, 1), output);
  // The filter reaches 64 samples of the lower rate ahead, a little more where its step is truncated.
  EXPECT_GE(static_cast<double>(output.size()), 20000 * ratio - 66 * std::max(1.0, ratio) - 1);
}

INSTANTIATE_TEST_SUITE_P(Rates, ResamplerRatesTest,
                         testing::Values(Rates{44100, 8000}, Rates{48000, 8000}, Rates{8000, 48000},
                                         Rates{22050, 8000}, Rates{16000, 48000}, Rates{44056, 8000},
                                         Rates{37800, 8000}, Rates{44100, 48000}, Rates{44100.5, 48000}),
                         [](const testing::TestParamInfo<Rates>& rates) {
                           return "From" + std::to_string(std::lround(rates.param.first * 10)) + "To" +
                                  std::to_string(std::lround(rates.param.second * 10)) + "Decihertz";
                         });

TEST(ResamplerTest, WorksAtTheLimitsOfTheRatio) {
  // Both wings of the longest filter, whose step is one table point, fit in.
  const std::vector<double> input = noise(70000, 1);
  for (const double rate : {8000 * 512.0, 8000 * 511.5}) {
    EXPECT_EQ(resample_in_chunks(input, rate, 8000, 128), resample_offline(input, rate, 8000));
  }
  EXPECT_EQ(resample_in_chunks(std::span(input).first(70), 93.75, 48000, 3),
            resample_offline({input.begin(), input.begin() + 70}, 93.75, 48000));
}

TEST(ResamplerTest, PassesEqualRatesThrough) {
  const std::vector<double> input = noise(1000, 1);
  for (const std::size_t chunk : {1UZ, 7UZ, 1000UZ}) {
    EXPECT_EQ(resample_in_chunks(input, 8000, 8000, chunk), input);
  }
  EXPECT_EQ(resample_in_chunks(std::span(input).first(1), 8000, 8000, 1).size(), 1U);
}

TEST(ResamplerTest, UpsamplesASingleSample) {
  const std::vector<double> output = resample_in_chunks(std::vector<double>{1.0}, 8000, 48000, 1);
  ASSERT_EQ(output.size(), 6U);
  EXPECT_EQ(output, resample_offline({1.0}, 8000, 48000));
  EXPECT_EQ(output[0], kaiser_best_half_window()[0]);
}

TEST(ResamplerTest, TruncatesTheLengthInDoubleArithmetic) {
  // 5507 * (8000 / 44056) is 1000 - 1e-13 in double.
  EXPECT_EQ(resample_in_chunks(noise(5507, 1), 44056, 8000, 128).size(), 999U);
  EXPECT_EQ(resample_in_chunks(noise(27535, 1), 44056, 8000, 128).size(), 5000U);
}

TEST(ResamplerTest, KeepsToneAndTime) {
  std::vector<double> tone(44100);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] = std::sin(2 * std::numbers::pi * 997 * static_cast<double>(i) / 44100);
  }
  const std::vector<double> output = resample_in_chunks(tone, 44100, 48000, 441);
  ASSERT_EQ(output.size(), 48000U);
  for (std::size_t i = 1000; i < 47000; ++i) {
    EXPECT_NEAR(output[i], std::sin(2 * std::numbers::pi * 997 * static_cast<double>(i) / 48000), 1e-4) << i;
  }
}

TEST(ResamplerTest, StretchesTheFilterByTheTruncatedStep) {
  // From 44100 to 8000 Hz, samples are 92.88 table points apart, but the step is 92. Only the two samples
  // beside the output's position, which begin the two wings, stand 92.88 apart, where the filter is at its
  // peak.
  const double scale = 8000.0 / 44100;
  const double points = scale * 512;
  const double gain = (points - (points - 92) * scale * kaiser_best_half_window()[0]) / 92;
  EXPECT_GT(gain, 1.0079);

  const std::vector<double> output = resample_in_chunks(std::vector<double>(44100, 1.0), 44100, 8000, 441);
  double sum = 0;
  for (std::size_t i = 1000; i < 7000; ++i) sum += output[i];
  EXPECT_NEAR(sum / 6000, gain, 1e-5);
}

TEST(ResamplerTest, RefusesUnusableRates) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double nan = std::nan("");
  for (const auto& [input_rate, output_rate] :
       {Rates{0, 8000}, Rates{-8000, 8000}, Rates{-8000, -8000}, Rates{nan, 8000}, Rates{kInfinity, 8000},
        Rates{8000, 0}, Rates{8000, nan}, Rates{8000, kInfinity}, Rates{kInfinity, kInfinity}, Rates{0, 0},
        Rates{8000 * 512 + 1, 8000}, Rates{93.7, 48000}, Rates{5e-324, 8000}, Rates{1.7e308, 8000}}) {
    const Result<Resampler> resampler = Resampler::create(input_rate, output_rate);
    ASSERT_FALSE(resampler) << input_rate << " to " << output_rate;
    EXPECT_EQ(resampler.error().code, ErrorCode::kSampleRateInvalid);
  }
}

TEST(ResamplerTest, RefusesASignalThatLeavesNoSample) {
  for (const std::size_t length : {0UZ, 1UZ, 5UZ}) {
    Result<Resampler> resampler = Resampler::create(48000, 8000);
    std::vector<double> output;
    resampler->push(noise(length, 1), output);
    const Result<void> finished = resampler->finish(output);
    ASSERT_FALSE(finished) << length;
    EXPECT_EQ(finished.error().code, ErrorCode::kAudioTooShort);
    EXPECT_TRUE(output.empty());
  }
}

}  // namespace
}  // namespace edgel3
