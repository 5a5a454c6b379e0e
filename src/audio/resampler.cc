#include "audio/resampler.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "audio/kaiser_best.h"

namespace edgel3 {
namespace {

/// Long inputs are taken in blocks, so that the history stays short whatever the caller's chunks are.
constexpr std::size_t kBlock = 4096;

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
  if (input_rate == output_rate) return Resampler(1, {});

  const double gain = std::min(1.0, ratio);
  const std::span<const double> window = kaiser_best_half_window();
  std::vector<Tap> filter(window.size());
  for (std::size_t i = 0; i < window.size(); ++i) filter[i].value = window[i] * gain;
  for (std::size_t i = 0; i + 1 < window.size(); ++i) {
    filter[i].difference = filter[i + 1].value - filter[i].value;
  }
  return Resampler(ratio, std::move(filter));
}

Resampler::Resampler(double ratio, std::vector<Tap> filter)
    : ratio_(ratio),
      scale_(std::min(1.0, ratio)),
      step_(static_cast<std::int64_t>(scale_ * kPointsPerZeroCrossing)),
      filter_(std::move(filter)) {}

void Resampler::push(std::span<const double> input, std::vector<double>& output) {
  if (filter_.empty()) {
    received_ += static_cast<std::int64_t>(input.size());
    output.insert(output.end(), input.begin(), input.end());
    return;
  }
  while (!input.empty()) {
    const std::span<const double> block = input.first(std::min(kBlock, input.size()));
    input = input.subspan(block.size());
    history_.insert(history_.end(), block.begin(), block.end());
    received_ += static_cast<std::int64_t>(block.size());
    produce(false, output);
    forget_unreachable_input();
  }
}

Result<void> Resampler::finish(std::vector<double>& output) {
  if (static_cast<double>(received_) * ratio_ < 1) {
    return failure(ErrorCode::kAudioTooShort,
                   "The audio is too short: resampling leaves no sample; pass a longer recording.");
  }
  if (!filter_.empty()) produce(true, output);
  return {};
}

/// Appends output samples: while the filter's right wing lies within the input so far, or, once `finished`,
/// all.
void Resampler::produce(bool finished, std::vector<double>& output) {
  // What resampy makes of a signal that ends here. It only grows with later input, so all of these will
  // exist.
  const auto length = static_cast<std::int64_t>(static_cast<double>(received_) * ratio_);
  while (produced_ < length) {
    const auto center = static_cast<std::int64_t>(position_);
    const double distance = scale_ * (position_ - static_cast<double>(center));
    const Wing left = wing(distance);
    const Wing right = wing(scale_ - distance);
    const std::int64_t ahead = received_ - 1 - center;
    if (!finished && ahead < right.count) return;

    // Over hours of audio the running sum may drift past the last sample (ahead < 0). resampy then reads
    // outside its array; here the signal is followed by silence.
    const std::int64_t missing = std::max<std::int64_t>(0, -ahead);
    double sum = accumulate(0, left, missing, std::min(center + 1, left.count), center, -1);
    sum = accumulate(sum, right, 0, std::min(ahead, right.count), center + 1, 1);
    output.push_back(sum);
    position_ += 1 / ratio_;
    ++produced_;
  }
}

/// The wing whose nearest sample is `distance` zero crossings of the filter away from its center.
Resampler::Wing Resampler::wing(double distance) const {
  const double point = distance * kPointsPerZeroCrossing;
  const auto whole = static_cast<std::int64_t>(point);
  return {.first = filter_.data() + whole,
          .fraction = point - static_cast<double>(whole),
          .count = (static_cast<std::int64_t>(filter_.size()) - whole) / step_};
}

/// `sum` plus taps `begin` to `end` of `wing`, whose tap i weights input sample `nearest` + i * `direction`.
double Resampler::accumulate(double sum, const Wing& wing, std::int64_t begin, std::int64_t end,
                             std::int64_t nearest, std::int64_t direction) const {
  const std::int64_t origin = nearest - history_begin_;
  for (std::int64_t i = begin; i < end; ++i) {
    const Tap& tap = wing.first[i * step_];
    sum += (tap.value + wing.fraction * tap.difference) *
           history_[static_cast<std::size_t>(origin + i * direction)];
  }
  return sum;
}

void Resampler::forget_unreachable_input() {
  const std::int64_t reach = static_cast<std::int64_t>(filter_.size()) / step_;
  const std::int64_t unreachable = static_cast<std::int64_t>(position_) + 1 - reach - history_begin_;
  // Only when at least half can go, so that moving the rest costs no more than taking it in did.
  if (unreachable * 2 < static_cast<std::int64_t>(history_.size())) return;
  history_.erase(history_.begin(), history_.begin() + static_cast<std::ptrdiff_t>(unreachable));
  history_begin_ += unreachable;
}

}  // namespace edgel3
