// What JavaScript sees of the core. Arrays cross as typed arrays, copied in and out: no heap address, and no
// view that a growing memory would detach, ever reaches JavaScript. A function that fails returns { code,
// message }. web/engine/core.js is the only caller; it documents and checks every argument.

#include <emscripten/bind.h>
#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>
#include <emscripten/val.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/input_stream.h"
#include "edgel3/error.h"
#include "embedder.h"
#include "mel/column_stream.h"
#include "model/file_bytes.h"

// What an allocation that fails leads to. Without it the module would abort, as for any failure of its own.
EM_JS(void, throw_out_of_memory, (), { throw new RangeError('out of memory'); });

namespace {

using edgel3::Embedder;
using edgel3::Error;
using edgel3::InputStream;
using emscripten::typed_memory_view;
using emscripten::val;

/// Which of the two builds this is.
#ifdef __wasm_relaxed_simd__
constexpr std::string_view kBuild = "relaxed";
#else
constexpr std::string_view kBuild = "baseline";
#endif

/// The numbers of any typed array, converted as TypedArray.prototype.set does.
template <typename T>
std::vector<T> copy_in(const val& array) {
  std::vector<T> numbers(array["length"].as<std::size_t>());
  val(typed_memory_view(numbers.size(), numbers.data())).call<void>("set", array);
  return numbers;
}

/// A Float32Array of its own.
val copy_out(std::span<const float> numbers) {
  return val(typed_memory_view(numbers.size(), numbers.data())).call<val>("slice");
}

val to_js(const Error& error) {
  val object = val::object();
  object.set("code", std::string(edgel3::code_name(error.code)));
  object.set("message", error.message);
  return object;
}

val to_js(const edgel3::Result<std::vector<float>>& result) {
  return result ? copy_out(*result) : to_js(result.error());
}

class JsInputStream {
 public:
  explicit JsInputStream(InputStream stream) : stream_(std::move(stream)) {}

  std::size_t hop_length() const { return stream_.hop_length(); }

  val push(const val& channels) { return to_js(push_samples(channels)); }

  val finish() { return to_js(finish_samples()); }

  edgel3::Result<std::vector<float>> push_samples(const val& channels) {
    std::vector<std::vector<double>> copies;
    const auto count = channels["length"].as<std::size_t>();
    copies.reserve(count);
    for (std::size_t i = 0; i < count; ++i) copies.push_back(copy_in<double>(channels[i]));
    const std::vector<std::span<const double>> views(copies.begin(), copies.end());
    std::vector<float> samples;
    if (auto pushed = stream_.push(views, samples); !pushed)
      return std::unexpected(std::move(pushed).error());
    return samples;
  }

  edgel3::Result<std::vector<float>> finish_samples() {
    std::vector<float> samples;
    if (auto finished = stream_.finish(samples); !finished)
      return std::unexpected(std::move(finished).error());
    return samples;
  }

 private:
  InputStream stream_;
};

/// Sound of any rate to columns of a model's spectrogram.
class JsColumnStream {
 public:
  JsColumnStream(InputStream input, const edgel3::FrontEnd& front_end)
      : input_(std::move(input)), columns_(front_end) {}

  val push(const val& channels) {
    const auto samples = input_.push_samples(channels);
    if (!samples) return to_js(samples.error());
    std::vector<float> output;
    columns_.push(*samples, output);
    return copy_out(output);
  }

  val finish() {
    const auto samples = input_.finish_samples();
    if (!samples) return to_js(samples.error());
    std::vector<float> output;
    columns_.push(*samples, output);
    columns_.finish(output);
    return copy_out(output);
  }

 private:
  JsInputStream input_;
  edgel3::ColumnStream columns_;
};

val create_input_stream(double input_rate, std::size_t target_rate, std::size_t channel_count, bool center,
                        double hop_size) {
  auto stream = InputStream::create(input_rate, target_rate, channel_count, center, hop_size);
  if (!stream) return to_js(stream.error());
  return val(std::make_unique<JsInputStream>(std::move(*stream)));
}

/// A Uint8Array, of which only what is asked for is copied in.
class JsBytes final : public edgel3::ByteSource {
 public:
  explicit JsBytes(val array) : array_(std::move(array)) {}

  void read(std::size_t offset, std::span<std::byte> target) const override {
    const val view(typed_memory_view(target.size(), reinterpret_cast<std::uint8_t*>(target.data())));
    view.call<void>("set", array_.call<val>("subarray", offset, offset + target.size()));
  }

 private:
  val array_;
};

class JsModel {
 public:
  explicit JsModel(Embedder embedder) : embedder_(std::move(embedder)) {}

