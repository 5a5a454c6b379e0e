#include "model/gap_encoding.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "support/encode_gaps.h"

namespace edgel3 {
namespace {

std::vector<std::byte> bytes(std::initializer_list<int> numbers) {
  std::vector<std::byte> result;
  for (const int number : numbers) result.push_back(static_cast<std::byte>(number));
  return result;
}

void expect_round_trip(const std::vector<std::uint32_t>& positions) {
  const std::vector<std::byte> gaps = encode_gaps(positions);
  const std::size_t limit = positions.back() + 1UZ;
  EXPECT_EQ(count_gaps(gaps, limit), positions.size()) << "last position " << positions.back();
  EXPECT_EQ(count_gaps(gaps, limit - 1), std::nullopt) << "last position " << positions.back();
  EXPECT_EQ(decode_gaps(gaps), positions);
}

TEST(GapEncodingTest, HoldsEveryDistance) {
  for (std::uint32_t gap = 0; gap < 1300; ++gap) {
    expect_round_trip({gap});
    expect_round_trip({0, gap + 1});
    expect_round_trip({gap, 2 * gap + 1, 2 * gap + 2, 3 * gap + 3});
  }
}

TEST(GapEncodingTest, HoldsTheLastPositionOfTheLargestConvolution) { expect_round_trip({512 * 512 * 9 - 1}); }

TEST(GapEncodingTest, AreOneByteEachWithAnEscapeFrom255) {
  EXPECT_EQ(decode_gaps(bytes({0, 0, 1})), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(decode_gaps(bytes({254})), std::vector<std::uint32_t>{254});
  EXPECT_EQ(decode_gaps(bytes({255, 0})), std::vector<std::uint32_t>{255});
  EXPECT_EQ(decode_gaps(bytes({3, 255, 255, 7, 0})), (std::vector<std::uint32_t>{3, 521, 522}));
}

TEST(GapEncodingTest, MustPlaceSomethingAtTheEnd) {
  EXPECT_EQ(count_gaps({}, 1000), std::nullopt);
  EXPECT_EQ(count_gaps(bytes({255}), 1000), std::nullopt);
  EXPECT_EQ(count_gaps(bytes({1, 2, 255}), 1000), std::nullopt);
}

TEST(GapEncodingTest, MustStayInRange) {
  EXPECT_EQ(count_gaps(bytes({0}), 0), std::nullopt);
  EXPECT_EQ(count_gaps(bytes({0}), 1), 1U);
  EXPECT_EQ(count_gaps(bytes({0, 0, 0}), 2), std::nullopt);
  EXPECT_EQ(count_gaps(bytes({255, 0}), 255), std::nullopt);
  EXPECT_EQ(count_gaps(bytes({255, 0}), 256), 1U);
  // However much follows: the walk ends where it leaves the range.
  EXPECT_EQ(count_gaps(std::vector(100'000, std::byte{254}), 254), std::nullopt);
}

}  // namespace
}  // namespace edgel3
