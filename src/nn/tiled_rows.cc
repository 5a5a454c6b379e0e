#include "nn/tiled_rows.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace edgel3 {

TiledRows::TiledRows(std::size_t channels, std::size_t width, std::vector<ColumnTile> tiles,
                     std::size_t capacity)
    : channels_(channels), width_(width), capacity_(capacity), tiles_(std::move(tiles)) {
  assert(capacity_ >= kTileRows + 2);
  assert(width_ <= tiles_.back().column + tiles_.back().width() + 1);
}

void TiledRows::reset(std::size_t zero_rows) {
  filled_ = 0;
  memory_.resize(tiles_.size() * channels_ * capacity_);
  for (std::size_t row = 0; row < zero_rows; ++row) add_zero_row();
  exchanged_ = zero_rows;
}

void TiledRows::write_row(const float* columns) {
  assert(channels_ == 1);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    const std::size_t first = tiles_[tile].column;
    // A column behind the last tile, which a pooling drops, is still a neighbour.
    const std::size_t end = std::min(first + tiles_[tile].width() + 1, width_);
    std::copy(columns + first, columns + end, next_row(tile, 0));
  }
}

void TiledRows::clear_row(std::size_t index) {
  assert(filled_ + index < capacity_);
  for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
    for (std::size_t channel = 0; channel < channels_; ++channel) {
      std::fill_n(floats() + line(tile, channel, filled_ + index), kLineStride, 0.0F);
    }
  }
}

void TiledRows::commit(std::size_t rows) {
  assert(filled_ + rows <= capacity_);
  // The zeros to the right of the plane; those to the left nothing ever overwrites.
  const std::size_t last = tiles_.size() - 1;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    for (std::size_t row = filled_; row < filled_ + rows; ++row) {
      floats()[line(last, channel, row) + 1 + width_ - tiles_[last].column] = 0;
    }
  }
  filled_ += rows;
}

void TiledRows::prepare(std::size_t tile) {
  if (tile + 1 == tiles_.size()) return;
  const std::size_t last_column = tiles_[tile].width();
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    float* own = floats() + line(tile, channel, exchanged_);
    float* next = floats() + line(tile + 1, channel, exchanged_);
    for (std::size_t row = exchanged_; row < kTileRows + 2; ++row) {
      own[last_column + 1] = next[1];
      next[0] = own[last_column];
      own += kLineStride;
      next += kLineStride;
    }
  }
}

// A few lines at a time: a call of memcpy, which the compiler would make of the loop, takes longer.
[[clang::no_builtin("memcpy", "memmove")]] void TiledRows::consume(std::size_t tile) {
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    const float* from = floats() + line(tile, channel, kTileRows);
    float* to = floats() + line(tile, channel, 0);
    const float* const end = from + ((filled_ - kTileRows) * kLineStride);
    for (; from != end; from += kLanes, to += kLanes) store(to, load(from));
  }
}

void TiledRows::add_zero_row() {
  clear_row(0);
  ++filled_;
}

}  // namespace edgel3
