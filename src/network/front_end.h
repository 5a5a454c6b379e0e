#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace edgel3 {

/// Where the columns of a spectrogram lie.
enum class Padding : std::uint8_t {
  kNone,  ///< wholly inside the window
  kSame,  ///< one for each hop that begins in the window, with zeros on both sides: TensorFlow's SAME
  kEnd,   ///< one for each hop that begins in the window, with zeros behind: `pad_end` of kapre 0.3.5
};

/// What the samples of a column are multiplied with.
enum class WindowFunction : std::uint8_t {
  kHann,         ///< periodic, in double and rounded once: kapre 0.1.4
  kHannFloat32,  ///< periodic, every step in float32: TensorFlow's hann_window
};

/// What the bands of a spectrogram are.
enum class BandScale : std::uint8_t {
  kLinear,  ///< the bins of the spectrum
  kHtk,     ///< triangles of area 1 on the HTK mel scale, weights rounded once: librosa before 0.7
  kSlaney,  ///< triangles of area 1 on Slaney's mel scale, rounded before and after scaling: librosa from 0.7
};

/// What a mel filter sums.
enum class Summed : std::uint8_t {
  kPower,      ///< squared magnitudes; the root follows
  kMagnitude,  ///< magnitudes
};

/// How one second of audio becomes a spectrogram in decibels. Lengths in samples.
struct FrontEnd {
  std::size_t sample_rate = 0;  ///< Hz; also the length of a window, which is one second.
  std::size_t fft_size = 0;     ///< even
  std::size_t hop = 0;          ///< from one column to the next
  Padding padding = Padding::kSame;
  WindowFunction window = WindowFunction::kHann;
  BandScale scale = BandScale::kHtk;
  std::size_t mel_bands = 0;  ///< unless the scale is linear
  Summed summed = Summed::kPower;
  double decibel_floor = 1e-10;  ///< amplitudes below count as this
  double decibel_range = 80;     ///< below the window's maximum nothing is lower

  friend bool operator==(const FrontEnd&, const FrontEnd&) = default;

  /// Bins of the spectrum of fft_size real samples, from 0 Hz to sample_rate / 2.
  [[nodiscard]] constexpr std::size_t bins() const { return fft_size / 2 + 1; }

  [[nodiscard]] constexpr std::size_t bands() const {
    return scale == BandScale::kLinear ? bins() : mel_bands;
  }

  /// Columns of a window.
  [[nodiscard]] constexpr std::size_t frames() const {
    if (padding == Padding::kNone) return 1 + ((sample_rate - fft_size) / hop);
    return (sample_rate + hop - 1) / hop;
  }

  /// Zeros in front of the window. With kSame, as many, or one more, follow it.
  [[nodiscard]] constexpr std::size_t pad_left() const {
    if (padding != Padding::kSame) return 0;
    const std::size_t end = ((frames() - 1) * hop) + fft_size;
    return (std::max(end, sample_rate) - sample_rate) / 2;
  }

  /// Samples from the beginning of a window to the middle of its first column.
  [[nodiscard]] constexpr std::size_t first_middle() const { return fft_size / 2 - pad_left(); }
};

}  // namespace edgel3
