#include "mel/decibel.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numbers>

namespace edgel3 {
namespace {

using I64x2 = std::int64_t __attribute__((ext_vector_type(2)));

/// The natural logarithm of positive normal numbers: x = 2^exponent * mantissa, the mantissa within a factor
/// of sqrt(2) around 1, whose logarithm is 2 artanh((mantissa - 1) / (mantissa + 1)).
F64x2 logarithm(F64x2 x) {
  constexpr int kMantissaBits = 52;
  constexpr auto kSqrtHalf = std::bit_cast<std::int64_t>(std::numbers::sqrt2 / 2);
  const auto bits = std::bit_cast<I64x2>(x);
  const I64x2 exponent = (bits - kSqrtHalf) >> kMantissaBits;
  const auto mantissa = std::bit_cast<F64x2>(bits - (exponent << kMantissaBits));

  // An integer becomes a double in the lowest bits of a large one.
  constexpr double kLarge = 0x1.8p52;
  const F64x2 whole = std::bit_cast<F64x2>(exponent + std::bit_cast<std::int64_t>(kLarge)) - kLarge;

  // |ratio| <= 0.1716: the terms left out lie below 1e-17 of the sum.
  const F64x2 ratio = (mantissa - 1) / (mantissa + 1);
  const F64x2 square = ratio * ratio;
  F64x2 series = 1.0 / 21;
  for (int power = 19; power >= 1; power -= 2) series = series * square + 1.0 / power;
  return (whole * std::numbers::ln2) + (2 * ratio * series);
}

}  // namespace

void to_decibel(std::span<F64x2> numbers, Summed summed, double floor) {
  const bool is_power = summed == Summed::kPower;
  const double per_logarithm = (is_power ? 5 : 10) / std::numbers::ln10;  // half of 10: of the square root
  const double lowest = is_power ? floor * floor : floor;
  for (F64x2& number : numbers) number = per_logarithm * logarithm(number > lowest ? number : lowest);
}

double relative_decibel(double decibel, double maximum, double range) {
  return std::max(decibel - maximum, -range);
}

}  // namespace edgel3
