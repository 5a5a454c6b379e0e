#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "edgel3/error.h"
#include "model/file_bytes.h"

namespace edgel3 {

enum class DataType : std::uint8_t { kFloat32, kFloat16, kUint8 };

/// One tensor of a safetensors file. Its numbers are little-endian and stay in the file until they are read.
struct Tensor {
  DataType type = DataType::kUint8;
  std::vector<std::uint64_t> shape;
  FileBytes data;

  /// The number of elements; `data.size()` is this times the size of one element.
  [[nodiscard]] std::size_t element_count() const;
};

/// A parsed safetensors container (https://github.com/huggingface/safetensors).
struct Safetensors {
  std::map<std::string, std::string> metadata;
  std::map<std::string, Tensor> tensors;

  /// Accepts exactly the containers whose header is at most a megabyte of JSON without repeated names, and
  /// whose tensors have a known type, match their shapes in size, and cover the data without hole or overlap.
  /// Anything else is kModelInvalid; a tensor type other than F32, F16, U8 is kModelUnsupported.
  static Result<Safetensors> parse(const FileBytes& file);
};

}  // namespace edgel3
