#include "mel/filterbank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/known_networks.h"
#include "support/noise.h"
#include "support/pairs.h"

namespace edgel3 {
namespace {

/// What the filterbank makes of one spectrum; of the other lane's, nothing may come through.
std::vector<double> bands_of(const FrontEnd& front_end, const std::vector<double>& power) {
  std::vector<F64x2> bands(front_end.mel_bands);
  MelFilterbank(front_end).apply(side_by_side(power, noise(power.size(), 9)), bands);
  return lane(bands, 0);
}

/// The weight of `bin` in `band`, which is what the band makes of a spectrum of that bin alone.
std::vector<std::vector<double>> weights(const FrontEnd& front_end) {
  const MelFilterbank filterbank(front_end);
  std::vector<std::vector<double>> matrix;
  std::vector<F64x2> bands(front_end.mel_bands);
  for (std::size_t bin = 0; bin < front_end.bins(); ++bin) {
    std::vector<double> power(front_end.bins());
    power[bin] = 1;
    filterbank.apply(side_by_side(power, power), bands);
    matrix.push_back(lane(bands, 1));
  }
  return matrix;
}

double corner(const FrontEnd& front_end, std::size_t index) {
  const double highest = std::log(1 + static_cast<double>(front_end.sample_rate) / 1400);
  return 700 *
         std::expm1(highest * static_cast<double>(index) / static_cast<double>(front_end.mel_bands + 1));
}

TEST(FilterbankTest, IsMadeOfTrianglesOnTheHtkScale) {
  for (const FrontEnd& front_end : {kSeaFrontEnd, kSparseFrontEnd}) {
    const std::vector<std::vector<double>> matrix = weights(front_end);
    for (std::size_t band = 0; band < front_end.mel_bands; ++band) {
      const double low = corner(front_end, band);
      const double peak = corner(front_end, band + 1);
      const double high = corner(front_end, band + 2);
      for (std::size_t bin = 0; bin < front_end.bins(); ++bin) {
        const double hertz =
            static_cast<double>(bin * front_end.sample_rate) / static_cast<double>(front_end.fft_size);
        const double height =
            std::max(0.0, std::min((hertz - low) / (peak - low), (high - hertz) / (high - peak)));
        EXPECT_NEAR(matrix[bin][band], height * 2 / (high - low), 5e-9) << "bin " << bin << ", band " << band;
      }
    }
  }
}

TEST(FilterbankTest, HasTheWeightsOfKapre) {
  // From the mel matrix stored in the published SEA weights.
  const std::vector<std::vector<double>> matrix = weights(kSeaFrontEnd);
  EXPECT_EQ(matrix[0][0], 0.0);
  EXPECT_EQ(matrix[1][0], 0.017775269225239754);
  EXPECT_EQ(matrix[5][0], 0.007020202931016684);
  EXPECT_EQ(matrix[6][0], 0.0);
  EXPECT_EQ(matrix[6][1], 0.03632276877760887);
}

TEST(FilterbankTest, HasTheWeightsOfLibrosaOnSlaneysScale) {
  // librosa.filters.mel(sr=48000, n_fft=2048, n_mels=128) of versions 0.7 to 0.10.
  const std::vector<std::vector<double>> matrix = weights(kOpenL3Mel128FrontEnd);
  EXPECT_EQ(matrix[1][0], 0.02341073378920555);
  EXPECT_EQ(matrix[2][0], 0.01638796180486679);
  EXPECT_EQ(matrix[14][10], 0.011703131720423698);
  EXPECT_EQ(matrix[112][60], 0.009647328406572342);
  EXPECT_EQ(matrix[1000][127], 0.00096297258278355);
  EXPECT_EQ(matrix[1023][127], 4.012386125396006e-05);
}

TEST(FilterbankTest, GivesZeroWhereNoBinLiesInABand) {
  const std::vector<double> bands = bands_of(kSparseFrontEnd, std::vector<double>(1025, 1.0));
  for (std::size_t band = 0; band < bands.size(); ++band) {
    EXPECT_EQ(bands[band] == 0, band == 0 || band == 7) << band;
  }
}

TEST(FilterbankTest, SumsOverTheBand) {
  const std::vector<std::vector<double>> matrix = weights(kSeaFrontEnd);
  const std::vector<double> power = noise(513, 1);
  const std::vector<double> bands = bands_of(kSeaFrontEnd, power);
  for (std::size_t band = 0; band < bands.size(); ++band) {
    double sum = 0;
    for (std::size_t bin = 0; bin < power.size(); ++bin) sum += matrix[bin][band] * power[bin];
    EXPECT_EQ(bands[band], sum) << band;
  }
}

}  // namespace
}  // namespace edgel3
