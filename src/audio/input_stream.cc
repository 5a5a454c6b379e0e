#include "audio/input_stream.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "audio/downmix.h"
#include "audio/framing.h"

namespace edgel3 {
namespace {

std::unexpected<Error> closed() {
  return failure(ErrorCode::kClosed, "This recording is finished; create a new stream for the next one.");
}

}  // namespace

Result<InputStream> InputStream::create(double input_rate, std::size_t target_rate, std::size_t channel_count,
                                        bool center, double hop_size) {
  Result<Resampler> resampler = Resampler::create(input_rate, static_cast<double>(target_rate));
  if (!resampler) return std::unexpected(std::move(resampler).error());
  if (Result<void> checked = check_channel_count(channel_count); !checked) {
    return std::unexpected(std::move(checked).error());
  }
  const Result<std::size_t> hop = edgel3::hop_length(hop_size, target_rate);
  if (!hop) return std::unexpected(hop.error());
  return InputStream(*std::move(resampler), static_cast<double>(target_rate) / input_rate, target_rate,
                     channel_count, center, *hop);
}

InputStream::InputStream(Resampler resampler, double ratio, std::size_t window, std::size_t channel_count,
                         bool center, std::size_t hop_length)
    : resampler_(std::move(resampler)),
      ratio_(ratio),
      window_(window),
      channel_count_(channel_count),
      hop_length_(hop_length),
      front_padding_(center ? center_padding(window) : 0) {}

Result<void> InputStream::push(std::span<const std::span<const double>> channels,
                               std::vector<float>& output) {
  if (finished_) return closed();
  if (channels.size() != channel_count_) {
    return failure(ErrorCode::kAudioInvalid, "The recording has " + std::to_string(channel_count_) +
                                                 " channels; pass as many, not " +
                                                 std::to_string(channels.size()) + ".");
  }
  const std::size_t length = channels.front().size();
  if (static_cast<double>(length) * std::max(1.0, ratio_) > static_cast<double>(kMaxPush)) {
    return failure(ErrorCode::kAudioInvalid, "Too many samples at once; push the recording in pieces.");
  }

  std::vector<double> mono;
  if (Result<void> mixed = downmix(channels, received_, mono); !mixed) return mixed;
  received_ += length;
  std::vector<double> resampled;
  resampler_.push(mono, resampled);
  append(resampled, output);
  return {};
}

Result<void> InputStream::finish(std::vector<float>& output) {
  if (finished_) return closed();
  finished_ = true;
  if (received_ == 0) {
    return failure(ErrorCode::kAudioEmpty, "The audio is empty; pass at least one sample.");
  }
  std::vector<double> resampled;
  if (Result<void> done = resampler_.finish(resampled); !done) return done;
  append(resampled, output);
  output.insert(output.end(), end_padding(length_, window_, hop_length_), 0.0F);
  return {};
}

/// Appends `samples`, behind the padding in front if that has not been written yet.
void InputStream::append(std::span<const double> samples, std::vector<float>& output) {
  length_ += front_padding_ + samples.size();
  output.insert(output.end(), std::exchange(front_padding_, 0), 0.0F);
  std::ranges::transform(samples, std::back_inserter(output),
                         [](double sample) { return static_cast<float>(sample); });
}

}  // namespace edgel3
