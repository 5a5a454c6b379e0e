/* Also read by KissFFT's sources, which are C. */
#ifndef EDGEL3_MEL_F64X2_H
#define EDGEL3_MEL_F64X2_H

/** Two doubles that go through the front end side by side, one of each of two STFT columns: one WebAssembly
 *  SIMD register. No lane knows of the other, so a column is the same to the last bit whatever its neighbour.
 *  Aligned as a double, for KissFFT puts them behind pointers in one allocation. */
typedef double edgel3_f64x2 __attribute__((ext_vector_type(2), aligned(8)));

#ifdef __cplusplus
namespace edgel3 {
using F64x2 = edgel3_f64x2;
}  // namespace edgel3
#endif

#endif
