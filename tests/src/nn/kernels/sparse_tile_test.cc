#include "nn/kernels/sparse_tile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "support/noise.h"

// Every kernel of the table against its definition, written in plain loops over double.

namespace edgel3 {
namespace {

constexpr float kUntouched = -12345;
/// Lines between one channel's results and the next one's.
constexpr std::size_t kChannelLines = kTileRows + 1;

/// Numbers in double, each with the sum of what was added up in it, by which it may be wrong.
struct Expected {
  double value = 0;
  double magnitude = 1;
};

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
    const std::vector<double> numbers = noise(20 * kLineStride, 3);
    tile_input_.assign(numbers.begin(), numbers.end());
    for (const double number : noise(counts.size(), 5)) scale_.push_back(static_cast<float>(number));
    for (const double number : noise(counts.size(), 6)) shift_.push_back(static_cast<float>(number));
  }

  void test(const SparseTileKernel& kernel) {
    for (std::size_t outcome = 0; outcome < kTileOutcomes; ++outcome) {
      for (const bool fresh : {true, false}) {
        SCOPED_TRACE(testing::Message() << kernel.name << " outcome " << outcome << " fresh " << fresh);
        width_ = kernel.vectors * kLanes;
        run(kernel.functions[outcome], TileOutcome{static_cast<std::uint8_t>(outcome)}, fresh);
        if (testing::Test::HasFatalFailure()) return;
      }
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

  void run(SparseTileFunction function, TileOutcome outcome, bool fresh) {
    const bool keeps_sums = outcome == TileOutcome::kSums;
    // No more working memory than the contract asks for, so that AddressSanitizer sees the first one too
    // many.
    const std::size_t sums_channels = fresh && !keeps_sums ? 1 : channels_.size();
    const std::vector<double> old = noise(sums_channels * kTileRows * width_, 4);
    std::vector<float> sums(old.begin(), old.end());
    std::vector<float> results(channels_.size() * kChannelLines * kLineStride, kUntouched);
    const bool is_maximum = outcome == TileOutcome::kMaxima;
    if (is_maximum) std::ranges::fill(results, 0.25F);
    min_output_ = outcome == TileOutcome::kRowsEnd ? -std::numeric_limits<float>::infinity() : 0;
    const TileResults to{.scale = scale_.data(),
                         .shift = shift_.data(),
                         .min_output = min_output_,
                         .to = results.data(),
                         .channel_stride = kChannelLines * kLineStride};
    NonZeros nonzeros{.offsets = offsets_.data(), .weights = weights_.data(), .counts = counts_.data()};
    function(nonzeros, channels_.size(), tile_input_.data(), fresh, sums.data(), to);
    EXPECT_EQ(nonzeros.offsets, offsets_.data() + offsets_.size());
    EXPECT_EQ(nonzeros.weights, weights_.data() + weights_.size());
    EXPECT_EQ(nonzeros.counts, counts_.data() + counts_.size());
    for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
      const std::size_t size = kTileRows * width_;
      std::vector<Expected> expected = add_up(channel);
      for (std::size_t i = 0; i < size && !fresh; ++i) expected[i].value += old[(channel * size) + i];
      if (keeps_sums) {
        for (std::size_t i = 0; i < size; ++i) {
          expect_near(sums[(channel * size) + i], expected[i], channel, i);
        }
      } else {
        scale_and_shift(expected, channel);
        expect_results(results.data() + (channel * to.channel_stride), expected, channel, outcome);
      }
    }
    if (keeps_sums) {
      EXPECT_TRUE(std::ranges::all_of(results, [](float number) { return number == kUntouched; }));
    }
  }

  /// The sums of a channel by definition: [row][column].
  [[nodiscard]] std::vector<Expected> add_up(std::size_t channel) const {
    std::vector<Expected> sums(kTileRows * width_);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      for (const NonZero& nonzero : channels_[channel]) {
        const double product =
            static_cast<double>(nonzero.weight) *
            static_cast<double>(tile_input_[nonzero.input + (i / width_ * kLineStride) + (i % width_)]);
        sums[i].value += product;
        sums[i].magnitude += std::abs(product);
      }
    }
    return sums;
  }

