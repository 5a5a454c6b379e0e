#include "mel/column_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "mel/mel_spectrogram.h"
#include "support/known_networks.h"
#include "support/noise.h"
#include "support/reference_mel.h"

namespace edgel3 {
namespace {

/// Between its columns lie samples that belong to none.
constexpr FrontEnd kFrontEndWithGaps{
    .sample_rate = 8000, .fft_size = 256, .hop = 700, .padding = Padding::kEnd, .mel_bands = 8};

std::vector<float> signal(std::size_t length, std::uint64_t seed) {
  const std::vector<double> samples = noise(length, seed);
  return {samples.begin(), samples.end()};
}

/// All columns of a signal that is pushed in pieces of `piece` samples.
std::vector<float> columns_of(const FrontEnd& front_end, std::span<const float> samples, std::size_t piece) {
  ColumnStream stream(front_end);
  std::vector<float> columns;
  for (std::size_t begin = 0; begin < samples.size(); begin += piece) {
    stream.push(samples.subspan(begin, std::min(piece, samples.size() - begin)), columns);
  }
  stream.finish(columns);
  return columns;
}

class ColumnStreamTest : public testing::TestWithParam<FrontEnd> {};

TEST_P(ColumnStreamTest, EqualsTheDefinitionFromTheFirstColumnToTheLast) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> samples = signal(front_end.sample_rate + (3 * front_end.hop) + 1, 1);
  const std::size_t bands = front_end.bands();
  const std::vector<float> columns = columns_of(front_end, samples, samples.size());
  const std::size_t count = front_end.padding == Padding::kNone
                                ? 1 + ((samples.size() - front_end.fft_size) / front_end.hop)
                                : (samples.size() + front_end.hop - 1) / front_end.hop;
  ASSERT_EQ(columns.size(), count * bands);
  for (const std::size_t frame : {0UZ, 1UZ, count / 2, count - 2, count - 1}) {
    const std::vector<double> expected = reference_column(front_end, samples, frame);
    for (std::size_t band = 0; band < bands; ++band) {
      EXPECT_NEAR(columns[(frame * bands) + band], expected[band], 1e-5)
          << "frame " << frame << ", band " << band;
    }
  }
}

TEST_P(ColumnStreamTest, GivesOfOneSecondWhatTheNetworkGetsOfIt) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> window = signal(front_end.sample_rate, 2);
  std::vector<double> decibels(front_end.bands() * front_end.frames());
  MelSpectrogram(front_end).compute(window, window.size(), decibels);
  const std::vector<float> columns = columns_of(front_end, window, window.size());
  ASSERT_EQ(columns.size(), decibels.size());
  const double maximum = std::ranges::max(columns);
  for (std::size_t frame = 0; frame < front_end.frames(); ++frame) {
    for (std::size_t band = 0; band < front_end.bands(); ++band) {
      ASSERT_NEAR(std::max(columns[(frame * front_end.bands()) + band] - maximum, -80.0),
                  decibels[(band * front_end.frames()) + frame], 2e-5)
          << "frame " << frame << ", band " << band;
    }
  }
}

TEST_P(ColumnStreamTest, DoesNotDependOnHowTheSignalIsCut) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> samples = signal((2 * front_end.fft_size) + (7 * front_end.hop) + 3, 3);
  const std::vector<float> whole = columns_of(front_end, samples, samples.size());
  for (const std::size_t piece : {1UZ, front_end.hop - 1, front_end.hop, front_end.fft_size + 1}) {
    EXPECT_EQ(columns_of(front_end, samples, piece), whole) << piece;
  }
}

TEST_P(ColumnStreamTest, TakesSignalsShorterThanAColumn) {
  const FrontEnd& front_end = GetParam();
  EXPECT_TRUE(columns_of(front_end, {}, 1).empty());
  const std::size_t columns = front_end.padding == Padding::kNone ? 0 : 1;
  EXPECT_EQ(columns_of(front_end, signal(1, 4), 1).size(), columns * front_end.bands());
}

TEST_P(ColumnStreamTest, ShowsSilenceAtTheFloor) {
  const FrontEnd& front_end = GetParam();
  const std::vector<float> columns = columns_of(front_end, std::vector<float>(front_end.sample_rate), 1000);
  EXPECT_TRUE(std::ranges::all_of(columns, [](float decibel) { return decibel == -100; }));
}

INSTANTIATE_TEST_SUITE_P(FrontEnds, ColumnStreamTest,
                         testing::Values(kSeaFrontEnd, kSparseFrontEnd, kOpenL3LinearFrontEnd,
                                         kOpenL3Mel128FrontEnd, kFrontEndWithGaps),
                         [](const testing::TestParamInfo<FrontEnd>& front_end) {
                           return std::to_string(front_end.param.sample_rate) + "HertzBands" +
                                  std::to_string(front_end.param.bands());
                         });

}  // namespace
}  // namespace edgel3
