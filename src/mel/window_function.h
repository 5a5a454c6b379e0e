#pragma once

#include <cstddef>
#include <vector>

#include "network/front_end.h"

namespace edgel3 {

/// `size` values of `function`.
std::vector<float> window_values(WindowFunction function, std::size_t size);

}  // namespace edgel3
