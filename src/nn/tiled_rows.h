#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "nn/column_tiles.h"
#include "nn/kernels/sparse_tile.h"

namespace edgel3 {

/// The last few rows of a plane, zero-padded, as the next convolution reads them: for each of its tiles,
/// channel and row one line that holds the tile's columns and one column on either side, so that all a tile
/// needs lies close together.
class TiledRows {
 public:
  /// `width`: columns of the plane; `tiles`: those that are read as centre of a 3x3 kernel, all columns but
  /// perhaps the last one; `capacity`: rows there is room for, at least kTileRows + 2.
  TiledRows(std::size_t channels, std::size_t width, std::vector<ColumnTile> tiles, std::size_t capacity);

  [[nodiscard]] const std::vector<ColumnTile>& tiles() const { return tiles_; }

  /// Floats from one channel to the next.
  [[nodiscard]] std::size_t channel_stride() const { return capacity_ * kLineStride; }

  /// Forgets everything and starts anew with `zero_rows` rows of zeros. The first time, takes the memory: it
  /// is most of what a network needs, and by then what reading the model file took is free again.
  void reset(std::size_t zero_rows);

  /// Where column `column` of `tile` goes in the next row, channel 0; rows lie kLineStride floats apart,
  /// channels channel_stride(). As many rows may be written as commit() then adds. What stands behind the
  /// plane afterwards, in the tile or just behind it, does no harm.
  [[nodiscard]] float* next_row(std::size_t tile, std::size_t column) {
    return floats() + line(tile, 0, filled_) + 1 + column;
  }

  /// Writes the next row of channel 0, of which commit() must then add one.
  void write_row(const float* columns);

  /// Makes the row that is the `index`-th to be added one of zeros.
  void clear_row(std::size_t index);

  /// Adds `rows` rows that have been written in all channels and tiles.
  void commit(std::size_t rows);

  /// Adds a row of zeros.
  void add_zero_row();

  /// Whether the next kTileRows rows can be computed: they, one above and one below are there.
  [[nodiscard]] bool ready() const { return filled_ >= kTileRows + 2; }

  /// Readies `tile` to be read: exchanges the columns at the border between it and the next one. To be called
  /// for one tile after the other.
  void prepare(std::size_t tile);

  /// The left neighbour of the first column of `tile` in the row above the next one, channel 0.
  [[nodiscard]] const float* tile_input(std::size_t tile) const { return floats() + line(tile, 0, 0); }

  /// Drops the first kTileRows rows of `tile`. To be called before the next tile is readied, while the lines
  /// of this one are still in the cache.
  void consume(std::size_t tile);

  /// Moves on by kTileRows rows, which have been dropped from every tile.
  void advance() {
    filled_ -= kTileRows;
    exchanged_ = 2;
  }

 private:
  /// Where a line begins: with the left neighbour of the tile's first column.
  [[nodiscard]] std::size_t line(std::size_t tile, std::size_t channel, std::size_t row) const {
    return (((tile * channels_) + channel) * capacity_ + row) * kLineStride;
  }

  struct alignas(kLineStride * sizeof(float)) Line {
    std::array<float, kLineStride> floats{};
  };

  [[nodiscard]] const float* floats() const { return memory_.front().floats.data(); }
  [[nodiscard]] float* floats() { return memory_.front().floats.data(); }

  std::size_t channels_;
  std::size_t width_;
  std::size_t capacity_;  // rows
  std::vector<ColumnTile> tiles_;
  std::size_t filled_ = 0;     // rows, from the one above the next one to be computed on
  std::size_t exchanged_ = 0;  // of them, which have their neighbours' columns at the borders of tiles
  std::vector<Line> memory_;
};

}  // namespace edgel3
