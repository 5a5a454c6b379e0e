// Random networks on random sounds: the embedder against the plain definitions of front end and network.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "embedder.h"
#include "network/front_end.h"
#include "support/model_contents.h"
#include "support/reference_mel.h"
#include "support/reference_network.h"

namespace edgel3 {
namespace {

/// A random share of numbers between two bounds.
double between(std::mt19937_64& generator, double low, double high) {
  return low + ((high - low) * static_cast<double>(generator() >> 11) * 0x1p-53);
}

/// A sound of a random kind and loudness.
std::vector<float> random_sound(std::mt19937_64& generator, std::size_t length) {
  std::vector<double> sound = noise(length, generator());
  const double pitch = between(generator, 0.001, 3);
  const double glide = between(generator, -1e-4, 1e-4);
  const std::uint64_t kind = generator() % 4;
  for (std::size_t n = 0; n < length; ++n) {
    const auto time = static_cast<double>(n);
    if (kind == 0) sound[n] = std::sin((pitch + (glide * time)) * time) + (1e-3 * sound[n]);  // glide
    if (kind == 1 && std::abs(sound[n]) < 0.999) sound[n] = 0;                                // clicks
    if (kind == 2) sound[n] *= std::exp(-time / 2000);                                        // decay
  }
  const double gain = std::pow(10, between(generator, -20, 20));
  std::vector<float> samples;
  samples.reserve(length);
  for (const double sample : sound) samples.push_back(static_cast<float>(gain * sample));
  return samples;
}

class DifferentialTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DifferentialTest, EqualsTheDefinition) {
  std::mt19937_64 generator(GetParam());
  const std::size_t width = generator() % 4 == 0 ? 128 : 64;
  const bool sparse = generator() % 3 != 0;
  const double zeros = sparse ? 1 - std::pow(10, between(generator, -2, 0)) : 0;
  const NetworkWeights weights = random_network("sea", width, zeros, generator());
  Embedder embedder = *Embedder::create(
      FileBytes::in_memory(model_file(weights, {.sparse = sparse, .float16 = generator() % 2 == 0})));
  const std::size_t hop = 1 + (generator() % 3000);
  const std::vector<float> sound = random_sound(generator, kSeaFrontEnd.sample_rate + hop);

  const auto embeddings = embedder.embed(sound, hop);
  ASSERT_TRUE(embeddings);
  ASSERT_EQ(embeddings->size(), 2 * width);
  for (std::size_t window = 0; window < 2; ++window) {
    const std::span samples = std::span(sound).subspan(window * hop, kSeaFrontEnd.sample_rate);
    const std::vector<double> expected =
        run_reference(weights, reference_mel(kSeaFrontEnd, samples)).embedding;
    double largest = 0;
    for (const double number : expected) largest = std::max(largest, std::abs(number));
    for (std::size_t i = 0; i < width; ++i) {
      ASSERT_NEAR((*embeddings)[(window * width) + i], expected[i], 1e-5 * largest)
          << "number " << i << " of window " << window;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DifferentialTest, testing::Range<std::uint64_t>(1, 17));

}  // namespace
}  // namespace edgel3
