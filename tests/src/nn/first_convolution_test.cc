#include "nn/first_convolution.h"

#include <gtest/gtest.h>

#include "support/dense_definition.h"

namespace edgel3 {
namespace {

TEST(FirstConvolutionTest, EqualsItsDefinition) {
  for (const std::size_t outputs : {1UZ, 8UZ, 9UZ, 64UZ, 65UZ, 136UZ}) {
    for (std::size_t height = 1; height <= 4; ++height) {
      for (std::size_t width = 1; width <= 5; ++width) {
        const bool relu = (height + width) % 2 == 0;
        const ConvolutionWeights weights = integer_weights(1, outputs);
        IntegerPlane input({.height = height, .width = width}, 1, 1);
        const FirstConvolution convolution(weights, relu);
        OutputTile tile;
        expect_defined_tiles(weights, relu, input, [&](const auto& done) {
          convolution.run(input.rows(), input.tiles(FirstConvolution::kTileSide), tile, done);
        });
      }
    }
  }
}

}  // namespace
}  // namespace edgel3
