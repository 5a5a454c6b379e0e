#include "model/model_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "support/allocation_meter.h"
#include "support/float16_bits.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

constexpr Storage kDense = {.sparse = false, .float16 = false};
constexpr Storage kSparse = {.sparse = true, .float16 = false};
constexpr Storage kDense16 = {.sparse = false, .float16 = true};
constexpr Storage kSparse16 = {.sparse = true, .float16 = true};
constexpr Storage kMasked16 = {.sparse = true, .float16 = true, .encoding = PositionEncoding::kMask};

const NetworkWeights& network() {
  static const NetworkWeights random = random_network("sea", 64, 0.9, 1);
  return random;
}

/// Why a file is refused; nothing if it is not.
std::optional<ErrorCode> refusal(std::span<const std::byte> file) {
  const auto model = ModelFile::parse(FileBytes::in_memory(file));
  if (model) return std::nullopt;
  EXPECT_FALSE(model.error().message.empty());
  return model.error().code;
}

std::optional<ErrorCode> refusal(const SafetensorsContents& contents) {
  return refusal(write_safetensors(contents));
}

template <typename Number>
void set_number(StoredTensor& tensor, std::size_t index, Number number) {
  std::memcpy(tensor.data.data() + (index * sizeof number), &number, sizeof number);
}

class ModelFileTest : public testing::TestWithParam<Storage> {
 protected:
  SafetensorsContents contents = model_contents(network(), GetParam());
};

TEST_P(ModelFileTest, ReadsWhatTheConverterWrites) {
  const std::vector<std::byte> file = write_safetensors(contents);
  const auto model = ModelFile::parse(FileBytes::in_memory(file));
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->architecture(), known_network("sea", 64).architecture);
  EXPECT_EQ(model->front_end(), kSeaFrontEnd);
  EXPECT_EQ(model->input().scale, 0.025F);
  EXPECT_EQ(model->input().shift, 1.1F);
  EXPECT_EQ(model->is_sparse(), GetParam().sparse);
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const ConvolutionWeights& written = network().convolutions[layer];
    const ConvolutionWeights read = model->convolution(layer);
    EXPECT_EQ(read.in_channels, written.in_channels) << layer;
    EXPECT_EQ(read.out_channels, written.out_channels) << layer;
    EXPECT_EQ(read.scale, written.scale) << layer;
    EXPECT_EQ(read.shift, written.shift) << layer;
    EXPECT_EQ(read.values.size(), model->stored_weights(layer)) << layer;
    if (!GetParam().sparse) {
      EXPECT_EQ(read.values, written.values) << layer;
      EXPECT_TRUE(read.positions.empty()) << layer;
      continue;
    }
    ASSERT_EQ(read.positions.size(), read.values.size()) << layer;
    std::vector<float> spread(written.values.size());
    for (std::size_t i = 0; i < read.values.size(); ++i) {
      EXPECT_NE(read.values[i], 0) << layer;
      spread[read.positions[i]] = read.values[i];
    }
    EXPECT_EQ(spread, written.values) << layer;
  }
}

TEST_P(ModelFileTest, ReadsTheBytesWhereverTheyLie) {
  std::vector<std::byte> file = write_safetensors(contents);
  file.insert(file.begin(), std::byte{});  // no number is aligned to its size now, or none was before
  const auto model = ModelFile::parse(FileBytes::in_memory(std::span(file).subspan(1)));
  ASSERT_TRUE(model) << model.error().message;
  const std::vector<float> before = model->convolution(0).shift;
  EXPECT_EQ(before, network().convolutions[0].shift);

  const std::span<const std::byte> bytes = std::as_bytes(std::span(before));
  const auto stored = std::ranges::search(file, bytes);
  constexpr float kOther = 42;
  std::memcpy(stored.data(), &kOther, sizeof kOther);
  EXPECT_EQ(model->convolution(0).shift.front(), kOther);
}

