#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace edgel3 {

/// The bits of the IEEE 754 binary16 number nearest to `number`, ties to even. Not by _Float16, which clang
/// does not have for WebAssembly.
inline std::uint16_t float16_bits(double number) {
  const unsigned sign = std::signbit(number) ? 0x8000 : 0;
  constexpr unsigned kInfinity = 0x7C00;
  if (std::isnan(number)) return static_cast<std::uint16_t>(sign | kInfinity | 0x200);
  const double magnitude = std::min(std::abs(number), 0x1p16);
  const int exponent = magnitude < 0x1p-14 ? -14 : std::ilogb(magnitude);
  // In units of the last place; a carry into the next exponent is right as it is.
  const auto units = static_cast<unsigned>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  const unsigned bits = (static_cast<unsigned>(exponent + 14) << 10U) + units;
  return static_cast<std::uint16_t>(sign | std::min(bits, kInfinity));
}

}  // namespace edgel3
