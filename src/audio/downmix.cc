#include "audio/downmix.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace edgel3 {
namespace {

Result<void> check_samples(std::span<const double> samples, std::size_t channel, std::uint64_t first_index) {
  const auto bad =
      std::ranges::find_if_not(samples, [](double sample) { return std::abs(sample) <= kLargestSample; });
  if (bad == samples.end()) return {};
  const std::uint64_t index = first_index + static_cast<std::uint64_t>(bad - samples.begin());
  return failure(ErrorCode::kAudioNotFinite,
                 "Sample " + std::to_string(index) + " of channel " + std::to_string(channel) +
                     " is NaN, infinite or larger than 1e37; replace it with a finite number.");
}

}  // namespace

Result<void> check_channel_count(std::size_t count) {
  if (count >= 1 && count <= kMaxChannels) return {};
  return failure(ErrorCode::kAudioInvalid, "Audio must have 1 to " + std::to_string(kMaxChannels) +
                                               " channels, not " + std::to_string(count) +
                                               "; pass one array of samples per channel.");
}

Result<void> downmix(std::span<const std::span<const double>> channels, std::uint64_t first_index,
                     std::vector<double>& mono) {
  if (Result<void> checked = check_channel_count(channels.size()); !checked) return checked;
  const std::size_t length = channels.front().size();
  for (std::size_t channel = 0; channel < channels.size(); ++channel) {
    if (channels[channel].size() != length) {
      return failure(ErrorCode::kAudioInvalid, "Channel " + std::to_string(channel) + " has " +
                                                   std::to_string(channels[channel].size()) +
                                                   " samples but channel 0 has " + std::to_string(length) +
                                                   "; make all channels equally long.");
    }
    if (Result<void> checked = check_samples(channels[channel], channel, first_index); !checked)
      return checked;
  }

  mono.reserve(mono.size() + length);
  for (std::size_t i = 0; i < length; ++i) {
    double sum = 0;
    for (const std::span<const double> channel : channels) sum += channel[i];
    mono.push_back(sum / static_cast<double>(channels.size()));
  }
  return {};
}

}  // namespace edgel3
