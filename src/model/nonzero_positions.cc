#include "model/nonzero_positions.h"

#include <bit>

namespace edgel3 {
namespace {

constexpr std::size_t kSkip = 255;

std::optional<std::size_t> count_gaps(std::span<const std::byte> gaps, std::size_t weights) {
  if (gaps.empty() || std::to_integer<std::size_t>(gaps.back()) == kSkip) return std::nullopt;
  std::size_t count = 0;
  std::size_t next = 0;  // the first position that is still free
  for (const std::byte byte : gaps) {
    const auto gap = std::to_integer<std::size_t>(byte);
    next += gap == kSkip ? kSkip : gap + 1;
    if (next > weights) return std::nullopt;
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

std::size_t count_bits(std::span<const std::byte> mask) {
  std::size_t count = 0;
  for (const std::byte byte : mask) {
    count += static_cast<std::size_t>(std::popcount(std::to_integer<std::uint8_t>(byte)));
  }
  return count;
}

std::optional<std::size_t> count_mask(std::span<const std::byte> mask, std::size_t weights) {
  if (mask.size() != (weights + 7) / 8) return std::nullopt;
  if (weights % 8 != 0 && std::to_integer<unsigned>(mask.back()) >> weights % 8 != 0) return std::nullopt;
  const std::size_t count = count_bits(mask);
  return count == 0 ? std::nullopt : std::optional(count);
}

std::vector<std::uint32_t> decode_mask(std::span<const std::byte> mask) {
  std::vector<std::uint32_t> positions;
  positions.reserve(count_bits(mask));
  std::uint32_t first = 0;
  for (const std::byte byte : mask) {
    for (auto rest = std::to_integer<unsigned>(byte); rest != 0; rest &= rest - 1) {
      positions.push_back(first + static_cast<std::uint32_t>(std::countr_zero(rest)));
    }
    first += 8;
  }
  return positions;
}

}  // namespace

std::optional<std::size_t> count_positions(PositionEncoding encoding, std::span<const std::byte> bytes,
                                           std::size_t weights) {
  return encoding == PositionEncoding::kGaps ? count_gaps(bytes, weights) : count_mask(bytes, weights);
}

std::vector<std::uint32_t> decode_positions(PositionEncoding encoding, std::span<const std::byte> bytes) {
  return encoding == PositionEncoding::kGaps ? decode_gaps(bytes) : decode_mask(bytes);
}

}  // namespace edgel3
