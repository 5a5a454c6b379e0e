#include "nn/row_schedule.h"

#include <algorithm>

#include "nn/kernels/sparse_tile.h"

namespace edgel3 {
namespace {

/// From how many steps on beginning two rows above the plane is worth it: it costs half a step at either end.
constexpr std::size_t kStepsToShift = 16;

/// Rows that are kept at most.
std::size_t find_capacity(const RowSchedule& schedule) {
  std::size_t capacity = kTileRows + 2;
  std::size_t rows = schedule.zero_rows;
  for (std::size_t i = 0; i < 2 * kTileRows; ++i) {
    rows += schedule.rows_added;
    capacity = std::max(capacity, rows);
    while (rows >= kTileRows + 2) rows -= kTileRows;
  }
  // Channels that lie a power of two apart would compete for the same places in the cache.
  return capacity % 8 == 0 ? capacity + 1 : capacity;
}

}  // namespace

std::vector<RowSchedule> schedule_rows(const std::vector<LayerRows>& layers) {
  std::vector<RowSchedule> schedules;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto& [height, pooled] = layers[i];
    const bool pooled_before = i > 0 && layers[i - 1].pooled;
    const std::size_t used = pooled ? height / 2 * 2 : height;
    RowSchedule schedule;
    schedule.rows_above = pooled && used >= kStepsToShift * kTileRows ? 2 : 0;
    schedule.steps = (used + schedule.rows_above + kTileRows - 1) / kTileRows;
    // A pooling behind a layer that begins above its plane gives the row above this one's.
    const std::size_t given = pooled_before ? schedules[i - 1].rows_above / 2 : 0;
    schedule.zero_rows = 1 + schedule.rows_above - given;
    schedule.rows_added = i == 0 ? 1 : kTileRows / (pooled_before ? 2 : 1);
    schedule.capacity = find_capacity(schedule);
    schedules.push_back(schedule);
  }
  return schedules;
}

}  // namespace edgel3
