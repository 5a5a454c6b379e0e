#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "audio/polyphase_filter.h"
#include "edgel3/error.h"

namespace edgel3 {

/// resampy 0.2.2 `resample(..., filter='kaiser_best')` for a signal that arrives in pieces.
///
/// However the input is cut, the concatenated output is the same to the last bit, and equal to resampy's for
/// the whole signal. EdgeL3's networks were trained behind this resampler, inexactness included: the step
/// through the filter is truncated to whole table points, and the read position is a running sum. A better
/// filter gives embeddings that are off by up to 20 %.
///
/// Memory stays constant: the filter, and the input that the filter still reaches.
class Resampler {
 public:
  /// The largest ratio between the two rates, either way. Beyond it the filter has no whole step left.
  static constexpr double kMaxRateRatio = 512;

  /// Rates in Hz. Equal rates pass the signal through.
  /// Error: sample_rate_invalid (a rate not positive and finite, or a ratio beyond kMaxRateRatio).
  static Result<Resampler> create(double input_rate, double output_rate);

  /// Appends to `output` every sample that no later input can change.
  void push(std::span<const double> input, std::vector<double>& output);

  /// Ends the signal: appends the rest, so that int(N * output_rate / input_rate) samples have come of N.
  /// Nothing may be called afterwards. Error: audio_too_short (no output sample at all).
  Result<void> finish(std::vector<double>& output);

 private:
  /// The filter for outputs that lie `distance` zero crossings behind an input sample.
  struct Phase {
    double distance = -1;       // none yet
    std::vector<double> left;   // for the samples up to the output's position, nearest first
    std::vector<double> right;  // for those behind it
  };
  /// Outputs are computed so many at once, since every addition of a sum waits for the one before.
  static constexpr std::size_t kOutputs = 4;

  explicit Resampler(double ratio);

  void tune(const PolyphaseFilter& filter, Phase& phase, double distance) const;
  void produce(const PolyphaseFilter& filter, bool finished, std::vector<double>& output);
  void forget_unreachable_input(const PolyphaseFilter& filter);

  double ratio_;  // output rate / input rate
  double scale_;  // the filter is stretched by 1 / scale_ where the rate falls
  std::shared_ptr<const PolyphaseFilter> filter_;  // none: the rates are equal
  std::array<Phase, kOutputs> phases_;  // of the outputs at hand; where the ratio is whole, there is but one
  std::vector<double> history_;
  std::int64_t history_begin_ = 0;  // index in the input of history_'s first sample
  std::int64_t received_ = 0;
  std::int64_t produced_ = 0;
  double position_ = 0;  // where the next output sample lies, in input samples
};

}  // namespace edgel3
