#include "model/json.h"

#include <string>
#include <utility>
#include <vector>

namespace edgel3 {
namespace {

using nlohmann::json;

/// Builds the value while the parser reads it, and stops the parser at a name that stands twice in one
/// object.
class Builder {
 public:
  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(json::number_integer_t value) { return put(value); }
  bool number_unsigned(json::number_unsigned_t value) { return put(value); }
  bool number_float(json::number_float_t value, const std::string& /*text*/) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  static bool binary(const json::binary_t& /*value*/) { return false; }  // in other formats than text

  bool start_object(std::size_t /*size*/) { return put(json::object()) && open(); }
  bool key(std::string& name) {
    const auto [member, is_new] = open_.back()->get_ref<json::object_t&>().try_emplace(std::move(name));
    last_ = &member->second;
    return is_new;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t /*size*/) { return put(json::array()) && open(); }
  bool end_array() { return close(); }

  static bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                          const json::exception& /*error*/) {
    return false;
  }

  /// What was read.
  json take() { return std::move(root_); }

 private:
  /// Puts a value behind the others of the open array, or where the last name said.
  bool put(json value) {
    if (!open_.empty() && open_.back()->is_array()) {
      last_ = &open_.back()->get_ref<json::array_t&>().emplace_back();
    }
    *last_ = std::move(value);
    return true;
  }
  bool open() { return open_.push_back(last_), true; }
  bool close() { return open_.pop_back(), true; }

  json root_;
  json* last_ = &root_;      // the value that is being read
  std::vector<json*> open_;  // the arrays and objects around it
};

}  // namespace

json parse_json(std::string_view text) {
  if (text.contains('\0')) return nullptr;  // nlohmann-json takes it for the end
  Builder builder;
  if (!json::sax_parse(text, &builder)) return nullptr;
  // Moved: a copy would recurse as deep as a hostile text nests.
  return builder.take();
}

}  // namespace edgel3
