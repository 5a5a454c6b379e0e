#include "model/safetensors.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "support/allocation_meter.h"
#include "support/write_safetensors.h"

namespace edgel3 {
namespace {

/// Bytes 0, 1, 2, ...
std::vector<std::byte> data(std::size_t size) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::byte>(i));
  return bytes;
}

/// Why `file` is refused; nothing if it is not.
std::optional<ErrorCode> refusal(std::span<const std::byte> file) {
  const auto parsed = Safetensors::parse(FileBytes::in_memory(file));
  if (parsed) return std::nullopt;
  EXPECT_FALSE(parsed.error().message.empty());
  return parsed.error().code;
}

std::optional<ErrorCode> refusal(std::string_view header, std::size_t data_size) {
  return refusal(safetensors_file(header, data(data_size)));
}

constexpr std::string_view kHeader = R"({"__metadata__":{"format":"test","empty":""},)"
                                     R"("floats":{"dtype":"F32","shape":[2,1],"data_offsets":[1,9]},)"
                                     R"("halves":{"dtype":"F16","shape":[3],"data_offsets":[9,15]},)"
                                     R"("bytes":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}  )";

TEST(SafetensorsTest, ReadsTensorsInAnyOrderAndMetadata) {
  const std::vector<std::byte> file = safetensors_file(kHeader, data(15));
  const auto parsed = Safetensors::parse(FileBytes::in_memory(file));
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->metadata, (std::map<std::string, std::string>{{"format", "test"}, {"empty", ""}}));
  ASSERT_EQ(parsed->tensors.size(), 3U);

  const Tensor& floats = parsed->tensors.at("floats");
  EXPECT_EQ(floats.type, DataType::kFloat32);
  EXPECT_EQ(floats.shape, (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(floats.element_count(), 2U);
  EXPECT_EQ(floats.data.read(), (std::vector(file.end() - 14, file.end() - 6)));

  const Tensor& halves = parsed->tensors.at("halves");
  EXPECT_EQ(halves.type, DataType::kFloat16);
  EXPECT_EQ(halves.element_count(), 3U);
  EXPECT_EQ(halves.data.read().front(), std::byte{9});

  const Tensor& bytes = parsed->tensors.at("bytes");
  EXPECT_EQ(bytes.type, DataType::kUint8);
  EXPECT_TRUE(bytes.shape.empty());
  EXPECT_EQ(bytes.element_count(), 1U);
}

TEST(SafetensorsTest, ReadsAContainerOfNothing) {
  const std::vector<std::byte> file = safetensors_file("{}", {});
  const auto parsed = Safetensors::parse(FileBytes::in_memory(file));
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->tensors.empty());
  EXPECT_TRUE(parsed->metadata.empty());
}

TEST(SafetensorsTest, RefusesEveryTruncationAndExtension) {
  std::vector<std::byte> file = safetensors_file(kHeader, data(15));
  for (std::size_t size = 0; size < file.size(); ++size) {
    // A copy of its own, so that AddressSanitizer sees reads past its end.
    const std::vector<std::byte> start(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(refusal(start), ErrorCode::kModelInvalid) << size;
  }
  file.push_back({});
  EXPECT_EQ(refusal(file), ErrorCode::kModelInvalid);
}

TEST(SafetensorsTest, SurvivesEveryChangedByte) {
  const std::vector<std::byte> original = safetensors_file(kHeader, data(15));
  for (std::size_t i = 0; i < 8 + kHeader.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::vector<std::byte> file = original;
      file[i] = static_cast<std::byte>(value);
      const auto code = refusal(file);
      ASSERT_TRUE(!code || *code == ErrorCode::kModelInvalid || *code == ErrorCode::kModelUnsupported)
          << "byte " << i << " is " << value;
    }
  }
}

TEST(SafetensorsTest, RefusesALieAboutTheHeadersLength) {
  const std::vector<std::byte> file = safetensors_file(kHeader, data(15));
  for (const std::uint64_t length :
       std::set<std::uint64_t>{0, 1, kHeader.size() - 3, kHeader.size() + 1, file.size() - 8, file.size() - 7,
                               file.size(), 100'000'001, 1ULL << 31U, 1ULL << 32U,
                               (1ULL << 32U) + kHeader.size(), 1ULL << 63U, ~0ULL, ~0ULL - 7}) {
    std::vector<std::byte> lie = file;
    for (std::size_t i = 0; i < 8; ++i) lie[i] = static_cast<std::byte>(length >> (8 * i));
    EXPECT_EQ(refusal(lie), ErrorCode::kModelInvalid) << length;
  }
}

