#pragma once

#include <cstddef>

namespace edgel3 {

/// How an architecture turns one second of audio into a mel spectrogram. Lengths in samples.
struct FrontEnd {
  std::size_t sample_rate;  ///< Hz; also the length of a window, which is one second.
  std::size_t fft_size;
  std::size_t hop;  ///< From one STFT column to the next.
  std::size_t mel_bands;
  std::size_t frames;    ///< STFT columns in a window.
  std::size_t pad_left;  ///< Zeros in front of the window; as many, or one more, follow it.

  /// Bins of the spectrum of fft_size real samples, from 0 Hz to sample_rate / 2.
  [[nodiscard]] constexpr std::size_t bins() const { return fft_size / 2 + 1; }
};

/// The front end with TensorFlow's SAME padding: as many columns as hops begin in the window, and the zeros
/// these columns need in all are split evenly over both ends.
constexpr FrontEnd front_end(std::size_t sample_rate, std::size_t fft_size, std::size_t hop,
                             std::size_t mel_bands) {
  const std::size_t frames = (sample_rate + hop - 1) / hop;
  const std::size_t pad = (frames - 1) * hop + fft_size - sample_rate;
  return {.sample_rate = sample_rate,
          .fft_size = fft_size,
          .hop = hop,
          .mel_bands = mel_bands,
          .frames = frames,
          .pad_left = pad / 2};
}

// From edgel3/models.py.
inline constexpr FrontEnd kSeaFrontEnd = front_end(8000, 1024, 160, 64);
inline constexpr FrontEnd kSparseFrontEnd = front_end(48000, 2048, 242, 256);

}  // namespace edgel3
