#include "edgel3/model.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "audio/input_stream.h"
#include "embedder.h"
#include "support/model_contents.h"
#include "support/noise.h"
#include "support/random_network.h"

namespace edgel3 {
namespace {

std::vector<std::byte> file() { return model_file(random_network("sea", 64, 0.95, 1), {.sparse = true}); }

Model model() { return *Model::load(file()); }

ErrorCode refusal(std::span<const std::span<const double>> channels, double rate,
                  WindowOptions options = {}) {
  const auto embedded = model().embed(channels, rate, options);
  EXPECT_FALSE(embedded);
  return embedded.error().code;
}

TEST(Model, SaysWhatItIs) {
  Model loaded = model();
  const Model moved = std::move(loaded);
  EXPECT_EQ(moved.sample_rate(), 8000);
  EXPECT_EQ(moved.embedding_dimension(), 64);
  EXPECT_EQ(Model::load({}).error().code, ErrorCode::kModelInvalid);
}

TEST(Model, EmbedsASoundAsStreamAndEmbedderDo) {
  const std::vector<std::byte> bytes = file();
  // More than one piece of samples, and more than one of windows.
  const std::vector<double> left = noise(100'000, 1);
  const std::vector<double> right = noise(100'000, 2);
  const std::array<std::span<const double>, 2> channels{left, right};
  InputStream stream = *InputStream::create(11025, 8000, 2, true, 0.03);
  std::vector<float> samples;
  ASSERT_TRUE(stream.push(channels, samples));
  ASSERT_TRUE(stream.finish(samples));
  const auto expected = Embedder::create(FileBytes::in_memory(bytes))->embed(samples, stream.hop_length());
  const auto embedded = Model::load(bytes)->embed(channels, 11025, {.hop_size = 0.03, .center = true});
  ASSERT_TRUE(embedded);
  EXPECT_GT(embedded->size(), 256 * 64);
  EXPECT_EQ(*embedded, *expected);
}

TEST(Model, RefusesWhatIsNoSound) {
  const std::vector<double> sound(8000, 0.5);
  const std::vector<double> longer(100'000, 0.5);
  const std::vector<double> none;
  std::vector<double> bad = sound;
  bad[77] = std::numeric_limits<double>::quiet_NaN();
  using Channels = std::vector<std::span<const double>>;
  EXPECT_EQ(refusal(Channels{}, 8000), ErrorCode::kAudioInvalid);
  EXPECT_EQ(refusal(Channels{none}, 8000), ErrorCode::kAudioEmpty);
  EXPECT_EQ(refusal(Channels{sound, longer}, 8000), ErrorCode::kAudioInvalid);
  EXPECT_EQ(refusal(Channels{longer, sound}, 8000), ErrorCode::kAudioInvalid);
  EXPECT_EQ(refusal(Channels{bad}, 8000), ErrorCode::kAudioNotFinite);
  EXPECT_EQ(refusal(Channels{sound}, 0), ErrorCode::kSampleRateInvalid);
  EXPECT_EQ(refusal(Channels{sound}, 8000, {.hop_size = 0}), ErrorCode::kHopInvalid);
}

}  // namespace
}  // namespace edgel3
