#include "audio/input_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/noise.h"

namespace edgel3 {
namespace {

using Channels = std::vector<std::span<const double>>;

/// Pushes the channels in pieces of `chunk` samples and finishes.
std::vector<float> run(InputStream stream, const std::vector<std::vector<double>>& channels,
                       std::size_t chunk) {
  std::vector<float> output;
  const std::size_t length = channels.front().size();
  for (std::size_t begin = 0; begin < length; begin += chunk) {
    Channels pieces;
    for (const std::vector<double>& channel : channels) {
      pieces.push_back(std::span(channel).subspan(begin, std::min(chunk, length - begin)));
    }
    EXPECT_TRUE(stream.push(pieces, output));
  }
  EXPECT_TRUE(stream.finish(output));
  return output;
}

TEST(InputStreamTest, PadsAndRoundsAtTheRateOfTheNetwork) {
  const std::vector<double> samples = noise(12345, 1);
  const std::vector<float> centered = run(*InputStream::create(8000, 8000, 1, true, 0.1), {samples}, 12345);
  ASSERT_EQ(centered.size(), 8000U + 11 * 800);  // 16345 samples are one window and 10.4 hops
  EXPECT_TRUE(std::all_of(centered.begin(), centered.begin() + 4000, [](float value) { return value == 0; }));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    ASSERT_EQ(centered[4000 + i], static_cast<float>(samples[i])) << i;
  }
  EXPECT_TRUE(std::all_of(centered.begin() + 16345, centered.end(), [](float value) { return value == 0; }));

