#pragma once

#include <cstddef>
#include <cstring>

namespace edgel3 {

/// Four floats: one WebAssembly SIMD register. The compiler's own vectors, so that the native build runs the
/// same code.
using Vector = float __attribute__((vector_size(16)));
inline constexpr std::size_t kLanes = 4;

/// No alignment needed.
inline Vector load(const float* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

/// No alignment needed.
inline void store(float* to, Vector vector) { std::memcpy(to, &vector, sizeof vector); }

inline Vector splat(float number) { return Vector{number, number, number, number}; }

/// a * b + c; rounded once or twice, as the relaxed instruction of the machine does.
inline Vector multiply_add(Vector a, Vector b, Vector c) {
#if defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
  return (a * b) + c;
#endif
}

inline Vector maximum(Vector a, Vector b) { return a > b ? a : b; }

}  // namespace edgel3
