#include "nn/tile_kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/noise.h"

namespace edgel3 {
namespace {

/// Output channels with so many non-zeros each, over a tile input of 20 lines.
class Tester {
 public:
  explicit Tester(const std::vector<std::size_t>& counts) {
    std::size_t seed = 0;
    for (const std::size_t count : counts) {
      counts_.push_back(static_cast<std::uint16_t>(count));
      const std::vector<double> weights = noise(count, ++seed);
      const std::vector<double> places = noise(count, 1000 + seed);
      channels_.emplace_back();
      for (std::size_t i = 0; i < count; ++i) {
        // A line of which three more follow, and one of the first three columns.
        const auto place = static_cast<std::size_t>((places[i] + 1) / 2 * 48);
        add(i, {.input = (place / 3 * kLineStride) + (place % 3), .weight = static_cast<float>(weights[i])});
      }
    }
  }

  void test(std::size_t vectors, bool fresh) const {
    constexpr float kUntouched = -12345;
    const std::vector<double> numbers = noise(20 * kLineStride, 3);
    const std::vector<float> tile_input(numbers.begin(), numbers.end());
    const std::size_t width = vectors * kLanes;
    const std::vector<double> old = noise(channels_.size() * kTileRows * width, 4);
    std::vector<float> sums(old.begin(), old.end());
    sums.push_back(kUntouched);
    NonZeros nonzeros{.offsets = offsets_.data(), .weights = weights_.data(), .counts = counts_.data()};
    find_tile_kernel(vectors)(nonzeros, channels_.size(), tile_input.data(), fresh, sums.data());
    EXPECT_EQ(nonzeros.offsets, offsets_.data() + offsets_.size());
    EXPECT_EQ(nonzeros.weights, weights_.data() + weights_.size());
    EXPECT_EQ(nonzeros.counts, counts_.data() + counts_.size());
    EXPECT_EQ(sums.back(), kUntouched);
    for (std::size_t i = 0; i < old.size(); ++i) {
      const std::size_t row = i / width % kTileRows;
      double expected = fresh ? 0 : old[i];
      double magnitude = 1;
      for (const NonZero& nonzero : channels_[i / width / kTileRows]) {
        const double product =
            static_cast<double>(nonzero.weight) *
            static_cast<double>(tile_input[nonzero.input + (row * kLineStride) + (i % width)]);
        expected += product;
        magnitude += std::abs(product);
      }
      ASSERT_NEAR(sums[i], expected, 1e-6 * magnitude) << vectors << " vectors, sum " << i;
    }
  }

 private:
  struct NonZero {
    std::size_t input = 0;
    float weight = 0;
  };

  void add(std::size_t index, NonZero nonzero) {
    const std::size_t place = index % 4;
    if (place == 0) {
      // What a group does not use is never looked at: it would end in NaN, or outside the tile input.
      offsets_.push_back(~std::uint64_t{0});
      weights_.resize(weights_.size() + 4, NAN);
    }
    offsets_.back() &= ~(std::uint64_t{0xffff} << (16 * place));
    offsets_.back() |= std::uint64_t{nonzero.input * sizeof(float)} << (16 * place);
    weights_[weights_.size() - 4 + place] = nonzero.weight;
    channels_.back().push_back(nonzero);
  }

  std::vector<std::vector<NonZero>> channels_;
  std::vector<std::uint16_t> counts_;
  std::vector<std::uint64_t> offsets_;
  std::vector<float> weights_;
};

TEST(TileKernel, SumsAnyNumberOfNonZeros) {
  for (std::size_t vectors = 1; vectors <= kMaxVectors; ++vectors) {
    for (const bool fresh : {true, false}) {
      for (std::size_t count = 0; count <= 100; ++count) Tester({count}).test(vectors, fresh);
    }
  }
}

TEST(TileKernel, KeepsChannelsApart) {
  for (std::size_t vectors = 1; vectors <= kMaxVectors; ++vectors) {
    for (const bool fresh : {true, false}) {
      Tester({}).test(vectors, fresh);
      Tester({0, 0, 5, 0, 1, 48, 49, 0, 3, 97, 2, 4, 0}).test(vectors, fresh);
    }
  }
}

}  // namespace
}  // namespace edgel3
