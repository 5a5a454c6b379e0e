#include "nn/kernels/sparse_tile.h"

#include <array>
#include <cassert>
#include <utility>

#include "nn/kernels/sparse_tile_body.h"

namespace edgel3 {

std::span<const SparseTileKernel> sparse_tile_kernels() {
  static constexpr std::array kKernels{
      sparse_tile::make_kernel<2>("sparse_tile_4x8"),
      sparse_tile::make_kernel<3>("sparse_tile_4x12"),
  };
  return kKernels;
}

SparseTileFunction find_sparse_tile(std::size_t vectors, TileOutcome outcome) {
  assert(vectors >= kMinVectors && vectors <= kMaxVectors);
  const SparseTileKernel& kernel = sparse_tile_kernels()[vectors - kMinVectors];
  assert(kernel.vectors == vectors);
  return kernel.functions[std::to_underlying(outcome)];
}

}  // namespace edgel3
