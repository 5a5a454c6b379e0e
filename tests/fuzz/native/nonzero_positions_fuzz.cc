// Any bytes as the positions of non-zeros, among any number of weights: counted and decoded as their
// definition says, and nothing beyond the last weight. Input: the encoding (a byte), the weights (two bytes,
// little-endian), then the positions.

#include "model/nonzero_positions.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "support/require.h"

namespace edgel3 {
namespace {

/// The positions by the definition, if all are among the weights and the last byte places one.
std::optional<std::vector<std::uint32_t>> positions_of_gaps(std::span<const std::uint8_t> gaps,
                                                            std::size_t weights) {
  std::vector<std::uint32_t> positions;
  std::int64_t position = -1;
  for (const std::uint8_t gap : gaps) {
    position += gap == 255 ? 255 : gap + 1;
    if (position >= static_cast<std::int64_t>(weights)) return std::nullopt;
    if (gap != 255) positions.push_back(static_cast<std::uint32_t>(position));
  }
  if (gaps.empty() || gaps.back() == 255) return std::nullopt;
  return positions;
}

/// The same of a mask, if it has a byte for each eight weights begun and places one.
std::optional<std::vector<std::uint32_t>> positions_of_mask(std::span<const std::uint8_t> mask,
                                                            std::size_t weights) {
  if (mask.size() != weights / 8 + (weights % 8 == 0 ? 0 : 1)) return std::nullopt;
  std::vector<std::uint32_t> positions;
  for (std::uint32_t position = 0; position < 8 * mask.size(); ++position) {
    if ((mask[position / 8] >> position % 8 & 1) == 0) continue;
    if (position >= weights) return std::nullopt;
    positions.push_back(position);
  }
  if (positions.empty()) return std::nullopt;
  return positions;
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const bool mask = data[0] % 2 == 1;
  const auto encoding = mask ? edgel3::PositionEncoding::kMask : edgel3::PositionEncoding::kGaps;
  const std::size_t weights = data[1] + (std::size_t{data[2]} << 8U);
  const std::span bytes = std::span(data, size).subspan(3);
  const std::optional<std::size_t> count = edgel3::count_positions(encoding, std::as_bytes(bytes), weights);
  const auto expected =
      mask ? edgel3::positions_of_mask(bytes, weights) : edgel3::positions_of_gaps(bytes, weights);
  edgel3::require(count.has_value() == expected.has_value(),
                  "bytes are accepted if their positions are good");
  if (!expected) return 0;
  edgel3::require(*count == expected->size(), "the count is that of the positions");
  edgel3::require(edgel3::decode_positions(encoding, std::as_bytes(bytes)) == *expected,
                  "the positions are those defined");
  return 0;
}
