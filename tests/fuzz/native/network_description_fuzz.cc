// Any text as the description of a network in a model file. What is accepted is within the limits: whoever
// allocates by it allocates no more than they allow.

#include "model/network_description.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "support/require.h"

namespace edgel3 {
namespace {

void parse(std::string_view text) {
  const Result<NetworkDescription> description = parse_network_description(text);
  if (!description) {
    const Error& error = description.error();
    require(error.code == ErrorCode::kModelInvalid || error.code == ErrorCode::kModelUnsupported,
            "a refusal is model_invalid or model_unsupported");
    require(error.message.ends_with('.'), "a refusal is a sentence");
    return;
  }
  const auto& [front_end, architecture] = *description;
  require(architecture.input == PlaneSize{.height = front_end.bands(), .width = front_end.frames()},
          "the network takes what the front end gives");
  require(front_end.fft_size % 2 == 0 && front_end.frames() <= kMaxPlaneNumbers / front_end.fft_size,
          "a front end is within the limits");
  std::size_t weights = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize plane = architecture.plane(layer);
    require(plane.height > 0 && plane.width > 0, "every plane has pixels");
    require(plane.height * plane.width * architecture.channels[layer] <= kMaxPlaneNumbers,
            "a plane is within the limits");
    weights += architecture.weight_count(layer);
  }
  require(weights <= kMaxWeights, "the weights are within the limits");
  const PlaneSize last = architecture.plane(kConvolutionCount - 1);
  const PlaneSize grid = architecture.grid();
  require(grid.height * architecture.final_pooling.height == last.height &&
              grid.width * architecture.final_pooling.width == last.width,
          "the places of the grid cover the last plane");
  require(architecture.embedding_dimension() <= kMaxPlaneNumbers, "an embedding is within the limits");
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  edgel3::parse({reinterpret_cast<const char*>(data), size});
  return 0;
}
