#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "nn/network.h"
#include "support/activation_recorder.h"
#include "support/reference_network.h"

namespace edgel3 {

/// Whether the pooling after `layer` drops what stands at `row` and `column`.
inline bool is_dropped(const Architecture& architecture, std::size_t layer, std::size_t row,
                       std::size_t column) {
  if (!architecture.has_pooling(layer)) return false;
  const PlaneSize pooled = architecture.plane(layer + 1);
  return row >= 2 * pooled.height || column >= 2 * pooled.width;
}

/// Expects `actual` to be `expected` but for float32 rounding, relative to the largest number in it.
/// `may_lack` says of which numbers there may be none (NaN).
template <typename MayLack>
void expect_close(std::span<const float> actual, const std::vector<double>& expected, MayLack may_lack) {
  double largest = 0;
  for (const double number : expected) largest = std::max(largest, std::abs(number));
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::isnan(actual[i]) && may_lack(i)) continue;
    ASSERT_NEAR(actual[i], expected[i], 1e-5 * largest) << "number " << i;
  }
}

/// Runs `network`, made from a file of `weights`. Expects of every convolution and of the embedding what the
/// reference computes.
inline void expect_equals_reference(Network& network, const NetworkWeights& weights) {
  const Architecture& architecture = weights.architecture;
  const std::vector<double> mel = random_mel(architecture, 99);
  const ReferenceResult expected = run_reference(weights, mel);
  ActivationRecorder recorder(architecture);
  std::vector<float> embedding(architecture.embedding_dimension());
  network.run(mel, embedding, std::ref(recorder));
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    SCOPED_TRACE("convolution " + std::to_string(layer + 1));
    const PlaneSize plane = architecture.plane(layer);
    expect_close(recorder.outputs(layer), expected.outputs[layer].values, [&](std::size_t i) {
      return is_dropped(architecture, layer, i / plane.width % plane.height, i % plane.width);
    });
  }
  SCOPED_TRACE("embedding");
  expect_close(embedding, expected.embedding, [](std::size_t) { return false; });
}

}  // namespace edgel3
