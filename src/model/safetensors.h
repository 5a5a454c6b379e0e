#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "edgel3/error.h"

namespace edgel3 {

enum class DataType : std::uint8_t { kFloat32, kFloat16, kUint8 };

/// One tensor of a safetensors file: a view into the file's bytes, little-endian, not necessarily aligned.
struct Tensor {
  DataType type = DataType::kUint8;
  std::vector<std::uint64_t> shape;
  std::span<const std::byte> data;

  /// The number of elements; `data.size()` is this times the size of one element.
  [[nodiscard]] std::size_t element_count() const;
};

/// A parsed safetensors container (https://github.com/huggingface/safetensors). Views into `file`, which must
/// outlive it.
struct Safetensors {
  std::map<std::string, std::string> metadata;
  std::map<std::string, Tensor> tensors;

  /// Accepts exactly the containers whose header is at most a megabyte of JSON without repeated names, and
  /// whose tensors have a known type, match their shapes in size, and cover the data without hole or overlap.
  /// Anything else is kModelInvalid; a tensor type other than F32, F16, U8 is kModelUnsupported.
  static Result<Safetensors> parse(std::span<const std::byte> file);
};

}  // namespace edgel3