TEST_P(ModelFileTest, MayCarryMoreMetadata) {
  contents.metadata["name"] = "random";
  contents.metadata["license"] = "MIT";
  EXPECT_EQ(refusal(contents), std::nullopt);
}

TEST_P(ModelFileTest, RefusesOtherFormatsVersionsAndNetworks) {
  const auto expect_unsupported = [&](const std::string& key, const std::string& value) {
    SafetensorsContents other = contents;
    other.metadata[key] = value;
    EXPECT_EQ(refusal(other), ErrorCode::kModelUnsupported) << key << "=" << value;
  };
  for (const char* format : {"", "pt", "EdgeL3", "edgel3 "}) expect_unsupported("format", format);
  for (const char* version : {"", "0", "1", "3", "02", "2.0", "22"}) expect_unsupported("version", version);
  for (const char* key : {"format", "version"}) {
    SafetensorsContents other = contents;
    other.metadata.erase(key);
    EXPECT_EQ(refusal(other), ErrorCode::kModelUnsupported) << key;
  }
  contents.metadata.erase("network");
  EXPECT_EQ(refusal(contents), ErrorCode::kModelInvalid);
}

TEST_P(ModelFileTest, RefusesAnotherNetworksTensors) {
  contents.metadata["network"] = describe(known_network("sea", 128));
  EXPECT_EQ(refusal(contents), ErrorCode::kModelInvalid);
  contents.metadata["network"] = describe(known_network("sparse", 512));
  EXPECT_EQ(refusal(contents), ErrorCode::kModelInvalid);
}

TEST_P(ModelFileTest, RefusesAMissingTensor) {
  for (const auto& [name, tensor] : contents.tensors) {
    SafetensorsContents other = contents;
    other.tensors.erase(name);
    EXPECT_EQ(refusal(other), ErrorCode::kModelInvalid) << name;
  }
  contents.tensors.clear();
  EXPECT_EQ(refusal(contents), ErrorCode::kModelInvalid);
}

TEST_P(ModelFileTest, RefusesATensorThatTheNetworkDoesNotHave) {
  for (const char* name : {"conv9.shift", "conv1.bias", "conv1.weights", "input", ""}) {
    SafetensorsContents other = contents;
    other.tensors[name] = other.tensors["input.scale"];
    EXPECT_EQ(refusal(other), ErrorCode::kModelInvalid) << name;
  }
}

TEST_P(ModelFileTest, RefusesAWrongShape) {
  for (const auto& [name, tensor] : contents.tensors) {
    for (const bool behind : {false, true}) {
      SafetensorsContents other = contents;
      std::vector<std::uint64_t>& shape = other.tensors[name].shape;
      shape.insert(behind ? shape.end() : shape.begin(), 1);
      EXPECT_EQ(refusal(other), ErrorCode::kModelInvalid) << name;
    }
    SafetensorsContents longer = contents;
    StoredTensor& stored = longer.tensors[name];
    const std::size_t slice = stored.data.size() / stored.shape.front();
    stored.data.insert(stored.data.end(), stored.data.begin(),
                       stored.data.begin() + static_cast<std::ptrdiff_t>(slice));
    ++stored.shape.front();
    EXPECT_EQ(refusal(longer), ErrorCode::kModelInvalid) << name;
  }
}

TEST_P(ModelFileTest, RefusesBytesInsteadOfNumbers) {
  for (const auto& [name, tensor] : contents.tensors) {
    if (tensor.type == "U8") continue;
    SafetensorsContents other = contents;
    StoredTensor& stored = other.tensors[name];
    stored.data.resize(stored.data.size() / (stored.type == "F32" ? 4 : 2));
    stored.type = "U8";
    EXPECT_EQ(refusal(other), ErrorCode::kModelInvalid) << name;
  }
}

