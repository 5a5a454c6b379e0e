#include "mel/mel_spectrogram.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "mel/decibel.h"

namespace edgel3 {

MelSpectrogram::MelSpectrogram(const FrontEnd& front_end) : front_end_(front_end), columns_(front_end) {}

void MelSpectrogram::compute(std::span<const float> window, std::size_t hop, std::span<double> decibels) {
  assert(window.size() == front_end_.sample_rate);
  assert(decibels.size() == front_end_.bands() * front_end_.frames());
  const Shared shared = take_over(window, hop, decibels);
  Frames frames{};
  std::size_t waiting = 0;
  for (std::size_t frame = 0; frame < front_end_.frames(); ++frame) {
    if (frame >= shared.begin && frame < shared.end) continue;
    frames[waiting++] = frame;
    if (waiting < frames.size()) continue;
    compute_columns(window, frames, decibels);
    waiting = 0;
  }
  if (waiting == 1) compute_columns(window, {frames[0], frames[0]}, decibels);
  keep(window, hop, decibels);

  const double maximum = std::ranges::max(decibels);
  for (double& decibel : decibels) decibel = relative_decibel(decibel, maximum, front_end_.decibel_range);
}

bool MelSpectrogram::can_share(std::size_t hop) const {
  return hop % front_end_.hop == 0 && hop < front_end_.sample_rate;
}

/// Copies what the window before has computed already, if the samples in both are indeed the same.
MelSpectrogram::Shared MelSpectrogram::take_over(std::span<const float> window, std::size_t hop,
                                                 std::span<double> decibels) const {
  if (kept_window_.empty() || !can_share(hop)) return {};
  const std::span<const float> overlap = window.first(window.size() - hop);
  if (std::memcmp(overlap.data(), kept_window_.data() + hop, overlap.size_bytes()) != 0) return {};

  const std::size_t frames = front_end_.frames();
  const std::size_t shift = hop / front_end_.hop;
  const std::size_t padded_overlap = front_end_.pad_left() + overlap.size();
  if (padded_overlap < front_end_.fft_size) return {};
  const Shared shared{.begin = (front_end_.pad_left() + front_end_.hop - 1) / front_end_.hop,
                      .end = ((padded_overlap - front_end_.fft_size) / front_end_.hop) + 1};
  if (shared.begin >= shared.end) return {};
  for (std::size_t band = 0; band < front_end_.bands(); ++band) {
    const double* before = kept_decibels_.data() + (band * frames) + shift;
    std::copy(before + shared.begin, before + shared.end,
              decibels.begin() + static_cast<std::ptrdiff_t>((band * frames) + shared.begin));
  }
  return shared;
}

void MelSpectrogram::keep(std::span<const float> window, std::size_t hop, std::span<const double> decibels) {
  if (can_share(hop)) {
    kept_window_.assign(window.begin(), window.end());
    kept_decibels_.assign(decibels.begin(), decibels.end());
  } else {
    kept_window_.clear();
  }
}

/// Writes absolute decibels.
void MelSpectrogram::compute_columns(std::span<const float> window, Frames frames,
                                     std::span<double> decibels) {
  const auto begin = [this](std::size_t frame) {
    return static_cast<std::ptrdiff_t>(frame * front_end_.hop) -
           static_cast<std::ptrdiff_t>(front_end_.pad_left());
  };
  const std::span<const F64x2> pair = columns_.compute(window, {begin(frames[0]), begin(frames[1])});
  for (std::size_t band = 0; band < pair.size(); ++band) {
    for (std::size_t lane = 0; lane < frames.size(); ++lane) {
      decibels[(band * front_end_.frames()) + frames[lane]] = pair[band][lane];
    }
  }
}

}  // namespace edgel3
