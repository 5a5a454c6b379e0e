#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace edgel3::benchmarks {

/// A kernel with everything it needs for a call, its input in the first-level cache.
class KernelLoad {
 public:
  KernelLoad() = default;
  KernelLoad(const KernelLoad&) = delete;
  KernelLoad& operator=(const KernelLoad&) = delete;
  virtual ~KernelLoad() = default;

  /// Multiply-adds of single numbers in a call.
  [[nodiscard]] virtual double multiply_adds() const = 0;
  virtual void run(std::size_t calls) = 0;
};

/// Names of what can be measured of the sparse kernels: each of the table of nn/kernels/sparse_tile.h with
/// each of its outcomes.
std::vector<std::string> sparse_tile_names();

/// `name`: one of sparse_tile_names(); `density`: the share of the weights that are not zero.
std::unique_ptr<KernelLoad> load_sparse_tile(const std::string& name, double density);

/// The kernel of nn/kernels/gemm.h, in the shape that this build has.
std::string gemm_name();
std::unique_ptr<KernelLoad> load_gemm();

/// The kernels of nn/kernels/winograd_transforms.h: the way of a tile of so many pixels there and back.
std::unique_ptr<KernelLoad> load_winograd_2x2();
std::unique_ptr<KernelLoad> load_winograd_4x4();

}  // namespace edgel3::benchmarks
