#include "nn/tiled_rows.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace edgel3 {
namespace {

TEST(CutIntoTiles, CoversEveryWidthWithTilesThatDifferByAtMostOneVector) {
  for (std::size_t width = 1; width <= 300; ++width) {
    const std::vector<ColumnTile> tiles = cut_into_tiles(width);
    std::size_t column = 0;
    for (const ColumnTile& tile : tiles) {
      EXPECT_EQ(tile.column, column);
      EXPECT_LE(tile.vectors, kMaxVectors);
      EXPECT_LE(tile.vectors, tiles.front().vectors);
      EXPECT_GE(tile.vectors + 1, tiles.front().vectors);
      column += tile.width();
    }
    EXPECT_GE(column, width);
    EXPECT_LT(column, width + kLanes) << "no more than the last vector may reach past " << width;
  }
}

/// What stands at column `column` (and -1, width) of `row` (and -1, height), as the tile that holds it reads
/// it.
class Plane {
 public:
  Plane(std::size_t channels, std::size_t width, std::size_t used_width, std::size_t added)
      : channels_(channels), width_(width), added_(added), rows_(channels, width, used_width, added) {}

  /// A number that tells where it belongs; never zero.
  static float value(std::size_t channel, std::size_t row, std::size_t column) {
    return static_cast<float>(1 + column + (1000 * row) + (100000 * channel));
  }

  /// Runs `height` rows through, in pieces of `piece` columns, and checks each tile input that can be read.
  void expect_tile_inputs(std::size_t height, std::size_t piece) {
    rows_.reset();
    next_ = 0;
    for (std::size_t row = 0; row < height; row += added_) {
      write_rows(row, piece);
      rows_.commit(added_);
      consume(height);
    }
    rows_.add_zero_row();
    consume(height);
    EXPECT_EQ(next_, height);
  }

 private:
  void write_rows(std::size_t first, std::size_t piece) {
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      for (std::size_t column = 0; column < width_; column += piece) {
        std::vector<float> values;  // beyond the plane too, where it must not arrive
        for (std::size_t row = first; row < first + added_; ++row) {
          for (std::size_t i = 0; i < piece; ++i) values.push_back(value(channel, row, column + i));
        }
        write(channel, rows_.find_segments(column, piece), values.data(), piece);
      }
    }
  }

  void write(std::size_t channel, const std::vector<TiledRows::Segment>& segments, const float* values,
             std::size_t stride) {
    switch (added_) {
      case 1:
        return rows_.write<1>(channel, segments, values, stride);
      case 2:
        return rows_.write<2>(channel, segments, values, stride);
      default:
        return rows_.write<4>(channel, segments, values, stride);
    }
  }

  void consume(std::size_t height) {
    while (rows_.ready()) {
      for (std::size_t tile = 0; tile < rows_.tiles().size(); ++tile) {
        rows_.prepare(tile);
        expect_tile_input(tile, height);
        rows_.consume(tile);
      }
      rows_.advance();
      next_ += kTileRows;
    }
  }

  void expect_tile_input(std::size_t tile, std::size_t height) {
    const ColumnTile& columns = rows_.tiles()[tile];
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      for (std::size_t line = 0; line < kTileRows + 2; ++line) {
        const float* read =
            rows_.tile_input(tile) + (channel * rows_.channel_stride()) + (line * kLineStride);
        for (std::size_t i = 0; i < columns.width() + 2; ++i) {
          const std::size_t row = next_ + line;           // one more than the row in the plane
          const std::size_t column = columns.column + i;  // likewise
          if (column > width_ + 1) continue;              // computed, but of no account
          const bool inside = row >= 1 && row <= height && column >= 1 && column <= width_;
          ASSERT_EQ(read[i], inside ? value(channel, row - 1, column - 1) : 0.0F)
              << "width " << width_ << " tile " << tile << " channel " << channel << " row " << row
              << " column " << column;
        }
      }
    }
  }

  std::size_t channels_;
  std::size_t width_;
  std::size_t added_;
  TiledRows rows_;
  std::size_t next_ = 0;
};

TEST(TiledRows, ShowsEachTileItsRowsAndNeighboursWithZerosAroundThePlane) {
  for (const std::size_t width : {1U, 4U, 6U, 23U, 24U, 25U, 49U, 50U, 99U, 199U}) {
    for (const std::size_t added : {1U, 2U, 4U}) {
      Plane plane(3, width, width, added);
      plane.expect_tile_inputs(16, 20);
      plane.expect_tile_inputs(32, width);  // again, over what the last run left behind
    }
  }
}

TEST(TiledRows, KeepsTheLastColumnAsNeighbourWhereItIsNotUsedAsCentre) {
  for (const std::size_t width : {25U, 49U, 99U, 199U}) {
    Plane plane(2, width, width - 1, 2);
    plane.expect_tile_inputs(24, 12);
  }
}

}  // namespace
}  // namespace edgel3
