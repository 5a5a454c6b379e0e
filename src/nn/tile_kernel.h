#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/tiled_rows.h"

namespace edgel3 {

/// A place in a list of non-zeros. They stand in groups of four, because a group takes two loads where four
/// single ones would take eight, and loads are what a kernel's time consists of.
struct NonZeros {
  /// Of each of four non-zeros the distance of its input from the tile input in bytes, first one in the
  /// lowest 16 bits.
  const std::uint64_t* offsets = nullptr;
  const float* weights = nullptr;  ///< four for each element of `offsets`
  /// How many non-zeros each of kChannelsPerRun output channels has. Those of a channel begin with a new
  /// group; what is left of its last group is never used.
  const std::uint16_t* counts = nullptr;
};

/// For `channels` output channels, sums the products of the non-zeros with the inputs at and behind
/// `tile_input`, a TiledRows::tile_input or that of a later input channel, and moves `nonzeros` on. `sums`
/// [channels][kTileRows] [columns of the tile] is set where `fresh`, else added to. Reads exactly the inputs
/// of the non-zeros; nothing need be aligned.
using TileKernel = void (*)(NonZeros& nonzeros, std::size_t channels, const float* tile_input, bool fresh,
                            float* sums);

/// The kernel for tiles of `vectors` vectors, 1 to kMaxVectors. It is to be called through this pointer: V8
/// replaces baseline code by optimised code only where a function is called anew, so a kernel inlined into
/// its caller would run slowly for a whole window.
TileKernel find_tile_kernel(std::size_t vectors);

}  // namespace edgel3
