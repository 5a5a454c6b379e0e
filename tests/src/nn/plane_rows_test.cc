#include "nn/plane_rows.h"

#include <gtest/gtest.h>

#include <vector>

namespace edgel3 {
namespace {

TEST(PlaneRowsTest, PlacesPixelsInsideABorder) {
  std::vector<float> memory(5UZ * 6 * 4, 1.0F);
  const PlaneRows rows{.storage = memory.data(), .width = 3, .channels = 4, .first_row = 2};
  EXPECT_EQ(PlaneRows::stored_columns(3), 6U);
  EXPECT_EQ(PlaneRows::stored_columns(4), 6U);
  EXPECT_EQ(rows.row_stride(), 24U);
  EXPECT_EQ(rows.row(1), memory.data());
  EXPECT_EQ(rows.pixel(2, 0), memory.data() + 24 + 4);
  EXPECT_EQ(rows.pixel(3, 2), memory.data() + 48 + 12);
}

TEST(PlaneRowsTest, ClearsWhatIsNotPlane) {
  std::vector<float> memory(4UZ * 6 * 2, 1.0F);
  const PlaneRows rows{.storage = memory.data(), .width = 3, .channels = 2, .first_row = 0};
  rows.clear_rows(-1, 1);
  rows.clear_sides(0, 2);
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 6; ++column) {
      const bool is_plane = row > 0 && column > 0 && column < 4;
      EXPECT_EQ(memory[(((row * 6) + column) * 2) + 1], is_plane || row == 3 ? 1.0F : 0.0F) << row << column;
    }
  }
}

}  // namespace
}  // namespace edgel3
