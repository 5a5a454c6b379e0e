#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/safetensors.h"
#include "network/architecture.h"
#include "support/known_networks.h"

namespace edgel3 {

/// The tensors of a network that exists, with a few non-zeros and other things that a fuzzer chooses. Made to
/// be used again and again: what one input has changed is put back for the next, which is far faster than
/// starting anew.
class FuzzedModel {
 public:
  /// A dense network has all its weights, and takes a thousand times as long to read as a sparse one with a
  /// few.
  FuzzedModel(std::string_view type, std::size_t width, bool dense) : dense_(dense) {
    const NetworkDescription network = known_network(type, width);
    const Architecture& architecture = network.architecture;
    metadata_ = {{"format", "edgel3"}, {"version", "2"}, {"network", describe(network)}};
    add_zeros("input.scale", {1});
    add_zeros("input.shift", {1});
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      const std::string name = "conv" + std::to_string(layer + 1);
      const std::size_t out_channels = architecture.channels[layer];
      add_zeros(name + ".scale", {out_channels});
      add_zeros(name + ".shift", {out_channels});
      if (dense) {
        add_zeros(name + ".weight", {out_channels, architecture.in_channels(layer), 3, 3});
      } else {
        nonzeros_[layer].values_name = name + ".values";
        nonzeros_[layer].gaps_name = name + ".gaps";
        add_zeros(name + ".values", {1});
        add_zeros(name + ".gaps", {1});
      }
    }
    container_ = {.metadata = metadata_, .tensors = tensors_};
  }

  /// Puts in place what the input chooses: the non-zeros, and up to three things that may be wrong. Good
  /// until the next call.
  const Safetensors& fill(FuzzedDataProvider& provider) {
    repair();
    for (std::size_t layer = 0; layer < kConvolutionCount && !dense_; ++layer) {
      place_nonzeros(provider, nonzeros_[layer], layer == 0 ? 16 : 256);
    }
    const std::size_t damages = provider.ConsumeIntegralInRange<std::size_t>(0, scratch_.size());
    for (std::size_t i = 0; i < damages; ++i) damage(provider, scratch_[i]);
    return container_;
  }

 private:
  struct NonZeros {
    std::string values_name;
    std::string gaps_name;
    std::vector<std::byte> gaps;
    std::array<std::byte, 64> values{};
  };

  void add_zeros(const std::string& name, std::vector<std::uint64_t> shape) {
    std::size_t bytes = 4;
    for (const std::uint64_t extent : shape) bytes *= static_cast<std::size_t>(extent);
    tensors_[name] = {.type = DataType::kFloat32,
                      .shape = std::move(shape),
                      .data = FileBytes::in_memory(std::span(zeros_).first(bytes))};
  }

  /// A few weights, no two of them farther apart than `distance`. The first one may be anything.
  void place_nonzeros(FuzzedDataProvider& provider, NonZeros& nonzeros, unsigned distance) {
    std::size_t count = 0;
    nonzeros.gaps.clear();
    do {
      auto gap = static_cast<std::uint8_t>(provider.ConsumeIntegral<std::uint8_t>() % distance);
      if (gap == 255 && nonzeros.gaps.size() > 10) gap = 0;  // the last byte places a weight
      nonzeros.gaps.push_back(std::byte{gap});
      if (gap != 255) ++count;
    } while (nonzeros.gaps.back() == std::byte{255} || (nonzeros.gaps.size() < 12 && provider.ConsumeBool()));
    Tensor& gaps = container_.tensors[nonzeros.gaps_name];
    gaps.type = DataType::kUint8;
    gaps.shape.assign(1, nonzeros.gaps.size());
    gaps.data = FileBytes::in_memory(nonzeros.gaps);
    Tensor& values = container_.tensors[nonzeros.values_name];
    values.type = provider.ConsumeBool() ? DataType::kFloat16 : DataType::kFloat32;
    values.shape.assign(1, count);
    values.data = FileBytes::in_memory(
        std::span(nonzeros.values).first(count * (values.type == DataType::kFloat16 ? 2 : 4)));
    set_bytes(provider, nonzeros.values);
  }

