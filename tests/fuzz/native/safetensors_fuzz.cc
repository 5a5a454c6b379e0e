// Any bytes as a safetensors file. Where it is accepted, its tensors lie inside it, as large as their shapes
// say. Input: an even byte, then the file; or an odd byte, the number of data bytes (two bytes,
// little-endian), then the text of the header, so that a mutation need not guess the header's length.

#include "model/safetensors.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/require.h"

namespace edgel3 {
namespace {

std::vector<std::byte> file_around(std::span<const std::byte> header, std::size_t data_size) {
  std::vector<std::byte> file(8 + header.size() + data_size);
  for (std::size_t i = 0; i < 8; ++i) file[i] = static_cast<std::byte>(header.size() >> (8 * i));
  std::ranges::copy(header, file.begin() + 8);
  return file;
}

void parse(std::span<const std::byte> file) {
  const Result<Safetensors> container = Safetensors::parse(FileBytes::in_memory(file));
  if (!container) {
    const Error& error = container.error();
    require(error.code == ErrorCode::kModelInvalid || error.code == ErrorCode::kModelUnsupported,
            "a refusal is model_invalid or model_unsupported");
    require(error.message.ends_with('.'), "a refusal is a sentence");
    return;
  }
  std::size_t covered = 0;
  for (const auto& [name, tensor] : container->tensors) {
    // What lies outside the file is what AddressSanitizer reports.
    require(tensor.data.read().size() == tensor.data.size(), "a tensor can be read");
    std::size_t elements = 1;
    for (const std::uint64_t extent : tensor.shape) elements *= static_cast<std::size_t>(extent);
    require(elements == tensor.element_count(), "a tensor is as large as its shape");
    covered += tensor.data.size();
  }
  require(8 + covered <= file.size(), "tensors do not overlap");
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span input = std::as_bytes(std::span(data, size));
  if (data[0] % 2 == 0) {
    edgel3::parse(input.subspan(1));
  } else if (size >= 3) {
    edgel3::parse(edgel3::file_around(input.subspan(3), data[1] + (std::size_t{data[2]} << 8U)));
  }
  return 0;
}
