#include "embedder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <string>

#include "model/model_file.h"
#include "support/activation_recorder.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

constexpr std::size_t kWindow = 8000;
constexpr std::size_t kWidth = 64;

NetworkWeights network() { return random_network("sea", kWidth, 0.9, 1); }

Embedder embedder(bool sparse = true) {
  return *Embedder::create(FileBytes::in_memory(model_file(network(), {.sparse = sparse})));
}

std::vector<float> signal(std::size_t length, std::uint64_t seed = 1) {
  const std::vector<double> samples = noise(length, seed);
  return {samples.begin(), samples.end()};
}

std::size_t count(Embedder& embedder, std::size_t length, std::size_t hop) {
  const auto embeddings = embedder.embed(signal(length), hop);
  EXPECT_TRUE(embeddings);
  EXPECT_EQ(embeddings->size() % kWidth, 0U);
  return embeddings->size() / kWidth;
}

TEST(EmbedderTest, KnowsItsModel) {
  for (const bool sparse : {false, true}) {
    const Embedder sea = embedder(sparse);
    EXPECT_EQ(sea.front_end(), kSeaFrontEnd);
    EXPECT_EQ(sea.architecture().embedding_dimension(), 64U);
    EXPECT_EQ(sea.executor(), Executor::kSparse) << "however it is stored";
    EXPECT_EQ(sea.window_length(), 8000U);
  }
  const auto sparse = Embedder::create(
      FileBytes::in_memory(model_file(random_network("sparse", 512, 0.95, 1), {.sparse = true})));
  ASSERT_TRUE(sparse);
  EXPECT_EQ(sparse->front_end(), kSparseFrontEnd);
  EXPECT_EQ(sparse->window_length(), 48000U);
}

TEST(EmbedderTest, CountsWhatItsLayersCost) {
  const NetworkWeights weights = network();
  for (const bool sparse : {false, true}) {
    const Embedder sea = *Embedder::create(FileBytes::in_memory(model_file(weights, {.sparse = sparse})));
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      const std::vector<float>& values = weights.convolutions[layer].values;
      const PlaneSize plane = weights.architecture.plane(layer);
      const auto nonzeros = values.size() - static_cast<std::size_t>(std::ranges::count(values, 0.0F));
      EXPECT_EQ(sea.costs()[layer].weights, values.size()) << layer;
      EXPECT_EQ(sea.costs()[layer].nonzeros, nonzeros) << layer;
      EXPECT_EQ(sea.costs()[layer].multiply_adds, nonzeros * plane.height * plane.width) << layer;
    }
  }
}

TEST(EmbedderTest, RefusesWhatIsNoModel) {
  EXPECT_EQ(Embedder::create({}).error().code, ErrorCode::kModelInvalid);
  SafetensorsContents contents = model_contents(network(), {.sparse = true});
  contents.metadata["version"] = "3";
  EXPECT_EQ(Embedder::create(FileBytes::in_memory(write_safetensors(contents))).error().code,
            ErrorCode::kModelUnsupported);
}

TEST(EmbedderTest, EmbedsEveryWindowThatLiesInside) {
  Embedder sea = embedder();
  EXPECT_EQ(count(sea, kWindow, 1), 1U);
  EXPECT_EQ(count(sea, kWindow + 2, 1), 3U);
  EXPECT_EQ(count(sea, kWindow + 799, 800), 1U);
  EXPECT_EQ(count(sea, kWindow + 800, 800), 2U);
  EXPECT_EQ(count(sea, kWindow + 2401, 800), 4U);
  EXPECT_EQ(count(sea, 2 * kWindow, 3333), 3U);
  EXPECT_EQ(count(sea, 3 * kWindow, kWindow), 3U);
  EXPECT_EQ(count(sea, 3 * kWindow, 2 * kWindow), 2U);  // a hop may be longer than a window
  EXPECT_EQ(count(sea, 3 * kWindow, 2 * kWindow + 1), 1U);
  EXPECT_EQ(count(sea, 3 * kWindow, std::numeric_limits<std::size_t>::max()), 1U);
}

TEST(EmbedderTest, EmbedsWindowsAsIfEachWereAlone) {
  for (const std::size_t hop : {1777UZ, 800UZ}) {  // 800: five STFT hops, so that columns are shared
    const std::vector<float> samples = signal(kWindow + 3 * hop + 5);
    for (const bool sparse : {false, true}) {
      Embedder sea = embedder(sparse);
      const std::vector<float> together = *sea.embed(samples, hop);
      ASSERT_EQ(together.size(), 4 * kWidth);
      for (std::size_t window = 4; window-- > 0;) {
        const std::vector<float> alone =
            *sea.embed(std::span(samples).subspan(window * hop, kWindow), kWindow);
        EXPECT_TRUE(std::ranges::equal(alone, std::span(together).subspan(window * kWidth, kWidth)))
            << hop << ", " << window;
      }
    }
  }
}

TEST(EmbedderTest, PassesTheMelSpectrogramToTheNetwork) {
  const std::vector<std::byte> file = model_file(network(), {.sparse = true});
  Embedder sea = *Embedder::create(FileBytes::in_memory(file));
  const std::vector<float> samples = signal(kWindow);
  const std::vector<float> mel = *sea.mel_spectrogram(samples);

  std::vector<double> expected_mel(64UZ * 50);
  MelSpectrogram(kSeaFrontEnd).compute(samples, kWindow, expected_mel);
  EXPECT_EQ(mel, std::vector<float>(expected_mel.begin(), expected_mel.end()));
  std::vector<float> expected(kWidth);
  Network::create(*ModelFile::parse(FileBytes::in_memory(file)), Executor::kSparse)
      ->run(expected_mel, expected);
  EXPECT_EQ(sea.embed(samples, 1), expected);
}

