#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "edgel3/error.h"

namespace edgel3 {

/// More channels than any recording has: a larger count is a mistake in the shape of the data.
inline constexpr std::size_t kMaxChannels = 4096;

/// Samples beyond ±this count as not finite: resampling could lift them past the largest float (3.4e38).
inline constexpr double kLargestSample = 1e37;

/// Error: audio_invalid, unless `count` is 1 to kMaxChannels.
Result<void> check_channel_count(std::size_t count);

/// Appends the mean of `channels` (planar; any scale, usually -1 to 1) to `mono`, in double.
/// `first_index` is the position of the first sample in the whole recording, for messages only.
/// Errors, which leave `mono` as it was: audio_invalid (no channel, more than kMaxChannels, unequal lengths),
/// audio_not_finite (a sample is NaN, infinite or beyond kLargestSample).
Result<void> downmix(std::span<const std::span<const double>> channels, std::uint64_t first_index,
                     std::vector<double>& mono);

}  // namespace edgel3
