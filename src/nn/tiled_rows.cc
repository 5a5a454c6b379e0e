#include "nn/tiled_rows.h"

#include <algorithm>
#include <cassert>

namespace edgel3 {
namespace {

/// How many steps fit between two moves of the last rows to the front: more cost memory, fewer cost copying.
constexpr std::size_t kStepsPerMove = 4;

}  // namespace

std::vector<Tile> cut_into_tiles(std::size_t width) {
  const std::size_t vectors = (width + kLanes - 1) / kLanes;
  const std::size_t count = (vectors + kMaxVectors - 1) / kMaxVectors;
  std::vector<Tile> tiles;
  std::size_t column = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Tile tile{.column = column, .vectors = (vectors / count) + (i < vectors % count ? 1 : 0)};
    tiles.push_back(tile);
    column += tile.width();
  }
  return tiles;
}

TiledRows::TiledRows(std::size_t channels, std::size_t width, std::size_t used_width, std::size_t step,
                     std::size_t most_added)
    : channels_(channels),
      width_(width),
      step_(step),
      capacity_((kStepsPerMove * step) + 1 + most_added),
      tiles_(cut_into_tiles(used_width)),
      line_stride_(tiles_.front().width() + kLanes),
      tile_stride_(channels * channel_stride()),
      memory_((tiles_.size() * tile_stride_) + kLanes) {}

void TiledRows::reset() {
  begin_ = 0;
  filled_ = 0;
  add_zero_row();
}

std::vector<TiledRows::Segment> TiledRows::find_segments(std::size_t column, std::size_t count) const {
  std::vector<Segment> segments;
  const std::size_t end = std::min(column + count, width_);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    const std::size_t first = tiles_[tile].column;
    // With the neighbours on either side; left of the plane there are only zeros.
    const std::size_t from = std::max(column, first == 0 ? 0 : first - 1);
    const std::size_t to = std::min(end, first + tiles_[tile].width() + 1);
    if (from >= to) continue;
    segments.push_back(
        {.source = from - column, .destination = offset(tile, 0, 0) + from - first, .count = to - from});
  }
  return segments;
}

void TiledRows::reserve(std::size_t rows) {
  if (begin_ + filled_ + rows <= capacity_) return;
  assert(filled_ + rows <= capacity_);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      // From the left neighbour in the first line to the right neighbour in the last one.
      const float* from = memory_.data() + offset(tile, channel, begin_) - 1;
      std::copy_n(from, (filled_ * line_stride_) - 1, memory_.data() + offset(tile, channel, 0) - 1);
    }
  }
  begin_ = 0;
}

void TiledRows::write(std::size_t channel, std::size_t ahead, const std::vector<Segment>& segments,
                      const float* values) {
  const std::size_t slot = begin_ + filled_ + ahead;
  assert(slot < capacity_);
  float* const to = memory_.data() + (channel * channel_stride()) + (slot * line_stride_);
  for (const Segment& segment : segments) {
    const float* source = values + segment.source;
    float* destination = to + segment.destination;
    std::size_t i = 0;
    for (; i + kLanes <= segment.count; i += kLanes) store(destination + i, load(source + i));
    for (; i < segment.count; ++i) destination[i] = source[i];
  }
}

void TiledRows::add_zero_row() {
  reserve(1);
  const std::size_t slot = begin_ + filled_;
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      std::fill_n(memory_.data() + offset(tile, channel, slot) - 1, tiles_[tile].width() + 2, 0.0F);
    }
  }
  commit(1);
}

}  // namespace edgel3
