#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audio/resampler.h"
#include "edgel3/error.h"

namespace edgel3 {

/// A recording on its way to the network, in pieces: downmix, resampling, padding, rounding to float32.
///
/// However it is cut into pushes, the concatenated output is the same to the last bit. It is complete after
/// finish(): one window, or one window plus a whole number of hops, a window being one second.
class InputStream {
 public:
  /// Samples per channel, and samples of output, that one push may bring. Cut longer recordings into pieces.
  static constexpr std::size_t kMaxPush = std::size_t{1} << 26;

  /// `input_rate` is the recording's and `target_rate` the network's sample rate, in Hz; `center` puts half a
  /// window of zeros in front, so that window i is centered on time i * hop_size; `hop_size` is in seconds.
  /// Errors: sample_rate_invalid, audio_invalid (channel count), hop_invalid.
  static Result<InputStream> create(double input_rate, std::size_t target_rate, std::size_t channel_count,
                                    bool center, double hop_size);

  /// Samples at the target rate from one window to the next.
  [[nodiscard]] std::size_t hop_length() const { return hop_length_; }

  /// Takes the next samples of every channel (planar, equally long, may be empty) and appends to `output` all
  /// samples that are now final.
  /// Errors, which change nothing: closed (after finish), audio_invalid (channel count, unequal lengths, more
  /// than kMaxPush samples), audio_not_finite.
  Result<void> push(std::span<const std::span<const double>> channels, std::vector<float>& output);

  /// Appends the rest, with the padding behind. Afterwards the stream is closed, even if this fails.
  /// Errors: closed, audio_empty (no sample was pushed), audio_too_short (resampling left no sample).
  Result<void> finish(std::vector<float>& output);

 private:
  InputStream(Resampler resampler, double ratio, std::size_t window, std::size_t channel_count, bool center,
              std::size_t hop_length);

  void append(std::span<const double> samples, std::vector<float>& output);

  Resampler resampler_;
  double ratio_;        // target rate / input rate
  std::size_t window_;  // samples: one second at the target rate
  std::size_t channel_count_;
  std::size_t hop_length_;
  std::size_t front_padding_;   // zeros still to be put in front
  std::uint64_t received_ = 0;  // samples per channel
  std::uint64_t length_ = 0;    // samples of output, padding included
  bool finished_ = false;
};

}  // namespace edgel3
