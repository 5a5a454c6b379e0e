#pragma once

#include <cstddef>
#include <vector>

#include "nn/kernels/sparse_tile.h"

namespace edgel3 {

/// A run of columns that is computed at once.
struct ColumnTile {
  std::size_t column = 0;   ///< the first one
  std::size_t vectors = 0;  ///< kLanes columns each, kMinVectors to kMaxVectors

  [[nodiscard]] std::size_t width() const { return vectors * kLanes; }
  friend bool operator==(const ColumnTile&, const ColumnTile&) = default;
};

/// Cuts the `width` columns of the last layer into tiles, side by side. The last one may reach past them.
std::vector<ColumnTile> cut_columns(std::size_t width);

/// Cuts the columns of the layer before one that has the tiles `next` and an input of `next_width` columns,
/// so that what a tile gives, halved by a 2x2 pooling where `pooled`, lands in one tile of `next`. The last
/// column of the input may be no more than the right neighbour of the last tile; what gives it lands there
/// too. The last tile may reach past the columns that count.
std::vector<ColumnTile> cut_columns_before(const std::vector<ColumnTile>& next, std::size_t next_width,
                                           bool pooled);

/// Where the results of a tile go in the layer behind it.
struct TileTarget {
  std::size_t tile = 0;    ///< of that layer
  std::size_t column = 0;  ///< in that tile
  TileOutcome outcome = TileOutcome::kRows;
};

/// Where the results of `tile` go in a layer that has the tiles `next`. Contract: cut_columns_before made it.
TileTarget find_target(const ColumnTile& tile, const std::vector<ColumnTile>& next, bool pooled);

}  // namespace edgel3
