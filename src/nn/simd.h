#pragma once

#include <cstddef>
#include <cstring>

namespace edgel3 {

/// Four floats: one WebAssembly SIMD register. The compiler's own vectors, so that the native build runs the
/// same code.
using F32x4 = float __attribute__((vector_size(16)));
inline constexpr std::size_t kLanes = 4;

/// Four doubles, in two registers. Passed to functions by reference only: how it is passed by value depends
/// on what the machine has.
using F64x4 = double __attribute__((vector_size(32)));

/// No alignment needed.
inline F32x4 load(const float* from) {
  F32x4 vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

/// No alignment needed.
inline void store(float* to, F32x4 vector) { std::memcpy(to, &vector, sizeof vector); }

/// Four floats as doubles; no alignment needed.
inline void load(const float* from, F64x4& vector) { vector = __builtin_convertvector(load(from), F64x4); }

inline F32x4 splat(float number) { return F32x4{number, number, number, number}; }

/// a * b + c; rounded once or twice, as the relaxed instruction of the machine does.
inline F32x4 multiply_add(F32x4 a, F32x4 b, F32x4 c) {
#if defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
  return (a * b) + c;
#endif
}

/// sum += a * b. Where both are floats as doubles the product is exact, and every machine gives the same.
inline void add_product(const F64x4& a, double b, F64x4& sum) {
#if defined(__wasm_relaxed_simd__)
  using F64x2 = double __attribute__((vector_size(16)));
  const F64x2 factor{b, b};
  const F64x2 lower = __builtin_wasm_relaxed_madd_f64x2(__builtin_shufflevector(a, a, 0, 1), factor,
                                                        __builtin_shufflevector(sum, sum, 0, 1));
  const F64x2 upper = __builtin_wasm_relaxed_madd_f64x2(__builtin_shufflevector(a, a, 2, 3), factor,
                                                        __builtin_shufflevector(sum, sum, 2, 3));
  sum = __builtin_shufflevector(lower, upper, 0, 1, 2, 3);
#else
  sum += a * b;
#endif
}

inline F32x4 maximum(F32x4 a, F32x4 b) { return a > b ? a : b; }

}  // namespace edgel3
