#include "model/nonzero_positions.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "support/encode_positions.h"

namespace edgel3 {
namespace {

using enum PositionEncoding;

std::vector<std::byte> bytes(std::initializer_list<int> numbers) {
  std::vector<std::byte> result;
  for (const int number : numbers) result.push_back(static_cast<std::byte>(number));
  return result;
}

/// What is counted of these bytes, if they are an encoding.
std::optional<std::size_t> count(PositionEncoding encoding, std::initializer_list<int> numbers,
                                 std::size_t weights) {
  return count_positions(encoding, bytes(numbers), weights);
}

class NonzeroPositionsTest : public testing::TestWithParam<PositionEncoding> {
 protected:
  static void expect_round_trip(const std::vector<std::uint32_t>& positions, std::size_t weights) {
    const std::vector<std::byte> encoded = encode_positions(GetParam(), positions, weights);
    EXPECT_EQ(count_positions(GetParam(), encoded, weights), positions.size()) << positions.back();
    EXPECT_EQ(decode_positions(GetParam(), encoded), positions);
  }
};

TEST_P(NonzeroPositionsTest, HoldEveryDistance) {
  for (std::uint32_t gap = 0; gap < 1300; ++gap) {
    for (const std::size_t behind : {0UZ, 1UZ, 2UZ, 7UZ, 8UZ}) {
      expect_round_trip({gap}, gap + 1UZ + behind);
      expect_round_trip({0, gap + 1}, gap + 2UZ + behind);
      expect_round_trip({gap, 2 * gap + 1, 2 * gap + 2, 3 * gap + 3}, 3UZ * gap + 4 + behind);
    }
  }
}

TEST_P(NonzeroPositionsTest, HoldTheLastPositionOfTheLargestConvolution) {
  constexpr std::uint32_t kWeights = 512 * 512 * 9;
  expect_round_trip({kWeights - 1}, kWeights);
}

TEST_P(NonzeroPositionsTest, HoldThatNothingIsZero) {
  for (std::uint32_t weights = 1; weights < 40; ++weights) {
    std::vector<std::uint32_t> positions(weights);
    for (std::uint32_t i = 0; i < weights; ++i) positions[i] = i;
    expect_round_trip(positions, weights);
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, NonzeroPositionsTest, testing::Values(kGaps, kMask),
                         [](const testing::TestParamInfo<PositionEncoding>& encoding) {
                           return encoding.param == kGaps ? "Gaps" : "Mask";
                         });

TEST(GapsTest, AreOneByteEachWithAnEscapeFrom255) {
  EXPECT_EQ(decode_positions(kGaps, bytes({0, 0, 1})), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(decode_positions(kGaps, bytes({254})), std::vector<std::uint32_t>{254});
  EXPECT_EQ(decode_positions(kGaps, bytes({255, 0})), std::vector<std::uint32_t>{255});
  EXPECT_EQ(decode_positions(kGaps, bytes({3, 255, 255, 7, 0})), (std::vector<std::uint32_t>{3, 521, 522}));
}

TEST(GapsTest, MustPlaceSomethingAtTheEnd) {
  EXPECT_EQ(count(kGaps, {}, 1000), std::nullopt);
  EXPECT_EQ(count(kGaps, {255}, 1000), std::nullopt);
  EXPECT_EQ(count(kGaps, {1, 2, 255}, 1000), std::nullopt);
}

TEST(GapsTest, MustStayInRange) {
  EXPECT_EQ(count(kGaps, {0}, 0), std::nullopt);
  EXPECT_EQ(count(kGaps, {0}, 1), 1U);
  EXPECT_EQ(count(kGaps, {0, 0, 0}, 2), std::nullopt);
  EXPECT_EQ(count(kGaps, {255, 0}, 255), std::nullopt);
  EXPECT_EQ(count(kGaps, {255, 0}, 256), 1U);
  // However much follows: the walk ends where it leaves the range.
  EXPECT_EQ(count_positions(kGaps, std::vector(100'000, std::byte{254}), 254), std::nullopt);
}

TEST(MaskTest, HoldsABitForEachWeightFromTheLowestOn) {
  EXPECT_EQ(decode_positions(kMask, bytes({0b10000101, 0, 0b10})), (std::vector<std::uint32_t>{0, 2, 7, 17}));
}

TEST(MaskTest, MustHaveOneSizeOnly) {
  EXPECT_EQ(count(kMask, {1}, 9), std::nullopt);
  EXPECT_EQ(count(kMask, {1, 0}, 9), 1U);
  EXPECT_EQ(count(kMask, {1, 0}, 16), 1U);
  EXPECT_EQ(count(kMask, {1, 0}, 8), std::nullopt);
  EXPECT_EQ(count(kMask, {1, 0, 0}, 16), std::nullopt);
  EXPECT_EQ(count(kMask, {}, 0), std::nullopt);
}

TEST(MaskTest, MustNotPlaceAnythingBehindTheLastWeight) {
  for (int bit = 0; bit < 8; ++bit) {
    for (std::size_t weights = 9; weights <= 16; ++weights) {
      const bool fits = 8 + static_cast<std::size_t>(bit) < weights;
      EXPECT_EQ(count(kMask, {0, 1 << bit}, weights), fits ? std::optional(1UZ) : std::nullopt)
          << bit << " of " << weights;
    }
  }
}

TEST(MaskTest, MustPlaceSomething) { EXPECT_EQ(count(kMask, {0, 0}, 16), std::nullopt); }

}  // namespace
}  // namespace edgel3
