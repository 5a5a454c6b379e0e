#pragma once

#include <cstddef>
#include <vector>

namespace edgel3 {

/// The periodic Hann window of `size` samples, rounded to float32 as in kapre 0.1.4.
std::vector<float> periodic_hann(std::size_t size);

}  // namespace edgel3
