#include "nn/tiled_rows.h"

#include <algorithm>
#include <cassert>

namespace edgel3 {
std::vector<ColumnTile> cut_into_tiles(std::size_t width) {
  const std::size_t vectors = (width + kLanes - 1) / kLanes;
  const std::size_t count = (vectors + kMaxVectors - 1) / kMaxVectors;
  std::vector<ColumnTile> tiles;
  std::size_t column = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const ColumnTile tile{.column = column, .vectors = (vectors / count) + (i < vectors % count ? 1 : 0)};
    tiles.push_back(tile);
    column += tile.width();
  }
  return tiles;
}

TiledRows::TiledRows(std::size_t channels, std::size_t width, std::size_t used_width, std::size_t most_added)
    : channels_(channels),
      width_(width),
      capacity_(kTileRows + 1 + most_added),
      tiles_(cut_into_tiles(used_width)) {}

void TiledRows::reset() {
  filled_ = 0;
  memory_.resize(tiles_.size() * channels_ * capacity_);
  add_zero_row();
}

std::vector<TiledRows::Segment> TiledRows::find_segments(std::size_t column, std::size_t count) const {
  std::vector<Segment> segments;
  const std::size_t end = std::min(column + count, width_);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    const std::size_t first = tiles_[tile].column;
    const std::size_t from = std::max(column, first);
    // A column behind the last tile, which a pooling drops, is still a neighbour.
    const bool is_last = tile + 1 == tiles_.size();
    const std::size_t to = std::min(end, first + tiles_[tile].width() + (is_last ? 1 : 0));
    if (from >= to) continue;
    segments.push_back(
        {.source = from - column, .destination = line(tile, 0, 0) + 1 + from - first, .count = to - from});
  }
  return segments;
}

template <std::size_t kRows>
void TiledRows::write(std::size_t channel, const std::vector<Segment>& segments, const float* values,
                      std::size_t stride) {
  assert(filled_ + kRows <= capacity_);
  float* const to = floats() + (channel * channel_stride()) + (filled_ * kLineStride);
  for (const Segment& segment : segments) {
    const float* const source = values + segment.source;
    float* const destination = to + segment.destination;
    std::size_t i = 0;
    for (; i + kLanes <= segment.count; i += kLanes) {
      for (std::size_t row = 0; row < kRows; ++row) {
        store(destination + (row * kLineStride) + i, load(source + (row * stride) + i));
      }
    }
    for (; i < segment.count; ++i) {
      for (std::size_t row = 0; row < kRows; ++row) {
        destination[(row * kLineStride) + i] = source[(row * stride) + i];
      }
    }
  }
}

template void TiledRows::write<1>(std::size_t, const std::vector<Segment>&, const float*, std::size_t);
template void TiledRows::write<kTileRows / 2>(std::size_t, const std::vector<Segment>&, const float*,
                                              std::size_t);
template void TiledRows::write<kTileRows>(std::size_t, const std::vector<Segment>&, const float*,
                                          std::size_t);

void TiledRows::prepare(std::size_t tile) {
  if (tile + 1 == tiles_.size()) return;
  const std::size_t last_column = tiles_[tile].width();
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    float* own = floats() + line(tile, channel, 0);
    float* next = floats() + line(tile + 1, channel, 0);
    // Not for the row above: that has been done when it was one of the others, or it is zeros.
    for (std::size_t row = 1; row < kTileRows + 2; ++row) {
      own += kLineStride;
      next += kLineStride;
      own[last_column + 1] = next[1];
      next[0] = own[last_column];
    }
  }
}

void TiledRows::consume(std::size_t tile) {
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    const float* from = floats() + line(tile, channel, kTileRows);
    float* to = floats() + line(tile, channel, 0);
    const float* const end = from + ((filled_ - kTileRows) * kLineStride);
    for (; from != end; from += kLanes, to += kLanes) store(to, load(from));
  }
}

void TiledRows::add_zero_row() {
  assert(filled_ < capacity_);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      std::fill_n(floats() + line(tile, channel, filled_), kLineStride, 0.0F);
    }
  }
  commit(1);
}

}  // namespace edgel3