TEST_P(ModelFileTest, RefusesNumbersThatAreNotFinite) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const auto& [name, tensor] : contents.tensors) {
    if (tensor.type == "U8") continue;
    const bool half = tensor.type == "F16";
    const std::size_t count = tensor.data.size() / (half ? 2 : 4);
    for (const auto& [index, number] : {std::pair{0UZ, kInfinity}, std::pair{count / 2, -kInfinity},
                                        std::pair{count - 1, std::numeric_limits<float>::quiet_NaN()}}) {
      SafetensorsContents other = contents;
      if (half) {
        set_number(other.tensors[name], index, float16_bits(number));
      } else {
        set_number(other.tensors[name], index, number);
      }
      ASSERT_EQ(refusal(other), ErrorCode::kModelInvalid) << name << "[" << index << "] = " << number;
    }
  }
}

TEST_P(ModelFileTest, RefusesEveryTruncation) {
  const std::vector<std::byte> file = write_safetensors(contents);
  const std::size_t header_end =
      8 + std::to_integer<std::size_t>(file[0]) + (std::to_integer<std::size_t>(file[1]) << 8);
  for (std::size_t size = 0; size < file.size(); size += size < header_end ? 1 : 9973) {
    ASSERT_EQ(refusal(std::span(file).first(size)), ErrorCode::kModelInvalid) << size;
  }
  EXPECT_EQ(refusal(std::span(file).first(file.size() - 1)), ErrorCode::kModelInvalid);
}

INSTANTIATE_TEST_SUITE_P(Storages, ModelFileTest,
                         testing::Values(kDense, kSparse, kDense16, kSparse16, kMasked16),
                         [](const testing::TestParamInfo<Storage>& storage) {
                           const bool masked = storage.param.encoding == PositionEncoding::kMask;
                           return std::string(masked                 ? "Masked"
                                              : storage.param.sparse ? "Sparse"
                                                                     : "Dense") +
                                  (storage.param.float16 ? "Float16" : "Float32");
                         });

TEST(SparseModelFileTest, KeepsZerosThatAreStored) {
  SafetensorsContents contents = model_contents(network(), kSparse);
  set_number(contents.tensors["conv4.values"], 7, 0.0F);
  set_number(contents.tensors["conv4.values"], 8, -0.0F);
  const std::vector<std::byte> file = write_safetensors(contents);
  const auto model = ModelFile::parse(FileBytes::in_memory(file));
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->convolution(3).values.size(), contents.tensors["conv4.values"].shape.front());
  EXPECT_EQ(model->convolution(3).values[7], 0.0F);
}

/// Convolution 1, which has 288 weights, stores `count` of them at the positions `name` (conv1.gaps or
/// conv1.mask), the other convolutions as ever.
SafetensorsContents placed(std::size_t count, const std::string& name, StoredTensor positions) {
  SafetensorsContents contents = model_contents(network(), kSparse);
  contents.tensors["conv1.values"] = float32_tensor(std::vector(count, 1.0F), {count});
  contents.tensors.erase("conv1.gaps");
  contents.tensors[name] = std::move(positions);
  return contents;
}

std::optional<ErrorCode> gaps_refusal(std::size_t count, StoredTensor gaps) {
  return refusal(placed(count, "conv1.gaps", std::move(gaps)));
}

std::optional<ErrorCode> gaps_refusal(std::size_t count, const std::vector<std::byte>& gaps) {
  return gaps_refusal(count, {.type = "U8", .shape = {gaps.size()}, .data = gaps});
}

std::vector<std::byte> encode_gaps(const std::vector<std::uint32_t>& positions) {
  return encode_positions(PositionEncoding::kGaps, positions, 288);
}

std::optional<ErrorCode> mask_refusal(std::size_t count, const std::vector<std::byte>& mask) {
  return refusal(placed(count, "conv1.mask", {.type = "U8", .shape = {mask.size()}, .data = mask}));
}

