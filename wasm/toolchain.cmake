# The CMake toolchain of the Emscripten that the set-up found or unpacked.

set(setup_result ${CMAKE_CURRENT_LIST_DIR}/../build/setup.cmake)
if(NOT EXISTS ${setup_result})
  message(FATAL_ERROR "The set-up has not run: run 'node wasm/setup/setup.js' first.")
endif()
include(${setup_result})  # EDGEL3_EMSCRIPTEN_ROOT
include(${EDGEL3_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake)
