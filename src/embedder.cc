#include "embedder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "audio/framing.h"
#include "model/model_file.h"
#include "network/overflow.h"

namespace edgel3 {
namespace {

Result<void> check_finite(std::span<const float> signal) {
  const auto bad = std::ranges::find_if_not(signal, [](float sample) { return std::isfinite(sample); });
  if (bad == signal.end()) return {};
  return failure(ErrorCode::kAudioNotFinite,
                 "Sample " + std::to_string(bad - signal.begin()) +
                     " is NaN or infinite; remove such samples before embedding.");
}

Result<void> check_window(std::span<const float> window, std::size_t window_length) {
  if (window.size() == window_length) return check_finite(window);
  return failure(ErrorCode::kAudioInvalid, "A window of this model has " + std::to_string(window_length) +
                                               " samples, but " + std::to_string(window.size()) +
                                               " were given.");
}

std::array<LayerCost, kConvolutionCount> layer_costs(const NetworkSource& source) {
  std::array<LayerCost, kConvolutionCount> costs;
  const Architecture& architecture = source.architecture();
  const auto nonzeros = count_nonzeros(source);
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize plane = architecture.plane(layer);
    costs[layer] = {.weights = architecture.weight_count(layer),
                    .nonzeros = nonzeros[layer],
                    .multiply_adds = nonzeros[layer] * plane.height * plane.width};
  }
  return costs;
}

std::array<std::size_t, kConvolutionCount> nonzeros(const std::array<LayerCost, kConvolutionCount>& costs) {
  std::array<std::size_t, kConvolutionCount> counts{};
  std::ranges::transform(costs, counts.begin(), &LayerCost::nonzeros);
  return counts;
}

}  // namespace

Embedder::Embedder(const NetworkSource& source, const FrontEnd& front_end)
    : architecture_(source.architecture()),
      front_end_(front_end),
      costs_(layer_costs(source)),
      executor_(choose_executor(architecture_, nonzeros(costs_))),
      mel_spectrogram_(front_end),
      mel_(architecture_.input.height * architecture_.input.width),
      network_(Network::create(source, executor_)) {}

Result<Embedder> Embedder::create(const FileBytes& model_file) {
  const auto file = ModelFile::parse(model_file);
  if (!file) return std::unexpected(file.error());
  if (auto checked = check_overflow(*file, file->front_end()); !checked)
    return std::unexpected(std::move(checked.error()));
  return Embedder(*file, file->front_end());
}

Result<std::vector<float>> Embedder::embed(std::span<const float> signal, std::size_t hop_length) {
  if (hop_length == 0)
    return failure(ErrorCode::kHopInvalid, "The hop is shorter than one sample; give a longer one.");
  if (signal.size() < window_length()) {
    return failure(ErrorCode::kAudioInvalid, "The signal has " + std::to_string(signal.size()) +
                                                 " samples, fewer than one window of " +
                                                 std::to_string(window_length()) + "; pad it.");
  }
  const std::size_t count = window_count(signal.size(), window_length(), hop_length);
  const std::size_t dimension = architecture_.embedding_dimension();
  if (count > kMaxNumbers / dimension) {
    return failure(ErrorCode::kAudioInvalid,
                   "The signal has too many windows for one call; embed it in pieces.");
  }
  if (auto finite = check_finite(signal); !finite) return std::unexpected(std::move(finite.error()));
  std::vector<float> embeddings(count * dimension);
  for (std::size_t window = 0; window < count; ++window) {
    mel_spectrogram_.compute(signal.subspan(window * hop_length, window_length()), hop_length, mel_);
    network_->run(mel_, std::span(embeddings).subspan(window * dimension, dimension));
  }
  return embeddings;
}

Result<std::vector<float>> Embedder::mel_spectrogram(std::span<const float> window) {
  if (auto valid = check_window(window, window_length()); !valid)
    return std::unexpected(std::move(valid.error()));
  mel_spectrogram_.compute(window, window_length(), mel_);
  return std::vector<float>(mel_.begin(), mel_.end());
}

Result<void> Embedder::profile(std::span<const float> window,
                               const std::function<void(std::size_t stage)>& done) {
  if (auto valid = check_window(window, window_length()); !valid)
    return std::unexpected(std::move(valid.error()));
  std::vector<float> embedding(architecture_.embedding_dimension());
  mel_spectrogram_.compute(window, window_length(), mel_);
  done(0);
  network_->run(mel_, embedding, nullptr, [&done](std::size_t layer) { done(1 + layer); });
  return {};
}

Result<void> Embedder::observe(std::span<const float> window, const ActivationObserver& observer) {
  if (auto valid = check_window(window, window_length()); !valid)
    return std::unexpected(std::move(valid.error()));
  std::vector<float> embedding(architecture_.embedding_dimension());
  mel_spectrogram_.compute(window, window_length(), mel_);
  network_->run(mel_, embedding, observer);
  return {};
}

}  // namespace edgel3
