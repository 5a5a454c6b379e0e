// Model files of real architectures with up to three things wrong in them. What is accepted decodes to
// weights in order and in range, becomes a network (one in 16), and runs (one in 4096). One in 8192 is a
// dense network.

#include "model/model_file.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nn/network.h"
#include "support/fuzzed_model.h"
#include "support/input_hash.h"
#include "support/require.h"

namespace edgel3 {
namespace {

bool all_finite(const std::vector<float>& numbers) {
  return std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); });
}

void check_layer(const ModelFile& model, std::size_t layer) {
  const ConvolutionWeights weights = model.convolution(layer);
  require(all_finite(weights.values) && all_finite(weights.scale) && all_finite(weights.shift),
          "numbers are finite");
  const std::size_t all = model.architecture().weight_count(layer);
  if (!model.is_sparse()) {
    require(weights.values.size() == all && weights.positions.empty(), "a dense layer has all its weights");
    return;
  }
  require(weights.values.size() == weights.positions.size(), "every weight has a position");
  require(std::ranges::adjacent_find(weights.positions, std::greater_equal()) == weights.positions.end(),
          "positions increase");
  require(!weights.positions.empty() && weights.positions.back() < all, "positions are in range");
}

void run(Network& network, const Architecture& architecture) {
  const std::vector<double> mel(architecture.input.height * architecture.input.width, -40.0);
  std::vector<float> embedding(architecture.embedding_dimension());
  network.run(mel, embedding);
}

/// The model that the input begins with. One in 8192 is dense.
FuzzedModel& pick_model(FuzzedDataProvider& provider, std::uint64_t lot) {
  static FuzzedModel sea64("sea", 64, false);
  static FuzzedModel sea128("sea", 128, false);
  static FuzzedModel sea512("sea", 512, false);
  static FuzzedModel sparse("sparse", 512, false);
  static FuzzedModel dense("sea", 64, true);
  if (lot % 8192 == 1) return dense;
  return *provider.PickValueInArray({&sea64, &sea64, &sea64, &sea64, &sea64, &sea128, &sea512, &sparse});
}

void read(FuzzedDataProvider& provider, std::uint64_t lot) {
  const auto model = ModelFile::read(pick_model(provider, lot).fill(provider));
  if (!model) {
    const ErrorCode code = model.error().code;
    require(code == ErrorCode::kModelInvalid || code == ErrorCode::kModelUnsupported,
            "a refusal is model_invalid or model_unsupported");
    return;
  }
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) check_layer(*model, layer);
  if (lot % 64 > 1) return;
  const auto network =
      Network::create(*model, choose_executor(model->architecture(), count_nonzeros(*model)));
  if (lot % 8192 <= 1) run(*network, model->architecture());
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider provider(data, size);
  edgel3::read(provider, edgel3::input_hash(std::span(data, size)));
  return 0;
}
