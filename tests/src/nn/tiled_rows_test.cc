#include "nn/tiled_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace edgel3 {
namespace {

/// A number that stands behind the plane, where it must not be seen.
constexpr float kBehind = -1;

/// What stands at column `column` (and -1, width) of `row` (and -1, height), as the tile that holds it reads
/// it.
class Plane {
 public:
  /// `columns_used`: that are read as centre of a 3x3 kernel.
  Plane(std::size_t channels, std::size_t width, std::size_t columns_used, std::size_t added)
      : channels_(channels),
        width_(width),
        added_(added),
        rows_(channels, width, cut_columns(columns_used), kTileRows + 1 + added) {}

  /// Runs `height` rows through and checks each tile input that can be read.
  void expect_tile_inputs(std::size_t height) {
    rows_.reset(1);
    next_ = 0;
    for (std::size_t row = 0; row < height; row += added_) {
      write_rows(row, height);
      rows_.commit(added_);
      consume(height);
    }
    while (next_ < height) {
      rows_.add_zero_row();
      consume(height);
    }
  }

 private:
  /// A number that tells where it belongs; never zero.
  static float value(std::size_t channel, std::size_t row, std::size_t column) {
    return static_cast<float>(1 + column + (1000 * row) + (100000 * channel));
  }

  /// Writes `added_` rows, of which those from `height` on become zeros.
  void write_rows(std::size_t first, std::size_t height) {
    for (std::size_t row = first; row < first + added_; ++row) {
      for (std::size_t channel = 0; channel < channels_; ++channel) write_row(channel, row, row - first);
      if (row >= height) rows_.clear_row(row - first);
    }
  }

  void write_row(std::size_t channel, std::size_t row, std::size_t index) {
    for (std::size_t tile = 0; tile < rows_.tiles().size(); ++tile) {
      const ColumnTile& columns = rows_.tiles()[tile];
      // To the end of the line, as kernels may that store whole vectors.
      for (std::size_t i = 0; i < kLineStride - 1; ++i) {
        const std::size_t column = columns.column + i;
        float* const to = rows_.next_row(tile, i) + (channel * rows_.channel_stride());
        to[index * kLineStride] = column < width_ ? value(channel, row, column) : kBehind;
      }
    }
  }

  void consume(std::size_t height) {
    while (next_ < height && rows_.ready()) {
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
  for (const std::size_t width : {1U, 4U, 6U, 11U, 12U, 13U, 23U, 24U, 25U, 49U, 50U, 99U, 199U}) {
    for (const std::size_t added : {1U, 2U, 4U}) {
      Plane plane(3, width, width, added);
      plane.expect_tile_inputs(16);
      plane.expect_tile_inputs(30);  // again, over what the last run left behind
      plane.expect_tile_inputs(33);
    }
  }
}

TEST(TiledRows, KeepsTheLastColumnAsNeighbourWhereItIsNotUsedAsCentre) {
  for (const std::size_t width : {13U, 25U, 49U, 99U, 199U}) {
    Plane plane(2, width, width - 1, 2);
    plane.expect_tile_inputs(24);
  }
}

TEST(TiledRows, TakesARowOfTheFirstLayerAsItIs) {
  for (const std::size_t width : {1UZ, 12UZ, 13UZ, 50UZ, 199UZ}) {
    for (const std::size_t used : {width, std::max(1UZ, width - 1)}) {
      TiledRows rows(1, width, cut_columns(used), kTileRows + 2);
      rows.reset(0);
      std::vector<float> row(width);
      for (std::size_t i = 0; i < width; ++i) row[i] = static_cast<float>(i + 1);
      for (std::size_t i = 0; i < kTileRows + 2; ++i) {
        rows.write_row(row.data());
        rows.commit(1);
      }
      for (std::size_t tile = 0; tile < rows.tiles().size(); ++tile) {
        rows.prepare(tile);
        const ColumnTile& columns = rows.tiles()[tile];
        for (std::size_t i = 0; i < columns.width() + 2 && columns.column + i < width + 2; ++i) {
          const std::size_t column = columns.column + i;  // one more than in the plane
          const bool inside = column >= 1 && column <= width;
          ASSERT_EQ(rows.tile_input(tile)[kLineStride + i], inside ? static_cast<float>(column) : 0.0F)
              << "width " << width << " tile " << tile << " column " << column;
        }
        rows.consume(tile);
      }
    }
  }
}

}  // namespace
}  // namespace edgel3
