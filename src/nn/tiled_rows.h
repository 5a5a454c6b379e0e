#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "network/architecture.h"
#include "nn/simd.h"

namespace edgel3 {

/// A run of columns that is computed at once.
struct ColumnTile {
  std::size_t column = 0;   ///< the first one
  std::size_t vectors = 0;  ///< kLanes columns each

  [[nodiscard]] std::size_t width() const { return vectors * kLanes; }
};

/// Cuts `width` columns into tiles of at most kMaxVectors vectors that differ by at most one vector, larger
/// ones first. The last tile may reach past `width`.
std::vector<ColumnTile> cut_into_tiles(std::size_t width);

/// Rows of a tile, and its vectors at most: so many sums, and what else a step needs, fill the 16 vector
/// registers of x86.
inline constexpr std::size_t kTileRows = 4;
inline constexpr std::size_t kMaxVectors = 3;

/// Floats from one line of a channel to the next: the columns of a tile and one on either side. Lines are
/// cache lines, so that few loads touch two.
inline constexpr std::size_t kLineStride = (kMaxVectors + 1) * kLanes;

/// The last few rows of a plane, zero-padded, as the next convolution reads them: for each of its tiles,
/// channel and row one line that holds the tile's columns and one column on either side, so that all a tile
/// needs lies close together. Left and right of the plane stand zeros that nothing ever overwrites.
class TiledRows {
 public:
  /// `width`: columns of the plane; `used_width`: columns that are read as centre of a 3x3 kernel;
  /// `most_added`: rows that the writer adds at a time, at most.
  TiledRows(std::size_t channels, std::size_t width, std::size_t used_width, std::size_t most_added);

  [[nodiscard]] const std::vector<ColumnTile>& tiles() const { return tiles_; }

  /// Floats from one channel to the next.
  [[nodiscard]] std::size_t channel_stride() const { return capacity_ * kLineStride; }

  /// Forgets everything and starts anew with the row of zeros above the plane. The first time, takes the
  /// memory: it is most of what a network needs, and by then the file that the network was made from is gone.
  void reset();

  /// Where a run of columns goes: into the lines of one or more tiles.
  struct Segment {
    std::size_t source = 0;       ///< the first of the columns
    std::size_t destination = 0;  ///< in the memory of channel 0, slot 0
    std::size_t count = 0;
  };

  /// The segments of `count` columns from `column` on. Columns outside the plane go nowhere.
  [[nodiscard]] std::vector<Segment> find_segments(std::size_t column, std::size_t count) const;

  /// Writes columns of `channel` into the kRows rows that `commit` then adds; `values` has a row every
  /// `stride` floats.
  template <std::size_t kRows>
  void write(std::size_t channel, const std::vector<Segment>& segments, const float* values,
             std::size_t stride);
  void commit(std::size_t rows) { filled_ += rows; }

  /// Adds the row of zeros below the plane.
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
  void advance() { filled_ -= kTileRows; }

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
  std::size_t filled_ = 0;  // rows, from the one above the next one to be computed on
  std::vector<Line> memory_;
};

}  // namespace edgel3
