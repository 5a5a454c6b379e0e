#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "model/json.h"

namespace edgel3 {
namespace {

using nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
/// The headers of models take a few kilobytes. A hostile one takes some 80 times its size while it is parsed.
constexpr std::uint64_t kMaxHeaderBytes = 1'000'000;

std::unexpected<Error> invalid(const std::string& what) {
  return failure(ErrorCode::kModelInvalid,
                 "The model file is damaged or not a safetensors file: " + what + ".");
}

std::optional<DataType> data_type(std::string_view name) {
  if (name == "F32") return DataType::kFloat32;
  if (name == "F16") return DataType::kFloat16;
  if (name == "U8") return DataType::kUint8;
  return std::nullopt;
}

std::size_t element_size(DataType type) {
  switch (type) {
    case DataType::kFloat32:
      return 4;
    case DataType::kFloat16:
      return 2;
    case DataType::kUint8:
      return 1;
  }
  std::unreachable();
}

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// An array of non-negative integers, or nothing.
std::optional<std::vector<std::uint64_t>> integers(const json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array()) return std::nullopt;
  std::vector<std::uint64_t> values;
  for (const json& item : *found) {
    if (!item.is_number_unsigned()) return std::nullopt;
    values.push_back(item.get<std::uint64_t>());
  }
  return values;
}

/// The size in bytes that `shape` asks for, unless it is zero or exceeds `limit`.
std::optional<std::uint64_t> byte_count(const std::vector<std::uint64_t>& shape, DataType type,
                                        std::uint64_t limit) {
  std::uint64_t bytes = element_size(type);
  for (const std::uint64_t extent : shape) {
    if (extent == 0 || extent > limit / bytes) return std::nullopt;
    bytes *= extent;
  }
  return bytes;
}

Result<Tensor> parse_tensor(const std::string& name, const json& entry, const FileBytes& data, Range& range) {
  if (!entry.is_object()) return invalid("the entry of tensor " + name + " is not an object");
  const auto type_name = entry.find("dtype");
  const auto shape = integers(entry, "shape");
  const auto offsets = integers(entry, "data_offsets");
  if (type_name == entry.end() || !type_name->is_string() || !shape || !offsets || offsets->size() != 2) {
    return invalid("tensor " + name + " lacks a proper dtype, shape or data_offsets");
  }
  const auto type = data_type(type_name->get_ref<const std::string&>());
  if (!type) {
    return failure(
        ErrorCode::kModelUnsupported,
        "Tensor " + name + " has a type other than F32, F16 and U8; convert the model with edgel3.");
  }
  range = {.begin = (*offsets)[0], .end = (*offsets)[1]};
  if (range.begin > range.end || range.end > data.size()) {
    return invalid("tensor " + name + " lies outside the file, which may be truncated");
  }
  const auto bytes = byte_count(*shape, *type, data.size());
  if (!bytes || *bytes != range.end - range.begin) {
    return invalid("the size of tensor " + name + " does not match its shape");
  }
  return Tensor{.type = *type,
                .shape = *shape,
                .data = data.part(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(*bytes))};
}

/// Whether the ranges cover 0 to `size` without hole or overlap.
bool cover_exactly(std::vector<Range>& ranges, std::uint64_t size) {
  std::ranges::sort(ranges, {}, &Range::begin);
  std::uint64_t position = 0;
  for (const Range& range : ranges) {
    if (range.begin != position) return false;
    position = range.end;
  }
  return position == size;
}

}  // namespace

std::size_t Tensor::element_count() const { return data.size() / element_size(type); }

Result<Safetensors> Safetensors::parse(const FileBytes& file) {
  std::array<std::byte, kLengthBytes> length{};
  if (file.size() < length.size()) return invalid("it has fewer than 8 bytes");
  file.read(0, length);
  std::uint64_t header_size = 0;
  for (std::size_t i = 0; i < length.size(); ++i)
    header_size |= std::to_integer<std::uint64_t>(length[i]) << (8 * i);
  if (header_size > file.size() - length.size()) return invalid("its header is longer than the file");
  if (header_size > kMaxHeaderBytes) return invalid("its header is longer than a megabyte");

  std::string text(static_cast<std::size_t>(header_size), '\0');
  file.read(length.size(), std::as_writable_bytes(std::span(text)));
  const std::size_t data_begin = length.size() + text.size();
  const FileBytes data = file.part(data_begin, file.size() - data_begin);
  const json header = parse_json(text);
  if (!header.is_object()) return invalid("its header is not a JSON object of unique names");

  Safetensors result;
  std::vector<Range> ranges;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") {
      if (!entry.is_object()) return invalid("its metadata is not an object");
      for (const auto& [key, value] : entry.items()) {
        if (!value.is_string()) return invalid("its metadata holds something other than text");
        result.metadata.emplace(key, value.get_ref<const std::string&>());
      }
      continue;
    }
    Range range;
    auto tensor = parse_tensor(name, entry, data, range);
    if (!tensor) return std::unexpected(std::move(tensor.error()));
    ranges.push_back(range);
    result.tensors.emplace(name, std::move(*tensor));
  }
  if (!cover_exactly(ranges, data.size()))
    return invalid("its tensors overlap or leave bytes unaccounted for");
  return result;
}

}  // namespace edgel3
