# The libraries the core calls: KissFFT, and nlohmann-json, which is headers only. Their sources are those in
# EDGEL3_KISSFFT_SOURCE and EDGEL3_HEADERS, if both are given; else those that the set-up of npm laid out, if it has
# run; else FetchContent fetches the commits of third_party.json.

set(setup_result ${PROJECT_SOURCE_DIR}/build/setup.cmake)
if(NOT DEFINED EDGEL3_KISSFFT_SOURCE AND PROJECT_IS_TOP_LEVEL AND EXISTS ${setup_result})
  include(${setup_result})
endif()
if(NOT DEFINED EDGEL3_KISSFFT_SOURCE)
  include(FetchContent)
  file(READ third_party.json pins)
  set(libraries kissfft json)
  foreach(library ${libraries})
    string(JSON url GET ${pins} ${library} url)
    string(JSON commit GET ${pins} ${library} commit)
    # A folder that is not there: only the sources are wanted, not what they would build.
    FetchContent_Declare(edgel3_${library} GIT_REPOSITORY ${url} GIT_TAG ${commit} SOURCE_SUBDIR sources-only)
  endforeach()
  list(TRANSFORM libraries PREPEND edgel3_ OUTPUT_VARIABLE contents)
  FetchContent_MakeAvailable(${contents})
  set(EDGEL3_KISSFFT_SOURCE ${edgel3_kissfft_SOURCE_DIR})
  set(EDGEL3_HEADERS ${edgel3_json_SOURCE_DIR}/include)
endif()

# The set-up's folder also has what the benchmark needs.
add_library(header_libraries INTERFACE)
target_include_directories(header_libraries SYSTEM INTERFACE ${EDGEL3_HEADERS})

add_library(kissfft STATIC ${EDGEL3_KISSFFT_SOURCE}/kiss_fft.c ${EDGEL3_KISSFFT_SOURCE}/kiss_fftr.c)
target_include_directories(kissfft SYSTEM PUBLIC $<BUILD_INTERFACE:${EDGEL3_KISSFFT_SOURCE}>)
# Double, because the -80 dB floor of the mel spectrogram lies below what float32 resolves, and two transforms at once.
# Never with -ffast-math.
target_compile_definitions(kissfft PUBLIC kiss_fft_scalar=edgel3_f64x2)
target_compile_options(kissfft PRIVATE -w -include ${CMAKE_CURRENT_SOURCE_DIR}/mel/f64x2.h)
