#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace edgel3 {

/// A tensor as it is to stand in a file, whether or not type, shape and data fit each other.
struct StoredTensor {
  std::string type;
  std::vector<std::uint64_t> shape;
  std::vector<std::byte> data;
};

/// What is to stand in a safetensors file. Tests damage it before they write it.
struct SafetensorsContents {
  std::map<std::string, std::string> metadata;
  std::map<std::string, StoredTensor> tensors;
};

/// The length of `header`, `header` and `data`.
inline std::vector<std::byte> safetensors_file(std::string_view header, const std::vector<std::byte>& data) {
  std::vector<std::byte> file;
  const std::uint64_t length = header.size();
  for (std::size_t i = 0; i < 8; ++i) file.push_back(static_cast<std::byte>(length >> (8 * i)));
  for (const char character : header) file.push_back(static_cast<std::byte>(character));
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

/// `text` as it stands in JSON. It may hold quotation marks, but nothing else that needs an escape.
inline std::string json_text(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"') result += '\\';
    result += letter;
  }
  return result + "\"";
}

/// The file with all tensors one after another in the order of their names.
inline std::vector<std::byte> write_safetensors(const SafetensorsContents& contents) {
  std::string header = R"({"__metadata__":{)";
  std::string_view separator;
  for (const auto& [key, value] : contents.metadata) {
    header.append(separator).append(json_text(key) + ":" + json_text(value));
    separator = ",";
  }
  header += "}";
  std::vector<std::byte> data;
  for (const auto& [name, tensor] : contents.tensors) {
    header += ",\"" + name + R"(":{"dtype":")" + tensor.type + R"(","shape":[)";
    separator = "";
    for (const std::uint64_t extent : tensor.shape) {
      header.append(separator).append(std::to_string(extent));
      separator = ",";
    }
    header += R"(],"data_offsets":[)" + std::to_string(data.size()) + ",";
    data.insert(data.end(), tensor.data.begin(), tensor.data.end());
    header += std::to_string(data.size()) + "]}";
  }
  header += "}";
  return safetensors_file(header, data);
}

}  // namespace edgel3
