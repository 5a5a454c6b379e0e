#pragma once

#include <cstdint>
#include <span>

namespace edgel3 {

/// FNV-1a of a fuzzer's input. A target runs what is slow for one input in so many, picked by this: unlike a
/// choice that the input spells out, no mutation learns to make it every time.
inline std::uint64_t input_hash(std::span<const std::uint8_t> input) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const std::uint8_t byte : input) hash = (hash ^ byte) * 0x100000001B3;
  return hash ^ (hash >> 32);
}

}  // namespace edgel3
