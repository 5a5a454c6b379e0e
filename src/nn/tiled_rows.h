#pragma once

#include <cstddef>
#include <vector>

#include "nn/architecture.h"
#include "nn/simd.h"

namespace edgel3 {

/// A run of columns that is computed at once.
struct Tile {
  std::size_t column = 0;   ///< the first one
  std::size_t vectors = 0;  ///< kLanes columns each

  [[nodiscard]] std::size_t width() const { return vectors * kLanes; }
};

/// Cuts `width` columns into tiles of at most kMaxVectors vectors that differ by at most one vector, larger
/// ones first. The last tile may reach past `width`.
std::vector<Tile> cut_into_tiles(std::size_t width);

/// Six vectors times two rows of sums, and what a step needs besides, fill the 16 vector registers of x86.
inline constexpr std::size_t kMaxVectors = 6;

/// The last few rows of a plane, zero-padded, as the next convolution reads them: for each of its tiles,
/// channel and row one line that holds the tile's columns and one column on either side, so that all a tile
/// needs lies close together.
///
/// A line has its columns from kLineStart on, the column before at kLineStart - 1 and the one behind after
/// them; that one may be the first float, otherwise unused, of the line that follows. Left and right of the
/// plane stand zeros that nothing ever overwrites.
class TiledRows {
 public:
  static constexpr std::size_t kLineStart = kLanes;

  /// `width`: columns of the plane; `used_width`: columns that are read as centre of a 3x3 kernel; `step`:
  /// rows that the reader takes at a time; `most_added`: rows that the writer adds at a time, at most.
  TiledRows(std::size_t channels, std::size_t width, std::size_t used_width, std::size_t step,
            std::size_t most_added);

  [[nodiscard]] const std::vector<Tile>& tiles() const { return tiles_; }
  [[nodiscard]] std::size_t step() const { return step_; }

  /// Floats from one line of a channel to the next, from one channel to the next.
  [[nodiscard]] std::size_t line_stride() const { return line_stride_; }
  [[nodiscard]] std::size_t channel_stride() const { return capacity_ * line_stride_; }

  /// Forgets everything and starts anew with the row of zeros above the plane.
  void reset();

  /// Where a run of columns goes: into the lines of one or more tiles, and into those of their neighbours.
  struct Segment {
    std::size_t source = 0;       ///< the first of the columns
    std::size_t destination = 0;  ///< in the memory of channel 0, slot 0
    std::size_t count = 0;
  };

  /// The segments of `count` columns from `column` on. Columns outside the plane go nowhere.
  [[nodiscard]] std::vector<Segment> find_segments(std::size_t column, std::size_t count) const;

  /// Makes room for `rows` more rows, which `write` then fills and `commit` adds.
  void reserve(std::size_t rows);

  /// Writes columns of `channel` in the row that comes `ahead` rows behind the newest one.
  void write(std::size_t channel, std::size_t ahead, const std::vector<Segment>& segments,
             const float* values);
  void commit(std::size_t rows) { filled_ += rows; }

  /// Adds the row of zeros below the plane.
  void add_zero_row();

  /// Whether the next `step` rows can be computed: they, one above and one below are there.
  [[nodiscard]] bool ready() const { return filled_ >= step_ + 2; }

  /// The left neighbour of the first column of `tile` in the row above the next one, channel 0.
  [[nodiscard]] const float* window(std::size_t tile) const {
    return memory_.data() + offset(tile, 0, begin_) - 1;
  }

  /// Moves on by `step` rows.
  void consume() {
    begin_ += step_;
    filled_ -= step_;
  }

 private:
  /// Where the first column of a tile stands.
  [[nodiscard]] std::size_t offset(std::size_t tile, std::size_t channel, std::size_t slot) const {
    return (tile * tile_stride_) + (channel * channel_stride()) + (slot * line_stride_) + kLineStart;
  }

  std::size_t channels_;
  std::size_t width_;
  std::size_t step_;
  std::size_t capacity_;  // rows
  std::vector<Tile> tiles_;
  std::size_t line_stride_;
  std::size_t tile_stride_;
  std::size_t begin_ = 0;   // slot of the row above the next one to be computed
  std::size_t filled_ = 0;  // rows from there on
  std::vector<float> memory_;
};

}  // namespace edgel3
