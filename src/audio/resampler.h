#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "error.h"

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
  /// The filter at one table point, and how far it is to the next point's value (0 at the end of the table).
  struct Tap {
    double value;
    double difference;
  };
  /// The taps that weight the samples on one side of an output's position, nearest first.
  struct Wing {
    const Tap* first;
    double fraction;  // how far each sample lies beyond its table point, 0 to 1
    std::int64_t count;
  };

  Resampler(double ratio, std::vector<Tap> filter);

  [[nodiscard]] Wing wing(double distance) const;
  [[nodiscard]] double accumulate(double sum, const Wing& wing, std::int64_t begin, std::int64_t end,
                                  std::int64_t nearest, std::int64_t direction) const;
  void produce(bool finished, std::vector<double>& output);
  void forget_unreachable_input();

  double ratio_;             // output rate / input rate
  double scale_;             // the filter is stretched by 1 / scale_ where the rate falls
  std::int64_t step_;        // table points from one input sample to the next
  std::vector<Tap> filter_;  // empty: the rates are equal
  std::vector<double> history_;
  std::int64_t history_begin_ = 0;  // index in the input of history_'s first sample
  std::int64_t received_ = 0;
  std::int64_t produced_ = 0;
  double position_ = 0;  // where the next output sample lies, in input samples
};

}  // namespace edgel3