TEST(EmbedderTest, ReportsWhatTheNetworkDoes) {
  Embedder sea = embedder();
  const std::vector<float> samples = signal(kWindow);
  ActivationRecorder recorder(sea.architecture());
  ASSERT_TRUE(sea.observe(samples, std::ref(recorder)));
  const std::vector<float> embedding = *sea.embed(samples, 1);
  for (std::size_t channel = 0; channel < kWidth; ++channel) {
    EXPECT_EQ(std::ranges::max(std::span(recorder.outputs(7)).subspan(channel * 48, 48)), embedding[channel]);
  }
}

TEST(EmbedderTest, RefusesASignalShorterThanAWindow) {
  Embedder sea = embedder();
  for (const std::size_t length : {0UZ, 1UZ, kWindow - 1}) {
    const auto refused = sea.embed(signal(length), 800);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kAudioInvalid) << length;
  }
}

TEST(EmbedderTest, RefusesMoreWindowsThanItsResultMayHold) {
  Embedder sea = embedder();
  const std::vector<float> samples(kWindow + (Embedder::kMaxNumbers / kWidth));  // silence
  EXPECT_EQ(sea.embed(samples, 1).error().code, ErrorCode::kAudioInvalid);
  EXPECT_EQ(sea.embed(samples, samples.size())->size(), kWidth);
}

TEST(EmbedderTest, RefusesAHopOfNothing) {
  EXPECT_EQ(embedder().embed(signal(kWindow), 0).error().code, ErrorCode::kHopInvalid);
}

TEST(EmbedderTest, RefusesAWindowOfAnotherLength) {
  Embedder sea = embedder();
  for (const std::size_t length : {0UZ, kWindow - 1, kWindow + 1, 48000UZ}) {
    EXPECT_EQ(sea.mel_spectrogram(signal(length)).error().code, ErrorCode::kAudioInvalid) << length;
    const ActivationObserver never = [](auto&&...) { ADD_FAILURE() << "reported"; };
    EXPECT_EQ(sea.observe(signal(length), never).error().code, ErrorCode::kAudioInvalid) << length;
  }
}

TEST(EmbedderTest, RefusesSamplesThatAreNotFinite) {
  Embedder sea = embedder();
  const std::vector<float> good = signal(kWindow);
  const std::vector<float> embedding = *sea.embed(good, 1);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float bad : {kInfinity, -kInfinity, std::nanf("")}) {
    for (const std::size_t index : {0UZ, 4000UZ, kWindow - 1}) {
      std::vector<float> samples = good;
      samples[index] = bad;
      const auto refused = sea.embed(samples, 800);
      ASSERT_FALSE(refused);
      EXPECT_EQ(refused.error().code, ErrorCode::kAudioNotFinite);
      EXPECT_TRUE(refused.error().message.starts_with("Sample " + std::to_string(index) + " "))
          << refused.error().message;
      EXPECT_EQ(sea.mel_spectrogram(samples).error().code, ErrorCode::kAudioNotFinite);
      EXPECT_EQ(sea.observe(samples, nullptr).error().code, ErrorCode::kAudioNotFinite);
    }
  }
  // Also where no window reaches: behind the last whole hop.
  std::vector<float> longer = signal(kWindow + 10);
  longer.back() = kInfinity;
  EXPECT_EQ(sea.embed(longer, 800).error().code, ErrorCode::kAudioNotFinite);
  EXPECT_EQ(sea.embed(good, 1), embedding);
}

TEST(EmbedderTest, SaysWhenPiecesOfTheFrontEndAndOfEveryConvolutionAreDone) {
  Embedder sea = embedder();
  std::vector<std::size_t> stages;
  ASSERT_TRUE(sea.profile(signal(kWindow), [&](std::size_t stage) { stages.push_back(stage); }));
  EXPECT_EQ(stages.front(), 0);
  EXPECT_EQ(std::ranges::count(stages, 0), 1);
  EXPECT_EQ(stages.back(), kConvolutionCount);
  for (std::size_t stage = 0; stage < Embedder::kStageCount; ++stage) {
    EXPECT_TRUE(std::ranges::contains(stages, stage)) << stage;
  }
  stages.clear();
  const auto refused = sea.profile(signal(kWindow - 1), [&](std::size_t stage) { stages.push_back(stage); });
  EXPECT_EQ(refused.error().code, ErrorCode::kAudioInvalid);
  EXPECT_TRUE(stages.empty());
}

TEST(EmbedderTest, StaysFiniteForExtremeSamples) {
  Embedder sea = embedder();
  for (const float amplitude :
       {0.0F, std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::max()}) {
    std::vector<float> samples = signal(kWindow);
    for (float& sample : samples) sample = std::copysign(amplitude, sample);
    const std::vector<float> embedding = *sea.embed(samples, 1);
    EXPECT_TRUE(std::ranges::all_of(embedding, [](float number) { return std::isfinite(number); }))
        << amplitude;
  }
}

}  // namespace
}  // namespace edgel3
