#include "multiply_add_rate.h"

#include <wasm_simd128.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace edgel3::benchmarks {
namespace {

constexpr std::size_t kLanes = 4;
constexpr std::size_t kSums = 12;  // of x86's 16 registers; the factor and what was loaded take two more
constexpr std::size_t kFloats = 64 * kSums * kLanes;  // 12 KiB

struct Buffer {
  alignas(64) std::array<float, kFloats> numbers;
};

/// A function of its own, called once for each pass: V8 does not replace a function by its optimised code
/// while it runs.
[[gnu::noinline]] void pass(const float* numbers, v128_t factor, std::array<v128_t, kSums>& sums) {
  std::array<v128_t, kSums> running = sums;
  for (const float* end = numbers + kFloats; numbers != end; numbers += kSums * kLanes) {
    for (std::size_t i = 0; i < kSums; ++i) {
      running[i] = wasm_f32x4_relaxed_madd(wasm_v128_load(numbers + (i * kLanes)), factor, running[i]);
    }
  }
  sums = running;
}

}  // namespace

void load_and_multiply_add(double count) {
  // Opaque: V8 would build a constant anew for every multiply-add.
  static const volatile float factor = 1e-9F;
  static Buffer buffer;
  static std::array<v128_t, kSums> sums;
  std::ranges::fill(buffer.numbers, 1.0F);
  for (double done = 0; done < count; done += kFloats) {
    pass(buffer.numbers.data(), wasm_f32x4_splat(factor), sums);
  }
}

}  // namespace edgel3::benchmarks
