#include "nn/row_schedule.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "nn/kernels/sparse_tile.h"

namespace edgel3 {
namespace {

/// Runs schedules without any numbers: checks that every layer sees the rows it needs, and no more than it
/// has room for.
class Simulation {
 public:
  explicit Simulation(std::vector<LayerRows> layers)
      : layers_(std::move(layers)), schedules_(schedule_rows(layers_)), states_(layers_.size()) {}

  void run() {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      states_[i].kept = schedules_[i].zero_rows;
      // Rows of zeros stand above the plane; those that arrive follow them.
      const auto given = i > 0 ? first_given(i) : 0;
      states_[i].first = given - static_cast<std::ptrdiff_t>(schedules_[i].zero_rows);
    }
    for (std::size_t row = 0; row < layers_.front().height; ++row) add(0, 1);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      for (int zeros = 0; states_[i].steps < schedules_[i].steps; ++zeros) {
        ASSERT_LT(zeros, 8) << "layer " << i;
        add(i, 1);
      }
    }
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      const std::size_t used = layers_[i].pooled ? layers_[i].height / 2 * 2 : layers_[i].height;
      EXPECT_GE(schedules_[i].steps * kTileRows, used + schedules_[i].rows_above) << "layer " << i;
    }
  }

 private:
  struct State {
    std::ptrdiff_t first = 0;  // the row that is kept first
    std::size_t kept = 0;
    std::size_t steps = 0;
  };

  /// The first row that the layer before `layer` gives.
  [[nodiscard]] std::ptrdiff_t first_given(std::size_t layer) const {
    const auto above = static_cast<std::ptrdiff_t>(schedules_[layer - 1].rows_above);
    return layers_[layer - 1].pooled ? -above / 2 : -above;
  }

  void add(std::size_t layer, std::size_t rows) {
    State& state = states_[layer];
    const RowSchedule& schedule = schedules_[layer];
    state.kept += rows;
    ASSERT_LE(state.kept, schedule.capacity) << "layer " << layer;
    while (state.steps < schedule.steps && state.kept >= kTileRows + 2) {
      // The first row that is kept is the one above the first that is computed.
      ASSERT_EQ(state.first + 1, static_cast<std::ptrdiff_t>(state.steps * kTileRows) -
                                     static_cast<std::ptrdiff_t>(schedule.rows_above))
          << "layer " << layer;
      state.first += kTileRows;
      state.kept -= kTileRows;
      ++state.steps;
      if (layer + 1 < layers_.size()) add(layer + 1, schedules_[layer + 1].rows_added);
    }
  }

  std::vector<LayerRows> layers_;
  std::vector<RowSchedule> schedules_;
  std::vector<State> states_;
};

std::vector<LayerRows> stack(std::size_t height, const std::vector<bool>& poolings) {
  std::vector<LayerRows> layers;
  for (const bool pooled : poolings) {
    layers.push_back({.height = height, .pooled = pooled});
    if (pooled) height /= 2;
  }
  return layers;
}

TEST(RowSchedule, GivesEveryLayerTheRowsItNeeds) {
  for (std::size_t height = 16; height <= 300; ++height) {
    SCOPED_TRACE(height);
    Simulation(stack(height, {false, true, false, true, false, true, false, false})).run();
    Simulation(stack(height, {true, true, false, true, true, false, false, true})).run();
  }
}

TEST(RowSchedule, KeepsFewRowsAroundPoolings) {
  const auto schedules = schedule_rows(stack(256, {false, true, false, true, false, true, false, false}));
  std::vector<std::size_t> capacities;
  for (const RowSchedule& schedule : schedules) capacities.push_back(schedule.capacity);
  EXPECT_EQ(capacities, (std::vector<std::size_t>{6, 7, 6, 7, 6, 7, 6, 9}));
}

}  // namespace
}  // namespace edgel3
