#pragma once

#include <cstddef>

#include "network/architecture.h"
#include "nn/kernels/winograd_transforms.h"

namespace edgel3 {

/// The rows and columns of convolution `layer` that a dense network computes: without an odd last one, which
/// a pooling drops.
PlaneSize computed_plane(const Architecture& architecture, std::size_t layer);

/// The tile of convolution `layer` (1 to 7) of a dense network: 2x2 pixels, or 4x4 where they take fewer
/// products, are precise enough and have not too many weights.
///
/// With 4x4 a pixel takes 2.25 products instead of 4, and a pair of channels has 36 weights instead of 16.
/// But a result is three times as far from the exact one. The convolutions behind the first ones average what
/// these round; where later ones had 4x4, embeddings were more than twice as far from the exact ones as
/// Keras'.
const WinogradTransforms& choose_tile(const Architecture& architecture, std::size_t layer);

}  // namespace edgel3