  val info() const {
    const edgel3::Architecture& architecture = embedder_.architecture();
    val info = val::object();
    info.set("embeddingDimension", architecture.embedding_dimension());
    info.set("sampleRate", embedder_.window_length());
    info.set("melBands", architecture.input.height);
    info.set("melFrames", architecture.input.width);
    info.set("melHop", embedder_.front_end().hop);
    info.set("melOffset", embedder_.front_end().first_middle());
    info.set("execution",
             std::string(embedder_.executor() == edgel3::Executor::kSparse ? "sparse" : "dense"));
    const val layers = val::array();
    for (const edgel3::LayerCost& cost : embedder_.costs()) {
      val layer = val::object();
      layer.set("weights", cost.weights);
      layer.set("nonZeros", cost.nonzeros);
      layer.set("multiplyAdds", cost.multiply_adds);
      layers.call<void>("push", layer);
    }
    info.set("layers", layers);
    info.set("build", std::string(kBuild));
    return info;
  }

  val embed(const val& signal, std::size_t hop_length) {
    return to_js(embedder_.embed(copy_in<float>(signal), hop_length));
  }

  val mel_spectrogram(const val& window) { return to_js(embedder_.mel_spectrogram(copy_in<float>(window))); }

  /// The sound is padded as for windows that are as far apart as columns are: with less than one column, or
  /// to one second.
  val create_column_stream(double input_rate, std::size_t channel_count) const {
    const edgel3::FrontEnd& front_end = embedder_.front_end();
    const auto rate = static_cast<double>(front_end.sample_rate);
    const double hop_size = (static_cast<double>(front_end.hop) + 0.5) / rate;  // half a sample is truncated
    auto stream = InputStream::create(input_rate, front_end.sample_rate, channel_count, false, hop_size);
    if (!stream) return to_js(stream.error());
    return val(std::make_unique<JsColumnStream>(std::move(*stream), front_end));
  }

  /// Milliseconds that each stage of the window's embedding took.
  val profile(const val& window) {
    const std::vector<float> samples = copy_in<float>(window);
    std::array<double, Embedder::kStageCount> times{};
    double before = emscripten_get_now();
    const auto profiled = embedder_.profile(samples, [&](std::size_t stage) {
      const double now = emscripten_get_now();
      times[stage] += now - std::exchange(before, now);
    });
    return profiled ? copy_out(std::vector<float>(times.begin(), times.end())) : to_js(profiled.error());
  }

  val activations(const val& window) {
    const edgel3::Architecture& architecture = embedder_.architecture();
    std::vector<std::vector<float>> planes;  // per convolution: row, column, channel
    for (std::size_t layer = 0; layer < edgel3::kConvolutionCount; ++layer) {
      const edgel3::PlaneSize size = architecture.plane(layer);
      planes.emplace_back(size.height * size.width * architecture.channels[layer]);
    }
    const auto store = [&](std::size_t layer, std::size_t channel, std::size_t row, std::size_t column,
                           std::span<const float> values) {
      const std::size_t width = architecture.plane(layer).width;
      const std::size_t channels = architecture.channels[layer];
      for (std::size_t i = 0; i < values.size(); ++i) {
        planes[layer][(((row * width) + column + i) * channels) + channel] = values[i];
      }
    };
    const auto observed = embedder_.observe(copy_in<float>(window), store);
    if (!observed) return to_js(observed.error());
    val result = val::array();
    for (std::size_t layer = 0; layer < edgel3::kConvolutionCount; ++layer) {
      const edgel3::PlaneSize size = architecture.plane(layer);
      const val shape = val::array();
      for (const std::size_t extent : {size.height, size.width, architecture.channels[layer]}) {
        shape.call<void>("push", extent);
      }
      val activation = val::object();
      activation.set("shape", shape);
      activation.set("data", copy_out(planes[layer]));
      result.call<void>("push", activation);
    }
    return result;
  }

 private:
  Embedder embedder_;
};

val load_model(const val& bytes) {
  auto embedder = Embedder::create({std::make_shared<JsBytes>(bytes), bytes["length"].as<std::size_t>()});
  if (!embedder) return to_js(embedder.error());
  return val(std::make_unique<JsModel>(std::move(*embedder)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(edgel3) {
  std::set_new_handler(throw_out_of_memory);
  emscripten::function("createInputStream", &create_input_stream);
  emscripten::class_<JsInputStream>("InputStream")
      .property("hopLength", &JsInputStream::hop_length)
      .function("push", &JsInputStream::push)
      .function("finish", &JsInputStream::finish);
  emscripten::class_<JsColumnStream>("ColumnStream")
      .function("push", &JsColumnStream::push)
      .function("finish", &JsColumnStream::finish);
  emscripten::function("loadModel", &load_model);
  emscripten::class_<JsModel>("Model")
      .function("info", &JsModel::info)
      .function("embed", &JsModel::embed)
      .function("melSpectrogram", &JsModel::mel_spectrogram)
      .function("createColumnStream", &JsModel::create_column_stream)
      .function("profile", &JsModel::profile)
      .function("activations", &JsModel::activations);
}
