#include "nn/column_tiles.h"

#include <algorithm>
#include <cassert>

namespace edgel3 {
namespace {

/// Appends tiles of 3 and 2 vectors, larger ones first, that hold `width` columns from `column` on.
void append_tiles(std::vector<ColumnTile>& tiles, std::size_t column, std::size_t width) {
  std::size_t left = (width + kLanes - 1) / kLanes;
  while (left > 0) {
    // Of four vectors two are left for another tile, not one.
    const std::size_t vectors = left == 4 ? 2 : std::clamp(left, kMinVectors, kMaxVectors);
    tiles.push_back({.column = column, .vectors = vectors});
    column += vectors * kLanes;
    left -= std::min(left, vectors);
  }
}

}  // namespace

std::vector<ColumnTile> cut_columns(std::size_t width) {
  std::vector<ColumnTile> tiles;
  append_tiles(tiles, 0, width);
  return tiles;
}

std::vector<ColumnTile> cut_columns_before(const std::vector<ColumnTile>& next, std::size_t next_width,
                                           bool pooled) {
  std::vector<ColumnTile> tiles;
  for (const ColumnTile& tile : next) {
    // Only the last one may hold fewer columns than it has room for, or one more behind it.
    const bool is_last = &tile == &next.back();
    const std::size_t width = is_last ? next_width - tile.column : tile.width();
    assert(width <= tile.width() + 1);
    const std::size_t scale = pooled ? 2 : 1;
    append_tiles(tiles, scale * tile.column, scale * width);
  }
  return tiles;
}

TileTarget find_target(const ColumnTile& tile, const std::vector<ColumnTile>& next, bool pooled) {
  const std::size_t column = pooled ? tile.column / 2 : tile.column;
  const auto behind = std::ranges::upper_bound(next, column, {}, &ColumnTile::column);
  assert(behind != next.begin());
  const ColumnTile& target = *(behind - 1);
  const bool reaches_past = !pooled && column + tile.width() > target.column + target.width();
  assert(!reaches_past || column + tile.width() == target.column + target.width() + kLanes);
  const TileOutcome outcome = pooled         ? TileOutcome::kPooled
                              : reaches_past ? TileOutcome::kRowsEnd
                                             : TileOutcome::kRows;
  return {.tile = static_cast<std::size_t>(behind - 1 - next.begin()),
          .column = column - target.column,
          .outcome = outcome};
}

}  // namespace edgel3
