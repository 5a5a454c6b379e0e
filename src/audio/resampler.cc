#include "audio/resampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace edgel3 {
namespace {

/// Long inputs are taken in blocks, so that the history stays short whatever the caller's chunks are.
constexpr std::size_t kBlock = 4096;

/// A weighted sum of samples: of `count` taps, the first of them for the sample `nearest`.
struct Sum {
  double value = 0;
  const double* weights = nullptr;
  const double* nearest = nullptr;
  std::ptrdiff_t count = 0;
};

/// Adds taps `begin` to `end` to each of the sums; the samples follow one another in that direction.
template <int kDirection, std::size_t kCount>
void add_taps(std::span<Sum, kCount> sums, std::ptrdiff_t begin, std::ptrdiff_t end) {
  std::array<double, kCount> values{};
  std::array<const double*, kCount> weights{};
  std::array<const double*, kCount> nearest{};
  for (std::size_t j = 0; j < kCount; ++j) {
    values[j] = sums[j].value;
    weights[j] = sums[j].weights;
    nearest[j] = sums[j].nearest;
  }
  for (std::ptrdiff_t i = begin; i < end; ++i) {
    for (std::size_t j = 0; j < kCount; ++j) values[j] += weights[j][i] * nearest[j][i * kDirection];
  }
  for (std::size_t j = 0; j < kCount; ++j) sums[j].value = values[j];
}

/// Adds all taps, side by side as far as there are as many sums as kTogether.
template <int kDirection, std::size_t kTogether>
void add_all_taps(std::span<Sum> sums) {
  std::ptrdiff_t common = 0;
  if (sums.size() == kTogether) {
    common = std::ranges::min(sums, {}, &Sum::count).count;
    add_taps<kDirection>(sums.template first<kTogether>(), 0, common);
  }
  for (std::size_t j = 0; j < sums.size(); ++j) {
    add_taps<kDirection>(sums.subspan(j).template first<1>(), common, sums[j].count);
  }
}

}  // namespace

Result<Resampler> Resampler::create(double input_rate, double output_rate) {
  const double ratio = output_rate / input_rate;
  const bool usable =
      input_rate > 0 && output_rate > 0 && ratio >= 1 / kMaxRateRatio && ratio <= kMaxRateRatio;
  if (!usable) {
    return failure(
        ErrorCode::kSampleRateInvalid,
        "The sample rate must be a positive number of hertz, and at most 512 times lower or higher than "
        "the network's own rate; pass the rate the audio was recorded at.");
  }
  return Resampler(ratio);
}

Resampler::Resampler(double ratio) : ratio_(ratio), scale_(std::min(1.0, ratio)) {
  if (ratio != 1) filter_ = PolyphaseFilter::shared(ratio);
}

void Resampler::push(std::span<const double> input, std::vector<double>& output) {
  if (!filter_) {
    received_ += static_cast<std::int64_t>(input.size());
    output.insert(output.end(), input.begin(), input.end());
    return;
  }
  while (!input.empty()) {
    const std::span<const double> block = input.first(std::min(kBlock, input.size()));
    input = input.subspan(block.size());
    history_.insert(history_.end(), block.begin(), block.end());
    received_ += static_cast<std::int64_t>(block.size());
    produce(*filter_, false, output);
    forget_unreachable_input(*filter_);
  }
}

Result<void> Resampler::finish(std::vector<double>& output) {
  if (static_cast<double>(received_) * ratio_ < 1) {
    return failure(ErrorCode::kAudioTooShort,
                   "The audio is too short: resampling leaves no sample; pass a longer recording.");
  }
  if (filter_) produce(*filter_, true, output);
  return {};
}

/// Appends output samples: while the filter's right wing lies within the input so far, or, once `finished`,
/// all.
void Resampler::produce(const PolyphaseFilter& filter, bool finished, std::vector<double>& output) {
  // What resampy makes of a signal that ends here. It only grows with later input, so all of these will
  // exist.
  const auto length = static_cast<std::int64_t>(static_cast<double>(received_) * ratio_);
  bool starved = false;
  while (produced_ < length && !starved) {
    std::array<Sum, kOutputs> left;
    std::array<Sum, kOutputs> right;
    std::size_t count = 0;
    for (; count < kOutputs && produced_ < length; ++count) {
      const auto center = static_cast<std::int64_t>(position_);
      Phase& phase = phases_[count];
      tune(filter, phase, scale_ * (position_ - static_cast<double>(center)));
      const std::int64_t ahead = received_ - 1 - center;
      const auto left_taps = static_cast<std::int64_t>(phase.left.size());
      const auto right_taps = static_cast<std::int64_t>(phase.right.size());
      starved = !finished && ahead < right_taps;
      if (starved) break;

      const auto sum = [&](const double* weights, std::int64_t nearest, std::int64_t taps) -> Sum {
        if (taps <= 0) return {};
        return {.weights = weights,
                .nearest = history_.data() + (nearest - history_begin_),
                .count = static_cast<std::ptrdiff_t>(taps)};
      };
      // Over hours of audio the running sum may drift past the last sample (ahead < 0). resampy then reads
      // outside its array; here the signal is followed by silence.
      const std::int64_t missing = std::clamp<std::int64_t>(-ahead, 0, left_taps);
      left[count] =
          sum(phase.left.data() + missing, center - missing, std::min(center + 1, left_taps) - missing);
      right[count] = sum(phase.right.data(), center + 1, std::min(ahead, right_taps));
      position_ += 1 / ratio_;
      ++produced_;
    }
    add_all_taps<-1, kOutputs>(std::span(left).first(count));
    for (std::size_t i = 0; i < count; ++i) right[i].value = left[i].value;
    add_all_taps<1, kOutputs>(std::span(right).first(count));
    for (std::size_t i = 0; i < count; ++i) output.push_back(right[i].value);
  }
}

void Resampler::tune(const PolyphaseFilter& filter, Phase& phase, double distance) const {
  if (phase.distance == distance) return;
  phase.distance = distance;
  filter.interpolate(distance, phase.left);
  filter.interpolate(scale_ - distance, phase.right);
}

void Resampler::forget_unreachable_input(const PolyphaseFilter& filter) {
  const auto reach = static_cast<std::int64_t>(filter.reach());
  const std::int64_t unreachable = static_cast<std::int64_t>(position_) + 1 - reach - history_begin_;
  // Only when at least half can go, so that moving the rest costs no more than taking it in did.
  if (unreachable * 2 < static_cast<std::int64_t>(history_.size())) return;
  history_.erase(history_.begin(), history_.begin() + static_cast<std::ptrdiff_t>(unreachable));
  history_begin_ += unreachable;
}

}  // namespace edgel3
