#include "nn/choose_tile.h"

#include <cassert>

namespace edgel3 {
namespace {

/// The last convolution that may have tiles of 4x4 pixels.
constexpr std::size_t kLastWith4x4 = 3;

/// Bytes that the weights of a convolution may take with them. Those of OpenL3 and L3 need 2.4 million, with
/// which the network of 256 bands stays below 48 MB.
constexpr std::size_t kMostWeightBytes = 2'500'000;

/// Products that all tiles take for a pair of channels, those of pixels past the plane included.
std::size_t products(const WinogradTransforms& tile, PlaneSize plane) {
  const std::size_t rows = (plane.height + tile.side - 1) / tile.side;
  const std::size_t columns = (plane.width + tile.side - 1) / tile.side;
  return rows * columns * tile.place_count();
}

}  // namespace

PlaneSize computed_plane(const Architecture& architecture, std::size_t layer) {
  const PlaneSize plane = architecture.plane(layer);
  if (!architecture.has_pooling(layer)) return plane;
  return {.height = plane.height / 2 * 2, .width = plane.width / 2 * 2};
}

const WinogradTransforms& choose_tile(const Architecture& architecture, std::size_t layer) {
  assert(layer > 0 && layer < kConvolutionCount);
  const std::size_t pairs = architecture.in_channels(layer) * architecture.channels[layer];
  const std::size_t bytes = pairs * winograd_4x4().place_count() * sizeof(float);
  if (layer > kLastWith4x4 || bytes > kMostWeightBytes) return winograd_2x2();
  const PlaneSize plane = computed_plane(architecture, layer);
  return products(winograd_4x4(), plane) < products(winograd_2x2(), plane) ? winograd_4x4() : winograd_2x2();
}

}  // namespace edgel3
