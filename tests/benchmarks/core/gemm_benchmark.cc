#include "nn/kernels/gemm.h"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "kernel_benchmark.h"

namespace edgel3::benchmarks {
namespace {

/// As many channels as the middle layers of the package's dense networks have at a time.
constexpr std::size_t kDepth = kGemmDepth;
constexpr std::size_t kColumns = 64;

/// A full tile of rows, all columns.
class GemmLoad final : public KernelLoad {
 public:
  GemmLoad() : packed_(kDepth * (kColumns + kGemmColumns), 0.5F) {}

  [[nodiscard]] double multiply_adds() const override {
    return static_cast<double>(kGemmRows * kColumns * kDepth);
  }

  void run(std::size_t calls) override {
    for (std::size_t call = 0; call < calls; ++call) {
      multiply(kGemmRows, kColumns, kDepth, input_.data(), packed_.data(), Before::kAdded, sums_.data());
    }
  }

 private:
  std::array<float, kGemmRows * kDepth> input_{};
  std::vector<float> packed_;
  std::array<float, kGemmRows * kColumns> sums_{};
};

}  // namespace

std::string gemm_name() { return "gemm_" + std::to_string(kGemmRows) + "x" + std::to_string(kGemmColumns); }

std::unique_ptr<KernelLoad> load_gemm() { return std::make_unique<GemmLoad>(); }

}  // namespace edgel3::benchmarks
