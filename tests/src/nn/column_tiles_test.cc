#include "nn/column_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <vector>

namespace edgel3 {

/// What GoogleTest prints of a tile; it looks for this name.
// NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const ColumnTile& tile, std::ostream* stream) {
  *stream << tile.column << " + " << tile.vectors << " vectors";
}

namespace {

using Tiles = std::vector<ColumnTile>;

Tiles side_by_side(const std::vector<std::size_t>& vectors) {
  Tiles tiles;
  std::size_t column = 0;
  for (const std::size_t count : vectors) {
    tiles.push_back({.column = column, .vectors = count});
    column += count * kLanes;
  }
  return tiles;
}

void expect_side_by_side(const Tiles& tiles, std::size_t least_width) {
  std::size_t column = 0;
  for (const ColumnTile& tile : tiles) {
    EXPECT_EQ(tile.column, column);
    EXPECT_GE(tile.vectors, kMinVectors);
    EXPECT_LE(tile.vectors, kMaxVectors);
    column += tile.width();
  }
  EXPECT_GE(column, least_width);
  EXPECT_LT(column, std::max(least_width + kLanes, (kMinVectors * kLanes) + 1));
}

TEST(ColumnTiles, CoverEveryWidthAndHardlyMore) {
  for (std::size_t width = 1; width <= 300; ++width) expect_side_by_side(cut_columns(width), width);
}

/// What the results of `tiles` leave in the line of every tile of `next`, column by column: 0 nothing, 1 a
/// result that counts, 2 one behind the plane.
std::vector<std::vector<int>> store_results(const Tiles& tiles, const Tiles& next, std::size_t next_width,
                                            bool pooled) {
  std::vector<std::vector<int>> lines(next.size(), std::vector<int>(kLineStride - 1));
  for (const ColumnTile& tile : tiles) {
    const TileTarget target = find_target(tile, next, pooled);
    std::vector<int>& line = lines.at(target.tile);
    std::size_t columns = tile.width();
    if (pooled) columns = (tile.vectors + 1) / 2 * kLanes;
    if (target.outcome == TileOutcome::kRowsEnd) columns -= kLanes - 1;
    for (std::size_t i = 0; i < columns; ++i) {
      const bool is_result = !pooled || i < tile.width() / 2;
      const bool is_inside = next[target.tile].column + target.column + i < next_width;
      line.at(target.column + i) = is_result && is_inside ? 1 : 2;
    }
  }
  return lines;
}

TEST(ColumnTiles, LandInOneTileOfTheNextLayer) {
  for (std::size_t width = 2; width <= 300; ++width) {
    for (const bool pooled : {false, true}) {
      const std::size_t next_width = pooled ? width / 2 : width;
      // A layer before a pooling does without an odd last column, which is then but a neighbour.
      for (const std::size_t used : {next_width, pooled ? next_width : std::max(1UZ, next_width - 1)}) {
        const Tiles next = cut_columns(used);
        const Tiles tiles = cut_columns_before(next, next_width, pooled);
        expect_side_by_side(tiles, pooled ? 2 * next_width : width);
        const auto lines = store_results(tiles, next, next_width, pooled);
        for (std::size_t tile = 0; tile < next.size(); ++tile) {
          const bool is_last = tile + 1 == next.size();
          const std::size_t end = is_last ? next_width - next[tile].column : next[tile].width();
          for (std::size_t i = 0; i < end; ++i) {
            ASSERT_EQ(lines[tile][i], 1) << "width " << width << " tile " << tile << " column " << i;
          }
        }
      }
    }
  }
}

TEST(ColumnTiles, OfL3AreThoseThatWereMeasured) {
  const Tiles layer8 = cut_columns(24);
  EXPECT_EQ(layer8, side_by_side({3, 3}));
  const Tiles layer6 = cut_columns_before(layer8, 24, true);
  EXPECT_EQ(layer6, side_by_side({3, 3, 3, 3}));
  const Tiles layer5 = cut_columns_before(layer6, 49, false);
  EXPECT_EQ(layer5, side_by_side({3, 3, 3, 2, 2}));
  EXPECT_EQ(find_target(layer5.back(), layer6, false).outcome, TileOutcome::kRowsEnd);
  const Tiles layer4 = cut_columns_before(layer5, 49, true);
  EXPECT_EQ(layer4, side_by_side({3, 3, 3, 3, 3, 3, 2, 2, 3}));
  const Tiles layer3 = cut_columns_before(layer4, 99, false);
  EXPECT_EQ(layer3, layer4);
  const Tiles layer2 = cut_columns_before(layer3, 99, true);
  EXPECT_EQ(layer2, side_by_side({3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 3, 3}));
}

}  // namespace
}  // namespace edgel3