TEST(SafetensorsTest, RefusesAHeaderBeyondAMegabyte) {
  EXPECT_EQ(refusal("{}" + std::string(999'998, ' '), 0), std::nullopt);
  EXPECT_EQ(refusal("{}" + std::string(999'999, ' '), 0), ErrorCode::kModelInvalid);
}

TEST(SafetensorsTest, RefusesAHeaderThatIsNotAnObject) {
  for (const std::string_view header : {"",
                                        " ",
                                        "null",
                                        "0",
                                        "true",
                                        "\"text\"",
                                        "[]",
                                        "[{}]",
                                        "{",
                                        "}",
                                        "{}{}",
                                        "{},",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "nan",
                                        "{\"__metadata__\":{},}",
                                        "{\"\xFF\":{}}",
                                        "\xEF\xBB",
                                        "// {}\n",
                                        "{} x"}) {
    EXPECT_EQ(refusal(header, 0), ErrorCode::kModelInvalid) << header;
  }
  EXPECT_EQ(refusal(std::string_view("{}\0", 3), 0), ErrorCode::kModelInvalid);
}

TEST(SafetensorsTest, SurvivesDeepNesting) {
  constexpr std::size_t kDepth = 150'000;
  const std::string closed = std::string(kDepth, '[') + std::string(kDepth, ']');
  EXPECT_EQ(refusal(std::string(6 * kDepth, '['), 0), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal(closed, 0), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal("{\"a\":" + closed + "}", 0), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal("{\"__metadata__\":{\"a\":" + closed + "}}", 0), ErrorCode::kModelInvalid);
  std::string objects;
  for (std::size_t i = 0; i < kDepth; ++i) objects += "{\"a\":";
  EXPECT_EQ(refusal(objects + "0" + std::string(kDepth, '}'), 0), ErrorCode::kModelInvalid);
}

TEST(SafetensorsTest, TakesLimitedMemoryForAHostileHeader) {
  if (!AllocationMeter::works()) GTEST_SKIP() << "the build without sanitizers does not count allocations";
  constexpr std::size_t kMost = 1'000'000;
  const auto repeat = [](std::string_view piece) {
    std::string text;
    while (text.size() + piece.size() <= kMost - 20) text += piece;
    return text;
  };
  std::string many_names = "{";
  for (std::size_t i = 0; many_names.size() < kMost - 20; ++i)
    many_names += "\"" + std::to_string(i) + "\":0,";
  for (const std::string& header :
       {repeat("["), repeat("{\"\":"), "{\"\":[" + repeat("0,") + "0]}", "{\"\":[" + repeat("[],") + "0]}",
        "{\"\":[" + repeat("{},") + "0]}", many_names + "\"\":0}", "{\"" + repeat("x") + "\":{}}"}) {
    const std::vector<std::byte> file = safetensors_file(header, {});
    const AllocationMeter meter;
    EXPECT_EQ(refusal(file), ErrorCode::kModelInvalid);
    EXPECT_LT(meter.peak(), std::int64_t{100} * kMost) << header.substr(0, 20);
  }
}

TEST(SafetensorsTest, TakesNoMemoryForWhatAFileOnlyClaims) {
  if (!AllocationMeter::works()) GTEST_SKIP() << "the build without sanitizers does not count allocations";
  for (const char* shape : {"[4294967296]", "[9223372036854775807]", "[65536,65536,65536,65536]"}) {
    const std::vector<std::byte> file = safetensors_file(
        std::string(R"({"a":{"dtype":"U8","data_offsets":[0,1],"shape":)") + shape + "}}", data(1));
    const AllocationMeter meter;
    EXPECT_EQ(refusal(file), ErrorCode::kModelInvalid);
    EXPECT_LT(meter.peak(), 10'000);
  }
}

TEST(SafetensorsTest, RefusesMetadataOtherThanText) {
  for (const std::string_view metadata : {"null", "[]", "0", "\"text\"", R"({"a":1})", R"({"a":null})",
                                          R"({"a":["b"]})", R"({"a":{}})", R"({"a":"b","c":true})"}) {
    EXPECT_EQ(refusal("{\"__metadata__\":" + std::string(metadata) + "}", 0), ErrorCode::kModelInvalid)
        << metadata;
  }
}

/// Whether a container is refused whose only tensor, of 8 bytes, is described by `entry`.
std::optional<ErrorCode> entry_refusal(std::string_view entry) {
  return refusal("{\"tensor\":" + std::string(entry) + "}", 8);
}

TEST(SafetensorsTest, RefusesAnEntryWithoutProperFields) {
  ASSERT_EQ(entry_refusal(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})"), std::nullopt);
  for (const std::string_view entry : {
           "null",
           "[]",
           "{}",
           "\"F32\"",
           R"({"shape":[2],"data_offsets":[0,8]})",
           R"({"dtype":"F32","data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[2]})",
           R"({"dtype":32,"shape":[2],"data_offsets":[0,8]})",
           R"({"dtype":["F32"],"shape":[2],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":2,"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":["2"],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[2e0],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[true,2],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[[2]],"data_offsets":[0,8]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":{"begin":0,"end":8}})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[0]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[0,8,8]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[0,8.0]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[-0,8]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[-8,0]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551624]})",
           R"({"dtype":"F32","shape":[2],"data_offsets":[null,8]})",
       }) {
    EXPECT_EQ(entry_refusal(entry), ErrorCode::kModelInvalid) << entry;
  }
}

TEST(SafetensorsTest, RefusesATypeItDoesNotKnow) {
  for (const std::string_view type : {"F64", "BF16", "I8", "BOOL", "f32", "F32 ", ""}) {
    EXPECT_EQ(entry_refusal("{\"dtype\":\"" + std::string(type) + R"(","shape":[2],"data_offsets":[0,8]})"),
              ErrorCode::kModelUnsupported)
        << type;
  }
}

TEST(SafetensorsTest, RefusesASizeThatDoesNotFitTheShape) {
  // 4611686018427387906 = 3 * 1537228672809129302 elements of 4 bytes are 2^64 + 8 bytes.
  for (const std::string_view shape : {"[]",
                                       "[1]",
                                       "[3]",
                                       "[0]",
                                       "[2,0]",
                                       "[0,0]",
                                       "[2,2]",
                                       "[1,1]",
                                       "[8]",
                                       "[4611686018427387906]",
                                       "[3,1537228672809129302]",
                                       "[18446744073709551615]",
                                       "[18446744073709551616]",
                                       "[4294967296,4294967296]",
                                       "[4294967296,4294967296,4294967296]",
                                       "[4611686018427387904,2]",
                                       "[2147483648,2147483648,2]",
                                       "[9223372036854775808,2,2]",
                                       "[0,18446744073709551615]",
                                       "[18446744073709551615,0]"}) {
    EXPECT_EQ(
        entry_refusal("{\"dtype\":\"F32\",\"shape\":" + std::string(shape) + R"(,"data_offsets":[0,8]})"),
        ErrorCode::kModelInvalid)
        << shape;
  }
}

TEST(SafetensorsTest, RefusesATensorOutsideTheData) {
  for (const std::string_view offsets :
       {"[0,9]", "[1,9]", "[8,16]", "[8,0]", "[9,9]", "[9,17]", "[0,4294967304]", "[18446744073709551615,7]",
        "[18446744073709551608,18446744073709551615]"}) {
    EXPECT_EQ(entry_refusal(R"({"dtype":"F32","shape":[2],"data_offsets":)" + std::string(offsets) + "}"),
              ErrorCode::kModelInvalid)
        << offsets;
  }
}

/// Whether a container is refused that holds `size` bytes and two tensors of bytes with these ranges.
std::optional<ErrorCode> pair_refusal(std::size_t a_begin, std::size_t a_end, std::size_t b_begin,
                                      std::size_t b_end, std::size_t size) {
  const auto entry = [](std::size_t begin, std::size_t end) {
    return R"({"dtype":"U8","shape":[)" + std::to_string(end - begin) + R"(],"data_offsets":[)" +
           std::to_string(begin) + "," + std::to_string(end) + "]}";
  };
  return refusal("{\"a\":" + entry(a_begin, a_end) + ",\"b\":" + entry(b_begin, b_end) + "}", size);
}

TEST(SafetensorsTest, RefusesOverlapsAndHoles) {
  EXPECT_EQ(pair_refusal(0, 4, 4, 8, 8), std::nullopt);
  EXPECT_EQ(pair_refusal(4, 8, 0, 4, 8), std::nullopt);              // any order
  EXPECT_EQ(pair_refusal(0, 5, 4, 8, 8), ErrorCode::kModelInvalid);  // overlap
  EXPECT_EQ(pair_refusal(0, 8, 2, 4, 8), ErrorCode::kModelInvalid);  // one inside the other
  EXPECT_EQ(pair_refusal(0, 8, 0, 8, 8), ErrorCode::kModelInvalid);  // the same
  EXPECT_EQ(pair_refusal(0, 4, 0, 8, 8), ErrorCode::kModelInvalid);
  EXPECT_EQ(pair_refusal(0, 3, 4, 8, 8), ErrorCode::kModelInvalid);  // hole
  EXPECT_EQ(pair_refusal(1, 4, 4, 8, 8), ErrorCode::kModelInvalid);  // hole in front
  EXPECT_EQ(pair_refusal(0, 4, 4, 8, 9), ErrorCode::kModelInvalid);  // something left behind
  EXPECT_EQ(pair_refusal(0, 4, 4, 4, 4), ErrorCode::kModelInvalid);  // nothing at all in one
}

TEST(SafetensorsTest, RefusesANameThatStandsTwice) {
  constexpr std::string_view kEntry = R"("a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]})";
  const std::string once(kEntry);
  EXPECT_EQ(refusal("{" + once + "}", 8), std::nullopt);
  EXPECT_EQ(refusal("{" + once + "," + once + "}", 8), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal(R"({"__metadata__":{},)" + once + R"(,"__metadata__":{}})", 8), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal(R"({"__metadata__":{"b":"1","b":"2"},)" + once + "}", 8), ErrorCode::kModelInvalid);
  EXPECT_EQ(refusal(R"({"a":{"dtype":"U8","shape":[7],"shape":[8],"data_offsets":[0,8]}})", 8),
            ErrorCode::kModelInvalid);
  // The same name in different objects is none that stands twice.
  EXPECT_EQ(refusal(R"({"__metadata__":{"a":"dtype","shape":""},)" + once + "}", 8), std::nullopt);
}

}  // namespace
}  // namespace edgel3
