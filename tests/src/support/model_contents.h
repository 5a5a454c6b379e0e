#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "support/encode_positions.h"
#include "support/float16_bits.h"
#include "support/random_network.h"
#include "support/write_safetensors.h"

namespace edgel3 {

/// How the weights of a model file are stored.
struct Storage {
  bool sparse = false;
  bool float16 = false;
  PositionEncoding encoding = PositionEncoding::kGaps;  // of the non-zeros, sparse networks only
};

inline StoredTensor float32_tensor(const std::vector<float>& numbers, std::vector<std::uint64_t> shape) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(numbers));
  return {.type = "F32", .shape = std::move(shape), .data = {bytes.begin(), bytes.end()}};
}

inline StoredTensor float16_tensor(const std::vector<float>& numbers, std::vector<std::uint64_t> shape) {
  std::vector<std::uint16_t> halves(numbers.size());
  std::ranges::transform(numbers, halves.begin(), float16_bits);
  const std::span<const std::byte> bytes = std::as_bytes(std::span(halves));
  return {.type = "F16", .shape = std::move(shape), .data = {bytes.begin(), bytes.end()}};
}

/// What the converter would write for `network`.
inline SafetensorsContents model_contents(const NetworkWeights& network, Storage storage) {
  const Architecture& architecture = network.architecture;
  SafetensorsContents contents;
  contents.metadata = {{"format", "edgel3"},
                       {"version", "2"},
                       {"network", describe({.front_end = network.front_end, .architecture = architecture})}};
  contents.tensors["input.scale"] = float32_tensor({network.input.scale}, {1});
  contents.tensors["input.shift"] = float32_tensor({network.input.shift}, {1});
  const auto weight_tensor = storage.float16 ? float16_tensor : float32_tensor;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const std::string name = "conv" + std::to_string(layer + 1);
    const ConvolutionWeights& convolution = network.convolutions[layer];
    const std::size_t out_channels = convolution.out_channels;
    contents.tensors[name + ".scale"] = float32_tensor(convolution.scale, {out_channels});
    contents.tensors[name + ".shift"] = float32_tensor(convolution.shift, {out_channels});
    if (!storage.sparse) {
      contents.tensors[name + ".weight"] =
          weight_tensor(convolution.values, {out_channels, convolution.in_channels, 3, 3});
      continue;
    }
    std::vector<float> nonzeros;
    std::vector<std::uint32_t> positions;
    for (std::size_t i = 0; i < convolution.values.size(); ++i) {
      if (convolution.values[i] == 0) continue;
      nonzeros.push_back(convolution.values[i]);
      positions.push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::byte> bytes = encode_positions(storage.encoding, positions, convolution.values.size());
    const std::size_t size = bytes.size();
    contents.tensors[name + ".values"] = weight_tensor(nonzeros, {nonzeros.size()});
    const char* const kind = storage.encoding == PositionEncoding::kGaps ? ".gaps" : ".mask";
    contents.tensors[name + kind] = {.type = "U8", .shape = {size}, .data = std::move(bytes)};
  }
  return contents;
}

/// A model file of `network`.
inline std::vector<std::byte> model_file(const NetworkWeights& network, Storage storage) {
  return write_safetensors(model_contents(network, storage));
}

}  // namespace edgel3
