#include "audio/framing.h"

#include <cassert>
#include <string>

namespace edgel3 {

Result<std::size_t> hop_length(double hop_size, std::size_t sample_rate) {
  const double samples = hop_size * static_cast<double>(sample_rate);
  const bool usable = hop_size <= kMaxHopSize && samples >= 1;
  if (!usable) {
    return failure(ErrorCode::kHopInvalid,
                   "The hop size must be a number of seconds, at least one sample (1/" +
                       std::to_string(sample_rate) + " s) and at most 600 s; 0.1 is usual.");
  }
  return static_cast<std::size_t>(samples);
}

std::size_t end_padding(std::uint64_t length, std::size_t window, std::size_t hop) {
  if (length < window) return static_cast<std::size_t>(window - length);
  const std::uint64_t beyond_last_hop = (length - window) % hop;
  return beyond_last_hop == 0 ? 0 : static_cast<std::size_t>(hop - beyond_last_hop);
}

std::size_t window_count(std::size_t length, std::size_t window, std::size_t hop) {
  assert(length >= window);
  return 1 + (length - window) / hop;
}

}  // namespace edgel3
