// Any bytes as the positions of non-zeros, within any limit: counted and decoded as their definition says,
// and nothing beyond the limit. Input: the limit (two bytes, little-endian), then the gaps.

#include "model/gap_encoding.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "support/require.h"

namespace edgel3 {
namespace {

/// The positions by the definition, if all are before `limit` and the last byte places one.
std::optional<std::vector<std::uint32_t>> expected_positions(std::span<const std::uint8_t> gaps,
                                                             std::size_t limit) {
  std::vector<std::uint32_t> positions;
  std::int64_t position = -1;
  for (const std::uint8_t gap : gaps) {
    position += gap == 255 ? 255 : gap + 1;
    if (position >= static_cast<std::int64_t>(limit)) return std::nullopt;
    if (gap != 255) positions.push_back(static_cast<std::uint32_t>(position));
  }
  if (gaps.empty() || gaps.back() == 255) return std::nullopt;
  return positions;
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t limit = data[0] + (std::size_t{data[1]} << 8U);
  const std::span gaps = std::span(data, size).subspan(2);
  const std::optional<std::size_t> count = edgel3::count_gaps(std::as_bytes(gaps), limit);
  const auto expected = edgel3::expected_positions(gaps, limit);
  edgel3::require(count.has_value() == expected.has_value(), "gaps are accepted if their positions are good");
  if (!expected) return 0;
  edgel3::require(*count == expected->size(), "the count is that of the positions");
  edgel3::require(edgel3::decode_gaps(std::as_bytes(gaps)) == *expected, "the positions are those defined");
  return 0;
}
