#include "model/model_file.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "model/float16.h"
#include "model/network_description.h"
#include "model/nonzero_positions.h"

namespace edgel3 {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are read as the machine's own numbers");

std::unexpected<Error> invalid(const std::string& what) {
  return failure(ErrorCode::kModelInvalid, "The model file is damaged: " + what + ".");
}

/// Bytes that are read at a time where not all are needed at once: a hostile file may hold any number of
/// them.
constexpr std::size_t kPieceBytes = 65'536;

/// Calls `take` with the tensor's numbers, given by their bits, in pieces.
template <typename Bits, typename Take>
void for_each_piece(const FileBytes& data, Take take) {
  assert(data.size() % sizeof(Bits) == 0);
  std::vector<Bits> piece(std::min(data.size(), kPieceBytes) / sizeof(Bits));
  for (std::size_t done = 0; done < data.size();) {
    const std::size_t count = std::min(piece.size(), (data.size() - done) / sizeof(Bits));
    const std::span numbers = std::span(piece).first(count);
    data.read(done, std::as_writable_bytes(numbers));
    take(std::span<const Bits>(numbers));
    done += numbers.size_bytes();
  }
}

std::vector<float> decode_floats(const Tensor& tensor) {
  std::vector<float> numbers(tensor.element_count());
  if (tensor.type == DataType::kFloat32) {
    tensor.data.read(0, std::as_writable_bytes(std::span(numbers)));
    return numbers;
  }
  auto next = numbers.begin();
  for_each_piece<std::uint16_t>(tensor.data, [&](std::span<const std::uint16_t> halves) {
    next = std::ranges::transform(halves, next, float16_to_float32).out;
  });
  return numbers;
}

/// Whether no exponent has all its bits set.
template <typename Bits>
bool all_finite(const FileBytes& numbers, Bits exponent) {
  bool finite = true;
  for_each_piece<Bits>(numbers, [&](std::span<const Bits> piece) {
    finite &= std::ranges::none_of(piece, [&](Bits bits) { return (bits & exponent) == exponent; });
  });
  return finite;
}

bool all_finite(const Tensor& tensor) {
  if (tensor.type == DataType::kFloat32) return all_finite<std::uint32_t>(tensor.data, 0x7F800000);
  return all_finite<std::uint16_t>(tensor.data, 0x7C00);
}

/// The tensor `name` if it holds finite floating-point numbers in that shape (extent 0: any).
Result<Tensor> find_floats(const Safetensors& container, const std::string& name,
                           const std::vector<std::uint64_t>& shape) {
  const auto found = container.tensors.find(name);
  if (found == container.tensors.end()) return invalid("it has no tensor " + name);
  const Tensor& tensor = found->second;
  const bool shape_matches = std::ranges::equal(
      tensor.shape, shape,
      [](std::uint64_t actual, std::uint64_t expected) { return expected == 0 || actual == expected; });
  if (tensor.type == DataType::kUint8 || !shape_matches)
    return invalid("tensor " + name + " has the wrong shape or type");
  if (!all_finite(tensor)) return invalid("tensor " + name + " holds a number that is not finite");
  return tensor;
}

/// Where the `nonzeros` values of the convolution `name` stand among its weights.
Result<EncodedPositions> find_positions(const Safetensors& container, const std::string& name,
                                        std::size_t nonzeros, std::size_t weights) {
  auto found = container.tensors.find(name + ".gaps");
  const bool gaps = found != container.tensors.end();
  if (!gaps) found = container.tensors.find(name + ".mask");
  if (found == container.tensors.end())
    return invalid("it has neither " + name + ".gaps nor " + name + ".mask");
  const auto& [tensor_name, tensor] = *found;
  // Each byte of the gaps moves on by a position at least: with more bytes there is no need to read any.
  if (tensor.type != DataType::kUint8 || tensor.shape.size() != 1 || tensor.data.size() > weights) {
    return invalid("tensor " + tensor_name + " has the wrong shape or type");
  }
  const auto encoding = gaps ? PositionEncoding::kGaps : PositionEncoding::kMask;
  if (count_positions(encoding, tensor.data.read(), weights) != nonzeros) {
    return invalid("the positions in " + tensor_name + " do not fit its weights");
  }
  return EncodedPositions{.encoding = encoding, .bytes = tensor.data};
}

std::string text(const Safetensors& container, const std::string& key) {
  const auto found = container.metadata.find(key);
  return found == container.metadata.end() ? std::string() : found->second;
}

}  // namespace

