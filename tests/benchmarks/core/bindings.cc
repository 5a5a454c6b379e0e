// What the benchmark sees: networks without a front end, single kernels, and the rate of the machine. Only
// ../modules.js calls it, with models that the benchmark made: it checks nothing.

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernel_benchmark.h"
#include "model/model_file.h"
#include "multiply_add_rate.h"
#include "nn/network.h"
#include "spmm_network.h"

namespace {

using edgel3::FileBytes;
using edgel3::ModelFile;
using edgel3::Network;
using edgel3::benchmarks::KernelLoad;
using edgel3::benchmarks::SpmmNetwork;
using emscripten::typed_memory_view;
using emscripten::val;

template <typename T>
std::vector<T> copy_in(const val& array) {
  std::vector<T> numbers(array["length"].as<std::size_t>());
  val(typed_memory_view(numbers.size(), numbers.data())).call<void>("set", array);
  return numbers;
}

template <typename NetworkType>
class JsNetwork {
 public:
  JsNetwork(std::unique_ptr<NetworkType> network, std::size_t embedding_dimension)
      : network_(std::move(network)), embedding_(embedding_dimension) {}

  val run(const val& mel) {
    network_->run(copy_in<double>(mel), embedding_);
    return val(typed_memory_view(embedding_.size(), embedding_.data())).call<val>("slice");
  }

 private:
  std::unique_ptr<NetworkType> network_;
  std::vector<float> embedding_;
};

/// `create`: from a ModelFile, a unique_ptr to a network.
template <typename Create>
auto load(const val& bytes, Create create) {
  const auto memory = copy_in<std::uint8_t>(bytes);
  const auto file = ModelFile::parse(FileBytes::in_memory(std::as_bytes(std::span(memory))));
  auto network = create(*file);
  return std::make_unique<JsNetwork<typename decltype(network)::element_type>>(
      std::move(network), file->architecture().embedding_dimension());
}

std::unique_ptr<JsNetwork<Network>> load_network(const val& bytes) {
  return load(bytes, [](const ModelFile& file) {
    return Network::create(file, edgel3::choose_executor(file.architecture(), edgel3::count_nonzeros(file)));
  });
}

std::unique_ptr<JsNetwork<SpmmNetwork>> load_spmm_network(const val& bytes) {
  return load(bytes, [](const ModelFile& file) { return std::make_unique<SpmmNetwork>(file); });
}

val names_of(const std::vector<std::string>& texts) {
  const val names = val::array();
  for (const std::string& text : texts) names.call<void>("push", text);
  return names;
}

val sparse_kernel_names() { return names_of(edgel3::benchmarks::sparse_tile_names()); }

constexpr const char* kWinograd2x2 = "winograd_2x2";
constexpr const char* kWinograd4x4 = "winograd_4x4";

val dense_kernel_names() { return names_of({edgel3::benchmarks::gemm_name(), kWinograd2x2, kWinograd4x4}); }

/// `name`: one of dense_kernel_names().
std::unique_ptr<KernelLoad> load_dense_kernel(const std::string& name) {
  if (name == kWinograd2x2) return edgel3::benchmarks::load_winograd_2x2();
  if (name == kWinograd4x4) return edgel3::benchmarks::load_winograd_4x4();
  return edgel3::benchmarks::load_gemm();
}

}  // namespace

EMSCRIPTEN_BINDINGS(edgel3_benchmarks) {
  emscripten::class_<JsNetwork<Network>>("Network").function("run", &JsNetwork<Network>::run);
  emscripten::class_<JsNetwork<SpmmNetwork>>("SpmmNetwork").function("run", &JsNetwork<SpmmNetwork>::run);
  emscripten::function("loadNetwork", &load_network);
  emscripten::function("loadSpmmNetwork", &load_spmm_network);
  emscripten::class_<KernelLoad>("Kernel")
      .property("multiplyAdds", &KernelLoad::multiply_adds)
      .function("run", &KernelLoad::run);
  emscripten::function("sparseKernelNames", &sparse_kernel_names);
  emscripten::function("loadSparseKernel", &edgel3::benchmarks::load_sparse_tile);
  emscripten::function("denseKernelNames", &dense_kernel_names);
  emscripten::function("loadDenseKernel", &load_dense_kernel);
  emscripten::function("loadAndMultiplyAdd", &edgel3::benchmarks::load_and_multiply_add);
}
