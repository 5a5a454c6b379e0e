#include "edgel3/model.h"

#include <algorithm>
#include <utility>

#include "audio/framing.h"
#include "audio/input_stream.h"
#include "embedder.h"

namespace edgel3 {
namespace {

/// Samples of a channel that are resampled, and windows that are embedded, at a time.
constexpr std::size_t kPiece = std::size_t{1} << 16;
constexpr std::size_t kWindows = 256;

/// The sound at the model's rate, downmixed and padded.
Result<std::vector<float>> prepare(InputStream& stream, std::span<const std::span<const double>> channels) {
  std::vector<float> samples;
  const std::size_t length = channels.empty() ? 0 : channels.front().size();
  std::size_t begin = 0;
  do {
    std::vector<std::span<const double>> pieces;
    for (const std::span<const double> channel : channels) {
      const std::size_t from = std::min(begin, channel.size());
      // The last piece of a channel is all the rest, so that channels of unequal length are noticed.
      const std::size_t count =
          begin + kPiece < length ? std::min(kPiece, channel.size() - from) : channel.size() - from;
      pieces.push_back(channel.subspan(from, count));
    }
    if (auto pushed = stream.push(pieces, samples); !pushed)
      return std::unexpected(std::move(pushed).error());
    begin += kPiece;
  } while (begin < length);
  if (auto finished = stream.finish(samples); !finished) return std::unexpected(std::move(finished).error());
  return samples;
}

}  // namespace

struct Model::State {
  Embedder embedder;
};

Model::Model(std::unique_ptr<State> state) : state_(std::move(state)) {}
Model::Model(Model&& other) noexcept = default;
Model& Model::operator=(Model&& other) noexcept = default;
Model::~Model() = default;

Result<Model> Model::load(std::span<const std::byte> file) {
  auto embedder = Embedder::create(FileBytes::in_memory(file));
  if (!embedder) return std::unexpected(std::move(embedder).error());
  return Model(std::make_unique<State>(*std::move(embedder)));
}

std::size_t Model::sample_rate() const { return state_->embedder.window_length(); }

std::size_t Model::embedding_dimension() const {
  return state_->embedder.architecture().embedding_dimension();
}

Result<std::vector<float>> Model::embed(std::span<const std::span<const double>> channels, double sample_rate,
                                        WindowOptions options) {
  const std::size_t window = this->sample_rate();
  auto stream = InputStream::create(sample_rate, window, channels.size(), options.center, options.hop_size);
  if (!stream) return std::unexpected(std::move(stream).error());
  const auto samples = prepare(*stream, channels);
  if (!samples) return std::unexpected(samples.error());
  const std::size_t hop = stream->hop_length();
  const std::size_t count = window_count(samples->size(), window, hop);
  std::vector<float> embeddings;
  for (std::size_t first = 0; first < count; first += kWindows) {
    const std::size_t windows = std::min(kWindows, count - first);
    const auto piece = std::span(*samples).subspan(first * hop, ((windows - 1) * hop) + window);
    const auto numbers = state_->embedder.embed(piece, hop);
    if (!numbers) return std::unexpected(numbers.error());
    embeddings.insert(embeddings.end(), numbers->begin(), numbers->end());
  }
  return embeddings;
}

}  // namespace edgel3
