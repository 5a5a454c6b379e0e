#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/simd.h"

// The kernels of sparse convolutions. Each computes a tile: kTileRows rows of a few vectors of columns, in
// any number of output channels. A shape is one line in the table of sparse_tile.cc, through which the tester
// (tests/src/nn/kernels/sparse_tile_test.cc) and the benchmark (npm run bench -- kernels) go; a kernel of
// another make is one more file like sparse_tile_body.h.

namespace edgel3 {

/// Rows of a tile, and its vectors at most: so many sums, and what else a step needs, fill the 16 vector
/// registers of x86. A tile of a single vector would spend as much on its non-zeros as one of two.
inline constexpr std::size_t kTileRows = 4;
inline constexpr std::size_t kMinVectors = 2;
inline constexpr std::size_t kMaxVectors = 3;

/// Floats from one line of a channel to the next: the columns of a tile and one on either side. Lines are
/// cache lines, so that few loads touch two.
inline constexpr std::size_t kLineStride = (kMaxVectors + 1) * kLanes;

/// A place in a list of non-zeros. They stand in groups of four, because a group takes two loads where four
/// single ones would take eight, and loads are what a kernel's time consists of.
struct NonZeros {
  /// Of each of four non-zeros the distance of its input from the tile input in bytes, first one in the
  /// lowest 16 bits.
  const std::uint64_t* offsets = nullptr;
  const float* weights = nullptr;  ///< four for each element of `offsets`
  /// How many non-zeros each output channel has. Those of a channel begin with a new group; what is left of
  /// its last group is never used.
  const std::uint16_t* counts = nullptr;
};

/// What becomes of the sums of a channel.
enum class TileOutcome : std::uint8_t {
  kSums,     ///< They are kept: more input channels follow.
  kRows,     ///< Scaled, shifted, at least min_output, they become rows of the next layer's input.
  kRowsEnd,  ///< The same, but of the last vector only the first column is stored.
  kPooled,   ///< The same, but of each 2x2 block only the largest is stored.
  kMaxima,   ///< The largest of each column raises what is stored there.
};
inline constexpr std::size_t kTileOutcomes = 5;

/// Where the results of a run of output channels go; nothing of it is used for kSums.
struct TileResults {
  const float* scale = nullptr;  ///< per channel
  const float* shift = nullptr;  ///< per channel
  float min_output = 0;          ///< of a result: 0 with ReLU, otherwise minus infinity
  /// The first result of the first channel. kRows, kRowsEnd: kTileRows rows, kLineStride floats apart.
  /// kPooled: kTileRows / 2 such rows of half as many columns, written as whole vectors. kMaxima: one row of
  /// the tile's columns.
  float* to = nullptr;
  std::size_t channel_stride = 0;  ///< floats from one channel's results to the next one's
};

/// For `channels` output channels, sums the products of the non-zeros with the inputs at and behind
/// `tile_input`, a TiledRows::tile_input or that of a later input channel, moves `nonzeros` on, and passes
/// the sums on. Products are added up in at most 48 at a time, then to the sums of the channel so far.
///
/// `sums`: [channels][kTileRows][columns of the tile], what earlier input channels gave; not read where
/// `fresh`. For kSums they are written; otherwise they are working memory, of which a `fresh` call needs one
/// channel's. Reads exactly the inputs of the non-zeros; nothing need be aligned.
using SparseTileFunction = void (*)(NonZeros& nonzeros, std::size_t channels, const float* tile_input,
                                    bool fresh, float* sums, const TileResults& results);

/// One shape.
struct SparseTileKernel {
  const char* name = nullptr;
  std::size_t vectors = 0;
  std::array<SparseTileFunction, kTileOutcomes> functions{};  ///< by TileOutcome
};

/// All shapes, by vectors: kMinVectors to kMaxVectors.
std::span<const SparseTileKernel> sparse_tile_kernels();

/// The function for tiles of `vectors` vectors. It is to be called through this pointer: V8 replaces baseline
/// code by optimised code only where a function is called anew, so a kernel inlined into its caller would run
/// slowly for a whole window.
SparseTileFunction find_sparse_tile(std::size_t vectors, TileOutcome outcome);

}  // namespace edgel3
