#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "mel/spectrogram_columns.h"
#include "network/front_end.h"

namespace edgel3 {

/// The input of the network: the spectrogram of one window of audio in decibels, as kapre computes it, but in
/// double. Its bands are those of mel filters, or the bins of the spectrum.
///
/// An STFT column that lies wholly inside a window depends on its samples alone. Where windows follow one
/// another by whole STFT hops, such columns are therefore taken over from the window before.
class MelSpectrogram {
 public:
  explicit MelSpectrogram(const FrontEnd& front_end);

  /// Computes the spectrogram of `window` (sample_rate samples, finite) into `decibels` (bands x frames, band
  /// major, lowest first): 0 at the loudest point, nothing below -decibel_range. `hop`: samples from the
  /// window of the call before to this one, as far as known; it changes the time this takes, never the
  /// result.
  void compute(std::span<const float> window, std::size_t hop, std::span<double> decibels);

 private:
  /// Two columns, named by their frame, that are computed at once.
  using Frames = std::array<std::size_t, 2>;

  /// Columns [begin, end) that need not be computed, already in `decibels`.
  struct Shared {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Shared take_over(std::span<const float> window, std::size_t hop, std::span<double> decibels) const;
  void keep(std::span<const float> window, std::size_t hop, std::span<const double> decibels);
  void compute_columns(std::span<const float> window, Frames frames, std::span<double> decibels);

  /// Whether windows that are `hop` apart have columns in common.
  [[nodiscard]] bool can_share(std::size_t hop) const;

  FrontEnd front_end_;
  SpectrogramColumns columns_;

  // Of the window before, where the next one can take columns over; otherwise empty.
  std::vector<float> kept_window_;
  std::vector<double> kept_decibels_;  // absolute
};

}  // namespace edgel3
