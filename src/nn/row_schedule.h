#pragma once

#include <cstddef>
#include <vector>

namespace edgel3 {

/// A layer's plane, as far as the order of its rows depends on it.
struct LayerRows {
  std::size_t height = 0;  ///< rows of its input, and of what it computes
  bool pooled = false;     ///< whether a 2x2 pooling stands behind it
};

/// In which order a layer computes its rows, kTileRows at a time, as those of its input arrive.
///
/// Before a pooling a layer may begin two rows above its plane: then what the pooling gives are, from the
/// first rows on, the row above the next layer's plane and so on, exactly what that layer's first tile reads.
/// Both keep fewer rows, and copy fewer from one tile to the next one below. The rows outside the plane
/// are computed for nothing; they become zeros.
struct RowSchedule {
  std::size_t rows_above = 0;  ///< of the plane, that are computed: 2 or 0
  std::size_t zero_rows = 0;   ///< that stand above the first row that arrives
  std::size_t rows_added = 0;  ///< that arrive at a time
  std::size_t steps = 0;       ///< of kTileRows rows, that give all rows that count
  std::size_t capacity = 0;    ///< rows that must be kept
};

/// The schedules of layers behind one another. The first one's rows arrive one at a time.
std::vector<RowSchedule> schedule_rows(const std::vector<LayerRows>& layers);

}  // namespace edgel3
