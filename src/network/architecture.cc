#include "network/architecture.h"

#include <utility>

namespace edgel3 {

std::string_view family_name(Family family) {
  switch (family) {
    case Family::kSparse:
      return "sparse";
    case Family::kSea:
      return "sea";
  }
  std::unreachable();
}

std::optional<Architecture> find_architecture(std::string_view family, std::size_t embedding_dimension) {
  if (family == family_name(Family::kSparse) && embedding_dimension == 512) {
    return Architecture{.family = Family::kSparse,
                        .input = {.height = 256, .width = 199},
                        .channels = {64, 64, 128, 128, 256, 256, 512, 512},
                        .relu_after_last = false};
  }
  Architecture sea{
      .family = Family::kSea, .input = {.height = 64, .width = 50}, .channels = {}, .relu_after_last = true};
  if (family != family_name(Family::kSea)) return std::nullopt;
  switch (embedding_dimension) {
    case 64:
      sea.channels = {32, 32, 64, 64, 128, 128, 64, 64};
      break;
    case 128:
      sea.channels = {32, 32, 64, 64, 128, 128, 128, 128};
      break;
    case 256:
      sea.channels = {32, 32, 64, 64, 128, 128, 256, 256};
      break;
    case 512:
      sea.channels = {64, 64, 128, 128, 256, 256, 512, 512};
      break;
    default:
      return std::nullopt;
  }
  return sea;
}

}  // namespace edgel3
