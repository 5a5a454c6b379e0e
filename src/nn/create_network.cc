#include "nn/network.h"

#include "nn/dense_network.h"
#include "nn/sparse_network.h"

namespace edgel3 {

std::unique_ptr<Network> Network::create(const NetworkSource& source) {
  if (source.is_sparse()) return std::make_unique<SparseNetwork>(source);
  return std::make_unique<DenseNetwork>(source);
}

}  // namespace edgel3
