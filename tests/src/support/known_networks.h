#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/network_description.h"

namespace edgel3 {

// Networks that exist, for tests: models/architectures.json describes them for everyone else.

inline constexpr FrontEnd kSeaFrontEnd{.sample_rate = 8000, .fft_size = 1024, .hop = 160, .mel_bands = 64};
inline constexpr FrontEnd kSparseFrontEnd{
    .sample_rate = 48000, .fft_size = 2048, .hop = 242, .mel_bands = 256};
inline constexpr FrontEnd kOpenL3LinearFrontEnd{.sample_rate = 48000,
                                                .fft_size = 512,
                                                .hop = 242,
                                                .padding = Padding::kNone,
                                                .window = WindowFunction::kHannFloat32,
                                                .scale = BandScale::kLinear};
inline constexpr FrontEnd kOpenL3Mel128FrontEnd{.sample_rate = 48000,
                                                .fft_size = 2048,
                                                .hop = 242,
                                                .padding = Padding::kEnd,
                                                .window = WindowFunction::kHannFloat32,
                                                .scale = BandScale::kSlaney,
                                                .mel_bands = 128,
                                                .summed = Summed::kMagnitude};

/// sparse 512; sea 64, 128, 256, 512; openl3 (linear) 512, 6144.
inline NetworkDescription known_network(std::string_view type, std::size_t embedding_dimension) {
  NetworkDescription network;
  Architecture& architecture = network.architecture;
  architecture.pooling = {false, true, false, true, false, true, false, false};
  architecture.relu_after_last = type == "sea";
  network.front_end = type == "sea"      ? kSeaFrontEnd
                      : type == "sparse" ? kSparseFrontEnd
                                         : kOpenL3LinearFrontEnd;
  architecture.input = {.height = network.front_end.bands(), .width = network.front_end.frames()};
  if (type != "sea" || embedding_dimension == 512) {
    architecture.channels = {64, 64, 128, 128, 256, 256, 512, 512};
  } else {
    architecture.channels = {32, 32, 64, 64, 128, 128, embedding_dimension, embedding_dimension};
  }
  architecture.final_pooling = architecture.plane(kConvolutionCount - 1);
  if (embedding_dimension == 6144) architecture.final_pooling = {.height = 8, .width = 8};
  return network;
}

/// The `network` of a model file that says this.
inline std::string describe(const NetworkDescription& network) {
  const FrontEnd& front_end = network.front_end;
  const Architecture& architecture = network.architecture;
  const auto number = [](std::size_t value) { return std::to_string(value); };
  const bool linear = front_end.scale == BandScale::kLinear;
  std::string text = R"({"spectrogram":{"sample_rate":)" + number(front_end.sample_rate) + R"(,"fft_size":)" +
                     number(front_end.fft_size) + R"(,"hop":)" + number(front_end.hop);
  text += front_end.padding == Padding::kNone   ? R"(,"padding":"none")"
          : front_end.padding == Padding::kSame ? R"(,"padding":"same")"
                                                : R"(,"padding":"end")";
  text += front_end.window == WindowFunction::kHann ? R"(,"window":"hann")" : R"(,"window":"hann_float32")";
  text += linear                               ? R"(,"scale":"linear")"
          : front_end.scale == BandScale::kHtk ? R"(,"scale":"htk")"
                                               : R"(,"scale":"slaney")";
  if (!linear) {
    text += R"(,"norm":"area","bands":)" + number(front_end.mel_bands);
    text += front_end.summed == Summed::kPower ? R"(,"summed":"power")" : R"(,"summed":"magnitude")";
  }
  text += R"(,"decibel_floor":1e-10,"decibel_range":80},"convolutions":[)";
  for (const std::size_t channels : architecture.channels) text += number(channels) + ",";
  text.back() = ']';
  text += R"(,"pooling_after":[ )";
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    if (architecture.has_pooling(layer)) text += number(layer + 1) + ",";
  }
  text.back() = ']';
  text += R"(,"ends_with":")" + std::string(architecture.relu_after_last ? "relu" : "linear");
  text += R"(","final_pooling":[)" + number(architecture.final_pooling.height) + "," +
          number(architecture.final_pooling.width) + R"(],"embedding_dimension":)" +
          number(architecture.embedding_dimension()) + "}";
  return text;
}

}  // namespace edgel3
