#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace edgel3 {

/// The value that `text` states; null if it is not JSON, or if an object names something twice: parsers keep
/// whichever they like. It is the one place where JSON is parsed, because every variant of the parser is code
/// that the module carries.
nlohmann::json parse_json(std::string_view text);

}  // namespace edgel3
