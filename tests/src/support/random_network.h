#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/float16.h"
#include "model/model_file.h"
#include "network/architecture.h"
#include "support/float16_bits.h"
#include "support/known_networks.h"
#include "support/noise.h"

namespace edgel3 {

/// A whole network in the clear: every weight of every convolution, zeros included.
struct NetworkWeights {
  Architecture architecture;
  FrontEnd front_end;
  InputNormalization input;
  std::array<ConvolutionWeights, kConvolutionCount> convolutions;
};

/// A network with random weights, of which about the share `zeros` is zero. Signals neither fade nor grow on
/// their way through it. All its convolution weights are float16 numbers, so that both types of storage hold
/// them exactly.
inline NetworkWeights random_network(const NetworkDescription& description, double zeros,
                                     std::uint64_t seed) {
  NetworkWeights network{.architecture = description.architecture,
                         .front_end = description.front_end,
                         .input = {.scale = 0.025F, .shift = 1.1F},
                         .convolutions = {}};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    ConvolutionWeights& convolution = network.convolutions[layer];
    convolution.in_channels = network.architecture.in_channels(layer);
    convolution.out_channels = network.architecture.channels[layer];
    for (const double number : noise(convolution.out_channels, ++seed)) {
      convolution.scale.push_back(static_cast<float>(1.5 * number));
    }
    for (const double number : noise(convolution.out_channels, ++seed)) {
      convolution.shift.push_back(static_cast<float>(0.2 * number));
    }
    const double addends = std::max(static_cast<double>(convolution.in_channels * 9) * (1 - zeros), 1.0);
    const std::size_t count = network.architecture.weight_count(layer);
    const std::vector<double> weights = noise(count, ++seed);
    const std::vector<double> lots = noise(count, ++seed);
    for (std::size_t i = 0; i < count; ++i) {
      const bool zero = (lots[i] + 1) / 2 < zeros;
      convolution.values.push_back(
          zero ? 0.0F : float16_to_float32(float16_bits(weights[i] * std::sqrt(6 / addends))));
    }
  }
  return network;
}

/// The same for a shape without a front end.
inline NetworkWeights random_network(const Architecture& architecture, double zeros, std::uint64_t seed) {
  return random_network(NetworkDescription{.front_end = {}, .architecture = architecture}, zeros, seed);
}

/// The same for a network that exists.
inline NetworkWeights random_network(std::string_view type, std::size_t embedding_dimension, double zeros,
                                     std::uint64_t seed) {
  return random_network(known_network(type, embedding_dimension), zeros, seed);
}

/// Noise from -80 to 0 dB that fills the network's input.
inline std::vector<double> random_mel(const Architecture& architecture, std::uint64_t seed) {
  const std::vector<double> numbers = noise(architecture.input.height * architecture.input.width, seed);
  std::vector<double> mel;
  mel.reserve(numbers.size());
  for (const double number : numbers) mel.push_back(40 * (number - 1));
  return mel;
}

}  // namespace edgel3
