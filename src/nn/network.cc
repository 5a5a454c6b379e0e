#include "nn/network.h"

#include "nn/dense_network.h"
#include "nn/sparse_network.h"

namespace edgel3 {

std::unique_ptr<Network> Network::create(const ModelFile& file) {
  if (file.is_sparse()) return std::make_unique<SparseNetwork>(file);
  return std::make_unique<DenseNetwork>(file);
}

}  // namespace edgel3