  /// Does one thing that may make the model wrong. A container stays one that a parser accepts.
  void damage(FuzzedDataProvider& provider, std::span<std::byte> scratch) {
    auto found = container_.tensors.begin();
    std::advance(found, provider.ConsumeIntegralInRange<std::size_t>(0, container_.tensors.size() - 1));
    Tensor& tensor = found->second;
    damaged_.push_back(found->first);
    switch (provider.ConsumeIntegralInRange(0, 4)) {
      case 0:
        container_.tensors.erase(found);
        break;
      case 1:
        if (tensor.data.size() > scratch.size()) break;
        tensor.data.read(0, scratch.first(tensor.data.size()));
        set_bytes(provider, scratch.first(tensor.data.size()));
        tensor.data = FileBytes::in_memory(scratch.first(tensor.data.size()));
        break;
      case 2:
        reshape(provider, tensor, scratch);
        break;
      case 3:
        container_.tensors["extra"] = tensor;
        damaged_.emplace_back("extra");
        break;
      case 4:
        damage_metadata(provider);
        break;
    }
  }

  /// Sets up to four bytes in a row.
  static void set_bytes(FuzzedDataProvider& provider, std::span<std::byte> bytes) {
    const auto place = provider.ConsumeIntegralInRange<std::size_t>(0, bytes.size() - 1);
    auto value = provider.ConsumeIntegral<std::uint32_t>();
    for (std::byte& byte : bytes.subspan(place, std::min<std::size_t>(4, bytes.size() - place))) {
      byte = static_cast<std::byte>(value);
      value >>= 8U;
    }
  }

  static void reshape(FuzzedDataProvider& provider, Tensor& tensor, std::span<std::byte> scratch) {
    tensor.type = provider.PickValueInArray({DataType::kFloat32, DataType::kFloat16, DataType::kUint8});
    std::size_t bytes = tensor.type == DataType::kFloat32 ? 4 : tensor.type == DataType::kFloat16 ? 2 : 1;
    tensor.shape.clear();
    for (int i = provider.ConsumeIntegralInRange(0, 4); i > 0; --i) {
      const auto extent =
          provider.ConsumeIntegralInRange<std::size_t>(1, std::min<std::size_t>(600, scratch.size() / bytes));
      tensor.shape.push_back(extent);
      bytes *= extent;
    }
    tensor.data = FileBytes::in_memory(scratch.first(bytes));
  }

  void damage_metadata(FuzzedDataProvider& provider) {
    metadata_damaged_ = true;
    std::string& value = container_.metadata[provider.PickValueInArray({"format", "version", "network"})];
    if (value.empty()) return;
    // A piece of it makes room for another: a number, mostly, or what makes the JSON another one.
    const auto place = provider.ConsumeIntegralInRange<std::size_t>(0, value.size() - 1);
    const auto length = provider.ConsumeIntegralInRange<std::size_t>(0, 4);
    value.replace(place, length, provider.ConsumeRandomLengthString(8));
  }

  void repair() {
    for (const std::string& name : damaged_) {
      const auto original = tensors_.find(name);
      if (original == tensors_.end()) {
        container_.tensors.erase(name);
      } else {
        container_.tensors[name] = original->second;
      }
    }
    damaged_.clear();
    if (std::exchange(metadata_damaged_, false)) container_.metadata = metadata_;
  }

  bool dense_;
  std::vector<std::byte> zeros_ = std::vector<std::byte>(4UZ * 9 * 128 * 128);  // SEA-64's largest layer
  std::map<std::string, std::string> metadata_;                                 // without damage, as the next
  std::map<std::string, Tensor> tensors_;
  Safetensors container_;
  std::array<NonZeros, kConvolutionCount> nonzeros_;
  std::array<std::array<std::byte, 8192>, 3> scratch_{};
  std::vector<std::string> damaged_;
  bool metadata_damaged_ = false;
};

}  // namespace edgel3
