#pragma once

#include <cstddef>
#include <cstdint>

#include "edgel3/error.h"

namespace edgel3 {

/// The longest distance between two windows, in seconds. Padding can be as long as one hop, so it is memory.
inline constexpr double kMaxHopSize = 600;

/// Samples from one window to the next: int(hop_size * sample_rate), truncated as in edgel3/core.py (0.0371 s
/// at 8000 Hz are 296 samples, not 297). `hop_size` in seconds, `sample_rate` in Hz.
/// Error: hop_invalid (not positive, above kMaxHopSize, or shorter than one sample).
Result<std::size_t> hop_length(double hop_size, std::size_t sample_rate);

/// Zeros in front of a signal, so that its first window of `window` samples is centered on its first sample.
constexpr std::size_t center_padding(std::size_t window) { return window / 2; }

/// Zeros behind a signal of `length` samples (padding in front included) that make it one window long, or one
/// window plus a whole number of hops.
std::size_t end_padding(std::uint64_t length, std::size_t window, std::size_t hop);

/// Windows in a padded signal: `length` is at least `window`.
std::size_t window_count(std::size_t length, std::size_t window, std::size_t hop);

}  // namespace edgel3
