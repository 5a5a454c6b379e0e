# Target "lint": clang-tidy over our C++ sources, each again when it, a header or the rules have changed. The native
# build checks the core and its tests, the relaxed WebAssembly build the bindings and the benchmark.

file(GLOB_RECURSE rules CONFIGURE_DEPENDS src/*.h tests/*.h .clang-tidy tests/src/.clang-tidy tests/fuzz/native/.clang-tidy)

if(EMSCRIPTEN)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS wasm/*.cc tests/benchmarks/*.cc)
  # What em++ tells clang about its target.
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --cflags OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND ${flags})
  list(TRANSFORM flags PREPEND --extra-arg=)
else()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cc tests/src/*.cc tests/native/*.cc tests/fuzz/native/*.cc)
  set(flags)
endif()

set(stamps)
foreach(source ${sources})
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
  set(stamp ${CMAKE_BINARY_DIR}/lint/${name}.stamp)
  cmake_path(GET stamp PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${stamp}
    COMMAND clang-tidy-19 -p ${CMAKE_BINARY_DIR} --quiet ${flags} ${source}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${source} ${rules}
    COMMENT "clang-tidy ${name}"
    VERBATIM)
  list(APPEND stamps ${stamp})
endforeach()
add_custom_target(lint DEPENDS ${stamps})
