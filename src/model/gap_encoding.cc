#include "model/gap_encoding.h"

namespace edgel3 {
namespace {

constexpr std::size_t kSkip = 255;

}  // namespace

std::optional<std::size_t> count_gaps(std::span<const std::byte> gaps, std::size_t limit) {
  if (gaps.empty() || std::to_integer<std::size_t>(gaps.back()) == kSkip) return std::nullopt;
  std::size_t count = 0;
  std::size_t next = 0;  // the first position that is still free
  for (const std::byte byte : gaps) {
    const auto gap = std::to_integer<std::size_t>(byte);
    next += gap == kSkip ? kSkip : gap + 1;
    if (next > limit) return std::nullopt;
    if (gap != kSkip) ++count;
  }
  return count;
}

std::vector<std::uint32_t> decode_gaps(std::span<const std::byte> gaps) {
  std::vector<std::uint32_t> positions;
  positions.reserve(gaps.size());
  std::uint32_t next = 0;
  for (const std::byte byte : gaps) {
    const auto gap = std::to_integer<std::uint32_t>(byte);
    next += gap;
    if (gap != kSkip) positions.push_back(next++);
  }
  return positions;
}

}  // namespace edgel3
