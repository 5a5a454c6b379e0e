#include "audio/downmix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/noise.h"

namespace edgel3 {
namespace {

using Channels = std::vector<std::span<const double>>;

TEST(DownmixTest, PassesOneChannelThrough) {
  const std::vector<double> samples = noise(1000, 1);
  std::vector<double> mono;
  ASSERT_TRUE(downmix(Channels{samples}, 0, mono));
  EXPECT_EQ(mono, samples);
}

TEST(DownmixTest, TakesTheMeanOfAllChannels) {
  for (const std::size_t count : {2UZ, 3UZ, 6UZ, 4096UZ}) {
    std::vector<std::vector<double>> samples(count);
    for (std::size_t channel = 0; channel < count; ++channel) samples[channel] = noise(5, channel);
    std::vector<double> mono;
    ASSERT_TRUE(downmix(Channels(samples.begin(), samples.end()), 0, mono));
    ASSERT_EQ(mono.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
      long double mean = 0;
      for (const std::vector<double>& channel : samples) mean += static_cast<long double>(channel[i]) / count;
      EXPECT_NEAR(mono[i], static_cast<double>(mean), 1e-15) << count << " channels, sample " << i;
    }
  }
}

TEST(DownmixTest, AppendsToWhatIsThere) {
  const std::vector<double> left = {1, 0.5};
  const std::vector<double> right = {0, -0.5};
  std::vector<double> mono = {7};
  ASSERT_TRUE(downmix(Channels{left, right}, 0, mono));
  EXPECT_EQ(mono, (std::vector<double>{7, 0.5, 0}));
}

TEST(DownmixTest, AcceptsEmptyChannels) {
  std::vector<double> mono;
  EXPECT_TRUE(downmix(Channels(2), 0, mono));
  EXPECT_TRUE(mono.empty());
}

TEST(DownmixTest, RefusesAWrongShape) {
  const std::vector<double> two = {1, 2};
  const std::vector<double> three = {1, 2, 3};
  for (const Channels& channels : {Channels{}, Channels(kMaxChannels + 1), Channels{two, three}}) {
    std::vector<double> mono = {7};
    const Result<void> result = downmix(channels, 0, mono);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kAudioInvalid);
    EXPECT_EQ(mono, std::vector<double>{7});
  }
}

TEST(DownmixTest, NamesTheSampleThatIsNotFinite) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double bad : {std::nan(""), kInfinity, -kInfinity, 1.1e37, -1.1e37}) {
    const std::vector<double> left = {0, 0, 0};
    const std::vector<double> right = {0, 1e37, bad};
    std::vector<double> mono = {7};
    const Result<void> result = downmix(Channels{left, right}, 5000000000, mono);
    ASSERT_FALSE(result) << bad;
    EXPECT_EQ(result.error().code, ErrorCode::kAudioNotFinite);
    EXPECT_TRUE(result.error().message.starts_with("Sample 5000000002 of channel 1 "))
        << result.error().message;
    EXPECT_EQ(mono, std::vector<double>{7});
  }
}

}  // namespace
}  // namespace edgel3
