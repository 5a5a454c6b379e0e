# The libraries the core calls: KissFFT, a few microkernels of XNNPACK, and those that are headers only. Their sources
# are those in EDGEL3_KISSFFT_SOURCE, EDGEL3_XNNPACK_SOURCE and EDGEL3_HEADERS, if all are given; else those that the
# set-up of npm laid out, if it has run; else FetchContent fetches the commits of third_party.json.

set(setup_result ${PROJECT_SOURCE_DIR}/build/setup.cmake)
if(NOT DEFINED EDGEL3_KISSFFT_SOURCE AND PROJECT_IS_TOP_LEVEL AND EXISTS ${setup_result})
  include(${setup_result})
endif()
if(NOT DEFINED EDGEL3_KISSFFT_SOURCE)
  include(FetchContent)
  file(READ third_party.json pins)
  set(libraries xnnpack kissfft fp16 fxdiv pthreadpool json)
  foreach(library ${libraries})
    string(JSON url GET ${pins} ${library} url)
    string(JSON commit GET ${pins} ${library} commit)
    # A folder that is not there: only the sources are wanted, not what they would build.
    FetchContent_Declare(edgel3_${library} GIT_REPOSITORY ${url} GIT_TAG ${commit} SOURCE_SUBDIR sources-only)
  endforeach()
  list(TRANSFORM libraries PREPEND edgel3_ OUTPUT_VARIABLE contents)
  FetchContent_MakeAvailable(${contents})
  set(EDGEL3_XNNPACK_SOURCE ${edgel3_xnnpack_SOURCE_DIR})
  set(EDGEL3_KISSFFT_SOURCE ${edgel3_kissfft_SOURCE_DIR})
  set(EDGEL3_HEADERS)
  foreach(library fp16 fxdiv pthreadpool json)
    list(APPEND EDGEL3_HEADERS ${edgel3_${library}_SOURCE_DIR}/include)
  endforeach()
endif()

# nlohmann-json for the core; FP16, FXdiv and pthreadpool, whose types XNNPACK's headers name.
add_library(header_libraries INTERFACE)
target_include_directories(header_libraries SYSTEM INTERFACE ${EDGEL3_HEADERS})

add_library(kissfft STATIC ${EDGEL3_KISSFFT_SOURCE}/kiss_fft.c ${EDGEL3_KISSFFT_SOURCE}/kiss_fftr.c)
target_include_directories(kissfft SYSTEM PUBLIC $<BUILD_INTERFACE:${EDGEL3_KISSFFT_SOURCE}>)
# Double, because the -80 dB floor of the mel spectrogram lies below what float32 resolves, and two transforms at once.
# Never with -ffast-math.
target_compile_definitions(kissfft PUBLIC kiss_fft_scalar=edgel3_f64x2)
target_compile_options(kissfft PRIVATE -include ${CMAKE_CURRENT_SOURCE_DIR}/mel/f64x2.h)

# f32-gemm: dense layers. f32-spmm: what the benchmark compares our sparse layers with.
if(EDGEL3_RELAXED_SIMD)
  set(kernels
    f32-spmm/gen/f32-spmm-32x1-minmax-wasmrelaxedsimd-x86.c
    f32-gemm/gen/f32-gemm-6x8-wasmrelaxedsimd-fma-loadsplat.c)
elseif(EMSCRIPTEN)
  set(kernels
    f32-spmm/gen/f32-spmm-32x1-minmax-wasmsimd-x86.c
    f32-gemm/gen/f32-gemm-4x8-wasmsimd-loadsplat.c)
else()
  set(kernels
    f32-spmm/gen/f32-spmm-8x1-minmax-scalar.c
    f32-gemm/gen/f32-gemm-4x4-scalar.c)
endif()
list(TRANSFORM kernels PREPEND ${EDGEL3_XNNPACK_SOURCE}/src/)

add_library(xnnpack_kernels STATIC ${kernels})
target_include_directories(xnnpack_kernels SYSTEM PUBLIC
  $<BUILD_INTERFACE:${EDGEL3_XNNPACK_SOURCE}/src> $<BUILD_INTERFACE:${EDGEL3_XNNPACK_SOURCE}/include>)
target_link_libraries(xnnpack_kernels PUBLIC $<BUILD_INTERFACE:header_libraries>)

foreach(target kissfft xnnpack_kernels)
  target_compile_options(${target} PRIVATE -w)
endforeach()