Result<void> ModelFile::read_network(const Safetensors& container) {
  if (text(container, "format") != "edgel3") {
    return failure(
        ErrorCode::kModelUnsupported,
        "The safetensors file is not an edgel3 model; convert the published .h5 file with edgel3 instead.");
  }
  if (text(container, "version") != "2") {
    return failure(ErrorCode::kModelUnsupported,
                   "The model file has format version '" + text(container, "version") +
                       "', this core reads version 2; update edgel3 or convert the model again.");
  }
  auto description = parse_network_description(text(container, "network"));
  if (!description) return std::unexpected(std::move(description.error()));
  architecture_ = description->architecture;
  front_end_ = description->front_end;
  return {};
}

Result<void> ModelFile::read_input(const Safetensors& container) {
  const auto scale = find_floats(container, "input.scale", {1});
  if (!scale) return std::unexpected(scale.error());
  const auto shift = find_floats(container, "input.shift", {1});
  if (!shift) return std::unexpected(shift.error());
  input_ = {.scale = decode_floats(*scale).front(), .shift = decode_floats(*shift).front()};
  return {};
}

Result<void> ModelFile::read_layer(const Safetensors& container, std::size_t index) {
  const std::string name = "conv" + std::to_string(index + 1);
  const std::size_t in_channels = architecture_.in_channels(index);
  const std::size_t out_channels = architecture_.channels[index];
  Layer& layer = layers_[index];

  auto scale = find_floats(container, name + ".scale", {out_channels});
  if (!scale) return std::unexpected(std::move(scale.error()));
  layer.scale = std::move(*scale);

  auto shift = find_floats(container, name + ".shift", {out_channels});
  if (!shift) return std::unexpected(std::move(shift.error()));
  layer.shift = std::move(*shift);

  auto values = sparse_ ? find_floats(container, name + ".values", {0})
                        : find_floats(container, name + ".weight", {out_channels, in_channels, 3, 3});
  if (!values) return std::unexpected(std::move(values.error()));
  layer.values = std::move(*values);
  if (!sparse_) return {};

  auto positions =
      find_positions(container, name, layer.values.element_count(), architecture_.weight_count(index));
  if (!positions) return std::unexpected(std::move(positions.error()));
  layer.positions = std::move(*positions);
  return {};
}

Result<ModelFile> ModelFile::parse(const FileBytes& file) {
  const auto container = Safetensors::parse(file);
  if (!container) return std::unexpected(container.error());
  return read(*container);
}

Result<ModelFile> ModelFile::read(const Safetensors& container) {
  ModelFile model;
  if (auto read = model.read_network(container); !read) return std::unexpected(std::move(read.error()));
  if (auto read = model.read_input(container); !read) return std::unexpected(std::move(read.error()));
  model.sparse_ = container.tensors.contains("conv1.values");
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    if (auto read = model.read_layer(container, layer); !read)
      return std::unexpected(std::move(read.error()));
  }
  const std::size_t expected = 2 + kConvolutionCount * (model.sparse_ ? 4 : 3);
  if (container.tensors.size() != expected) return invalid("it holds tensors that the network does not have");
  return model;
}

ConvolutionWeights ModelFile::convolution(std::size_t layer) const {
  const Layer& stored = layers_[layer];
  return {.in_channels = architecture_.in_channels(layer),
          .out_channels = architecture_.channels[layer],
          .scale = decode_floats(stored.scale),
          .shift = decode_floats(stored.shift),
          .values = decode_floats(stored.values),
          .positions = sparse_ ? decode_positions(stored.positions.encoding, stored.positions.bytes.read())
                               : std::vector<std::uint32_t>()};
}

}  // namespace edgel3
