# The libraries the core calls, from the sources that the set-up laid out: KissFFT, a few microkernels of XNNPACK,
# and those that are headers only.

set(setup_result ${CMAKE_SOURCE_DIR}/build/setup.cmake)
if(NOT EXISTS ${setup_result})
  message(FATAL_ERROR "The set-up has not run: run 'node wasm/setup/setup.js' first.")
endif()
include(${setup_result})  # EDGEL3_KISSFFT_SOURCE, EDGEL3_XNNPACK_SOURCE, EDGEL3_HEADERS

# nlohmann-json for the core; FP16, FXdiv and pthreadpool, whose types XNNPACK's headers name.
add_library(header_libraries INTERFACE)
target_include_directories(header_libraries SYSTEM INTERFACE ${EDGEL3_HEADERS})

add_library(kissfft STATIC ${EDGEL3_KISSFFT_SOURCE}/kiss_fft.c ${EDGEL3_KISSFFT_SOURCE}/kiss_fftr.c)
target_include_directories(kissfft SYSTEM PUBLIC ${EDGEL3_KISSFFT_SOURCE})
# Double, because the -80 dB floor of the mel spectrogram lies below what float32 resolves, and two transforms at once.
# Never with -ffast-math.
target_compile_definitions(kissfft PUBLIC kiss_fft_scalar=edgel3_f64x2)
target_compile_options(kissfft PRIVATE -include ${CMAKE_CURRENT_SOURCE_DIR}/mel/f64x2.h)

# f32-gemm: dense layers. f32-spmm: what the benchmark compares our sparse layers with.
if(EDGEL3_RELAXED_SIMD)
  set(kernels
    f32-spmm/gen/f32-spmm-32x1-minmax-wasmrelaxedsimd-x86.c
    f32-gemm/gen/f32-gemm-4x8-minmax-wasmrelaxedsimd-fma-loadsplat.c)
elseif(EMSCRIPTEN)
  set(kernels
    f32-spmm/gen/f32-spmm-32x1-minmax-wasmsimd-x86.c
    f32-gemm/gen/f32-gemm-4x8-minmax-wasmsimd-x86-loadsplat.c)
else()
  set(kernels
    f32-spmm/gen/f32-spmm-8x1-minmax-scalar.c
    f32-gemm/gen/f32-gemm-4x4-minmax-scalar.c)
endif()
list(TRANSFORM kernels PREPEND ${EDGEL3_XNNPACK_SOURCE}/src/)

add_library(xnnpack_kernels STATIC ${kernels})
target_include_directories(xnnpack_kernels SYSTEM PUBLIC
  ${EDGEL3_XNNPACK_SOURCE}/src ${EDGEL3_XNNPACK_SOURCE}/include)
target_link_libraries(xnnpack_kernels PUBLIC header_libraries)

foreach(target kissfft xnnpack_kernels)
  target_compile_options(${target} PRIVATE -w)
endforeach()
