#include "nn/dense_network.h"
#include "nn/network.h"
#include "nn/sparse_network.h"

namespace edgel3 {
namespace {

// What a multiply-add by a non-zero weight on the sparse executor takes, and what one by any weight does on
// the dense one, which makes four of nine or fewer: in units of their ratio, measured with networks of
// EdgeL3's shapes. It was 0.42 and 0.43 on one processor, and with an earlier kernel 0.31 to 0.53 on others,
// so that some networks with 55 to 70 % zeros run up to a fifth slower than they could.
constexpr double kSparseCost = 1.0;
constexpr double kDenseCost = 0.42;

}  // namespace

Executor choose_executor(const Architecture& architecture,
                         const std::array<std::size_t, kConvolutionCount>& nonzeros) {
  if (!SparseNetwork::can_run(architecture)) return Executor::kDense;
  double sparse = 0;
  double dense = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize plane = architecture.plane(layer);
    const auto pixels = static_cast<double>(plane.height * plane.width);
    sparse += kSparseCost * static_cast<double>(nonzeros[layer]) * pixels;
    dense += kDenseCost * static_cast<double>(architecture.weight_count(layer)) * pixels;
  }
  return sparse < dense ? Executor::kSparse : Executor::kDense;
}

std::unique_ptr<Network> Network::create(const NetworkSource& source, Executor executor) {
  if (executor == Executor::kSparse) return std::make_unique<SparseNetwork>(source);
  return std::make_unique<DenseNetwork>(source);
}

}  // namespace edgel3