  void scale_and_shift(std::vector<Expected>& numbers, std::size_t channel) const {
    for (Expected& number : numbers) {
      number.value =
          (number.value * static_cast<double>(scale_[channel])) + static_cast<double>(shift_[channel]);
      number.value = std::max(number.value, static_cast<double>(min_output_));
    }
  }

  /// What stands at the row and column of a channel's results, as far as the contract says; NaN where
  /// anything may stand.
  [[nodiscard]] Expected result(const std::vector<Expected>& numbers, std::size_t row, std::size_t column,
                                TileOutcome outcome) const {
    const auto larger = [](const Expected& a, const Expected& b) {
      return Expected{.value = std::max(a.value, b.value), .magnitude = std::max(a.magnitude, b.magnitude)};
    };
    const auto at = [&](std::size_t y, std::size_t x) { return numbers[(y * width_) + x]; };
    const Expected untouched{.value = static_cast<double>(kUntouched), .magnitude = 0};
    switch (outcome) {
      case TileOutcome::kRows:
        return row < kTileRows && column < width_ ? at(row, column) : untouched;
      case TileOutcome::kRowsEnd:
        return row < kTileRows && column <= width_ - kLanes ? at(row, column) : untouched;
      case TileOutcome::kPooled: {
        if (row >= kTileRows / 2 || column >= (width_ / kLanes + 1) / 2 * kLanes) return untouched;
        if (column >= width_ / 2) return {.value = NAN};
        const std::size_t y = 2 * row;
        const std::size_t x = 2 * column;
        return larger(larger(at(y, x), at(y, x + 1)), larger(at(y + 1, x), at(y + 1, x + 1)));
      }
      case TileOutcome::kMaxima: {
        Expected largest{.value = 0.25, .magnitude = 0};
        if (row > 0 || column >= width_) return largest;
        for (std::size_t y = 0; y < kTileRows; ++y) largest = larger(largest, at(y, column));
        return largest;
      }
      case TileOutcome::kSums:
        break;
    }
    std::unreachable();
  }

  void expect_results(const float* results, const std::vector<Expected>& numbers, std::size_t channel,
                      TileOutcome outcome) const {
    for (std::size_t row = 0; row < kChannelLines; ++row) {
      for (std::size_t column = 0; column < kLineStride; ++column) {
        const Expected expected = result(numbers, row, column, outcome);
        if (std::isnan(expected.value)) continue;
        const std::size_t index = (row * kLineStride) + column;
        expect_near(results[index], expected, channel, index);
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }

  static void expect_near(float actual, const Expected& expected, std::size_t channel, std::size_t index) {
    ASSERT_NEAR(actual, expected.value, 1e-6 * expected.magnitude)
        << "channel " << channel << ", number " << index;
  }

  std::vector<std::vector<NonZero>> channels_;
  std::vector<std::uint16_t> counts_;
  std::vector<std::uint64_t> offsets_;
  std::vector<float> weights_;
  std::vector<float> tile_input_;
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::size_t width_ = 0;
  float min_output_ = 0;
};

TEST(SparseTile, SumsAnyNumberOfNonZeros) {
  for (const SparseTileKernel& kernel : sparse_tile_kernels()) {
    for (std::size_t count = 0; count <= 100; ++count) Tester({count}).test(kernel);
  }
}

TEST(SparseTile, KeepsChannelsApart) {
  for (const SparseTileKernel& kernel : sparse_tile_kernels()) {
    Tester({}).test(kernel);
    Tester({0, 0, 5, 0, 1, 48, 49, 0, 3, 97, 2, 4, 0}).test(kernel);
  }
}

TEST(SparseTile, IsFoundByItsVectorsAndOutcome) {
  for (const SparseTileKernel& kernel : sparse_tile_kernels()) {
    for (std::size_t outcome = 0; outcome < kTileOutcomes; ++outcome) {
      EXPECT_EQ(find_sparse_tile(kernel.vectors, TileOutcome{static_cast<std::uint8_t>(outcome)}),
                kernel.functions[outcome]);
    }
  }
}

}  // namespace
}  // namespace edgel3