  const std::vector<float> plain = run(*InputStream::create(8000, 8000, 1, false, 0.1), {samples}, 12345);
  ASSERT_EQ(plain.size(), 8000U + 6 * 800);
  EXPECT_TRUE(std::equal(plain.begin(), plain.begin() + 12345, centered.begin() + 4000));
}

TEST(InputStreamTest, PadsAShortSignalToOneWindow) {
  EXPECT_EQ(run(*InputStream::create(8000, 8000, 1, true, 0.1), {{1.0}}, 1).size(), 8000U);
  EXPECT_EQ(run(*InputStream::create(8000, 8000, 1, false, 0.1), {{1.0}}, 1).size(), 8000U);
  EXPECT_EQ(run(*InputStream::create(8000, 48000, 1, true, 0.1), {{1.0}}, 1).size(), 48000U);
}

TEST(InputStreamTest, DownmixesThenResamplesInDouble) {
  const std::vector<double> left = noise(30000, 1);
  const std::vector<double> right = noise(30000, 2);
  std::vector<double> mono(left.size());
  std::ranges::transform(left, right, mono.begin(), [](double a, double b) { return (a + b) / 2; });
  std::vector<double> resampled;
  Resampler resampler = *Resampler::create(44100, 8000);
  resampler.push(mono, resampled);
  ASSERT_TRUE(resampler.finish(resampled));

  const std::vector<float> output =
      run(*InputStream::create(44100, 8000, 2, false, 0.1), {left, right}, left.size());
  ASSERT_EQ(output.size(), 8000U);
  for (std::size_t i = 0; i < resampled.size(); ++i) {
    ASSERT_EQ(output[i], static_cast<float>(resampled[i])) << i;
  }
}

TEST(InputStreamTest, DoesNotDependOnTheChunks) {
  const std::vector<std::vector<double>> channels = {noise(9000, 1), noise(9000, 2)};
  for (const double rate : {8000.0, 44100.0, 48000.0}) {
    for (const bool center : {false, true}) {
      for (const std::size_t target_rate : {8000UZ, 48000UZ}) {
        const auto make = [&] { return *InputStream::create(rate, target_rate, 2, center, 0.0371); };
        const std::vector<float> whole = run(make(), channels, 9000);
        for (const std::size_t chunk : {1UZ, 7UZ, 128UZ, 4097UZ}) {
          EXPECT_EQ(run(make(), channels, chunk), whole) << rate << " Hz in chunks of " << chunk;
        }
      }
    }
  }
}

TEST(InputStreamTest, AcceptsEmptyPushes) {
  InputStream stream = *InputStream::create(8000, 8000, 1, true, 0.1);
  std::vector<float> output;
  EXPECT_TRUE(stream.push(Channels(1), output));
  const std::vector<double> samples = {1.0};
  EXPECT_TRUE(stream.push(Channels{samples}, output));
  EXPECT_TRUE(stream.push(Channels(1), output));
  EXPECT_TRUE(stream.finish(output));
  EXPECT_EQ(output.size(), 8000U);
  EXPECT_EQ(output[4000], 1.0F);
}

TEST(InputStreamTest, KeepsTheLargestSamplesFinite) {
  // Resampling overshoots most on samples that alternate with the filter's signs; random signs come near.
  std::vector<double> samples = noise(20000, 1);
  for (double& sample : samples) sample = std::copysign(1e37, sample);
  for (const double rate : {8000.0, 11025.0, 44100.0}) {
    const std::vector<float> output = run(*InputStream::create(rate, 48000, 1, false, 0.1), {samples}, 20000);
    EXPECT_TRUE(std::ranges::all_of(output, [](float value) { return std::isfinite(value); }));
  }
}

TEST(InputStreamTest, KnowsItsHop) {
  EXPECT_EQ(InputStream::create(44100, 48000, 1, true, 0.29)->hop_length(), 13919U);
}

TEST(InputStreamTest, RefusesUnusableParameters) {
  EXPECT_EQ(InputStream::create(0, 8000, 1, true, 0.1).error().code, ErrorCode::kSampleRateInvalid);
  EXPECT_EQ(InputStream::create(8000, 8000, 0, true, 0.1).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(InputStream::create(8000, 8000, 4097, true, 0.1).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(InputStream::create(8000, 8000, 1, true, 0).error().code, ErrorCode::kHopInvalid);
}

TEST(InputStreamTest, IsUnchangedByARefusedPush) {
  const std::vector<double> good = noise(9000, 1);
  const std::vector<double> shorter = noise(8999, 1);
  std::vector<double> bad = good;
  bad[8999] = std::nan("");
  const std::vector<double> too_long(InputStream::kMaxPush / 6 + 1);

  InputStream stream = *InputStream::create(8000, 48000, 2, true, 0.1);
  std::vector<float> output;
  EXPECT_EQ(stream.push(Channels{good}, output).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(stream.push(Channels{good, good, good}, output).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(stream.push(Channels{good, shorter}, output).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(stream.push(Channels{too_long, too_long}, output).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(stream.push(Channels{good, bad}, output).error().code, ErrorCode::kAudioNotFinite);
  EXPECT_TRUE(output.empty());

  ASSERT_TRUE(stream.push(Channels{good, good}, output));
  const Result<void> refused = stream.push(Channels{bad, good}, output);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.starts_with("Sample 17999 of channel 0 ")) << refused.error().message;
  ASSERT_TRUE(stream.finish(output));
  EXPECT_EQ(output, run(*InputStream::create(8000, 48000, 2, true, 0.1), {good, good}, 9000));
}

TEST(InputStreamTest, RefusesToFinishWithoutSamples) {
  InputStream empty = *InputStream::create(8000, 8000, 1, true, 0.1);
  std::vector<float> output;
  EXPECT_TRUE(empty.push(Channels(1), output));
  output.clear();
  EXPECT_EQ(empty.finish(output).error().code, ErrorCode::kAudioEmpty);
  EXPECT_TRUE(output.empty());

  InputStream too_short = *InputStream::create(48000, 8000, 1, true, 0.1);
  const std::vector<double> samples(5, 1.0);
  EXPECT_TRUE(too_short.push(Channels{samples}, output));
  EXPECT_EQ(too_short.finish(output).error().code, ErrorCode::kAudioTooShort);
}

TEST(InputStreamTest, IsClosedOnceFinished) {
  InputStream stream = *InputStream::create(8000, 8000, 1, true, 0.1);
  const std::vector<double> samples = {1.0};
  std::vector<float> output;
  ASSERT_TRUE(stream.push(Channels{samples}, output));
  ASSERT_TRUE(stream.finish(output));
  EXPECT_EQ(stream.push(Channels{samples}, output).error().code, ErrorCode::kClosed);
  EXPECT_EQ(stream.finish(output).error().code, ErrorCode::kClosed);
  EXPECT_EQ(output.size(), 8000U);

  InputStream failed = *InputStream::create(8000, 8000, 1, true, 0.1);
  EXPECT_FALSE(failed.finish(output));
  EXPECT_EQ(failed.finish(output).error().code, ErrorCode::kClosed);
}

}  // namespace
}  // namespace edgel3
