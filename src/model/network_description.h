#pragma once

#include <string_view>

#include "edgel3/error.h"
#include "network/architecture.h"
#include "network/front_end.h"

namespace edgel3 {

/// What a network computes, from samples to its embedding.
struct NetworkDescription {
  FrontEnd front_end;
  Architecture architecture;

  friend bool operator==(const NetworkDescription&, const NetworkDescription&) = default;
};

/// Reads the JSON text `network` of a model file (docs/model-file.md lists its fields and the limits of
/// each). No description that is accepted asks for more than kMaxPlaneNumbers numbers in a plane or
/// kMaxMultiplyAdds a window. Errors: kModelInvalid for what is no such description, kModelUnsupported for
/// one beyond a limit or with a name that is not known.
Result<NetworkDescription> parse_network_description(std::string_view text);

inline constexpr std::size_t kMaxPlaneNumbers = std::size_t{1} << 24;
inline constexpr std::size_t kMaxWeights = std::size_t{1} << 24;
inline constexpr double kMaxMultiplyAdds = 1e11;

}  // namespace edgel3
