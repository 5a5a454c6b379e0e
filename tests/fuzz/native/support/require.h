#pragma once

#include <cstdio>
#include <cstdlib>

namespace edgel3 {

/// Ends the process unless `holds`: for a fuzzer that is a finding. Unlike assert it stays in every build.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "Expected: %s.\n", what);
  std::abort();
}

}  // namespace edgel3