TEST(SparseModelFileTest, RefusesPositionsThatDoNotFit) {
  constexpr std::byte kZero{0};
  EXPECT_EQ(gaps_refusal(288, std::vector(288, kZero)), std::nullopt);
  EXPECT_EQ(gaps_refusal(289, std::vector(289, kZero)), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(1, encode_gaps({287})), std::nullopt);
  EXPECT_EQ(gaps_refusal(1, encode_gaps({288})), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(2, encode_gaps({287})), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(2, encode_gaps({1, 2, 3})), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(1, std::vector{kZero, std::byte{255}}), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(1, std::vector{std::byte{255}}), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(1, std::vector<std::byte>()), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(0, encode_gaps({1})), ErrorCode::kModelInvalid);
}

TEST(SparseModelFileTest, RefusesMasksThatDoNotFit) {
  EXPECT_EQ(mask_refusal(288, std::vector(36, std::byte{255})), std::nullopt);
  EXPECT_EQ(mask_refusal(287, std::vector(36, std::byte{255})), ErrorCode::kModelInvalid);
  EXPECT_EQ(mask_refusal(289, std::vector(36, std::byte{255})), ErrorCode::kModelInvalid);
  EXPECT_EQ(mask_refusal(288, std::vector(37, std::byte{255})), ErrorCode::kModelInvalid);
  EXPECT_EQ(mask_refusal(280, std::vector(35, std::byte{255})), ErrorCode::kModelInvalid);
  EXPECT_EQ(mask_refusal(0, std::vector(36, std::byte{0})), ErrorCode::kModelInvalid);
  EXPECT_EQ(mask_refusal(0, std::vector<std::byte>()), ErrorCode::kModelInvalid);
}

TEST(SparseModelFileTest, RefusesPositionsThatAreStoredTwice) {
  SafetensorsContents contents = model_contents(network(), kSparse);
  contents.tensors["conv1.mask"] = model_contents(network(), kMasked16).tensors.at("conv1.mask");
  EXPECT_EQ(refusal(contents), ErrorCode::kModelInvalid);
}

TEST(SparseModelFileTest, RefusesPositionsInAnotherForm) {
  const std::vector<std::byte> gaps(288);
  EXPECT_EQ(gaps_refusal(288, {.type = "F16", .shape = {144}, .data = gaps}), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(288, {.type = "F32", .shape = {72}, .data = gaps}), ErrorCode::kModelInvalid);
  EXPECT_EQ(gaps_refusal(288, {.type = "U8", .shape = {2, 144}, .data = gaps}), ErrorCode::kModelInvalid);
}

TEST(SparseModelFileTest, IsSparseAsAWhole) {
  const SafetensorsContents dense = model_contents(network(), kDense);
  const SafetensorsContents sparse = model_contents(network(), kSparse);
  for (std::size_t layer = 1; layer <= kConvolutionCount; ++layer) {
    const std::string name = "conv" + std::to_string(layer);
    SafetensorsContents mixed = sparse;
    mixed.tensors[name + ".weight"] = dense.tensors.at(name + ".weight");
    EXPECT_EQ(refusal(mixed), ErrorCode::kModelInvalid) << name;
    mixed.tensors.erase(name + ".values");
    mixed.tensors.erase(name + ".gaps");
    EXPECT_EQ(refusal(mixed), ErrorCode::kModelInvalid) << name;
  }
}

TEST(SparseModelFileTest, TakesLittleMemoryToRefuseALargeFile) {
  if (!AllocationMeter::works()) GTEST_SKIP() << "the build without sanitizers does not count allocations";
  SafetensorsContents contents = model_contents(network(), kSparse);
  constexpr std::size_t kCount = 4'000'000;
  contents.tensors["conv1.values"] = {
      .type = "F16", .shape = {kCount}, .data = std::vector<std::byte>(2 * kCount)};
  const std::vector<std::byte> file = write_safetensors(contents);
  const AllocationMeter meter;
  EXPECT_EQ(refusal(file), ErrorCode::kModelInvalid);
  EXPECT_LT(meter.peak(), 200'000);
}

}  // namespace
}  // namespace edgel3
