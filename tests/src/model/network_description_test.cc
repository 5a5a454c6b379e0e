#include "model/network_description.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "support/allocation_meter.h"
#include "support/known_networks.h"

namespace edgel3 {
namespace {

/// Why a description is refused; nothing if it is not.
std::optional<ErrorCode> refusal(std::string_view text) {
  const auto description = parse_network_description(text);
  if (description) return std::nullopt;
  EXPECT_TRUE(description.error().message.ends_with('.')) << description.error().message;
  return description.error().code;
}

/// SEA-64's description with `from`, which stands in it, replaced.
std::string changed(std::string_view from, std::string_view to) {
  std::string text = describe(known_network("sea", 64));
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(NetworkDescriptionTest, ReadsNetworksThatExist) {
  for (const auto& [type, dimension] : {std::pair{"sea", 64UZ}, std::pair{"sea", 512UZ},
                                        std::pair{"sparse", 512UZ}, std::pair{"openl3", 6144UZ}}) {
    const NetworkDescription network = known_network(type, dimension);
    const auto read = parse_network_description(describe(network));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, network);
  }
}

TEST(NetworkDescriptionTest, RefusesWhatIsBeyondTheLimits) {
  const std::string channels = R"("convolutions":[32,32,64,64,128,128,64,64])";
  for (const std::string& text : {
           changed(R"("sample_rate":8000)", R"("sample_rate":999)"),
           changed(R"("sample_rate":8000)", R"("sample_rate":192001)"),
           changed(R"("sample_rate":8000)", R"("sample_rate":18446744073709551615)"),
           changed(R"("fft_size":1024)", R"("fft_size":1023)"),
           changed(R"("fft_size":1024)", R"("fft_size":14)"),
           changed(R"("fft_size":1024)", R"("fft_size":32770)"),
           changed(R"("hop":160)", R"("hop":0)"),
           changed(R"("hop":160)", R"("hop":8001)"),
           changed(R"("bands":64)", R"("bands":0)"),
           changed(R"("bands":64)", R"("bands":4097)"),
           changed(R"("decibel_floor":1e-10)", R"("decibel_floor":0)"),
           changed(R"("decibel_floor":1e-10)", R"("decibel_floor":1e-200)"),
           changed(R"("decibel_range":80)", R"("decibel_range":1e6)"),
           changed(channels, R"("convolutions":[32,32,64,64,128,128,64,4097])"),
           changed(channels, R"("convolutions":[32,32,64,64,128,128,0,64])"),
           changed(channels, R"("convolutions":[32,32,64,64,128,128,64])"),
           changed(channels, R"("convolutions":[32,32,64,64,128,128,64,64,64])"),
           // 4096 channels each: 151 million weights a convolution.
           changed(channels, R"("convolutions":[4096,4096,4096,4096,4096,4096,4096,4096])"),
           // A plane of 64 x 8000 pixels.
           changed(R"("hop":160)", R"("hop":1)"),
           changed(R"("pooling_after":[ 2,4,6])", R"("pooling_after":[1,2,3,4,5,6,7])"),
           changed(R"("pooling_after":[ 2,4,6])", R"("pooling_after":[2,4,8])"),
           changed(R"("pooling_after":[ 2,4,6])", R"("pooling_after":[0,4,6])"),
           changed(R"("final_pooling":[8,6])", R"("final_pooling":[8,5])"),
           changed(R"("final_pooling":[8,6])", R"("final_pooling":[16,6])"),
           changed(R"("final_pooling":[8,6])", R"("final_pooling":[0,6])"),
           changed(R"("ends_with":"relu")", R"("ends_with":"softmax")"),
           changed(R"("padding":"same")", R"("padding":"full")"),
           changed(R"("hop":160)", R"("hop":160,"power":2)"),
       }) {
    EXPECT_EQ(refusal(text), ErrorCode::kModelUnsupported) << text;
  }
}

TEST(NetworkDescriptionTest, RefusesWhatIsNone) {
  const std::string whole = describe(known_network("sea", 64));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(refusal(std::string_view(whole).substr(0, length)), ErrorCode::kModelInvalid) << length;
  }
  for (const std::string& text : {
           std::string("null"),
           std::string("[]"),
           std::string("{}"),
           whole + "}",
           changed(R"("hop":160)", R"("hop":-160)"),
           changed(R"("hop":160)", R"("hop":160.5)"),
           changed(R"("hop":160)", R"("hop":"160")"),
           changed(R"("hop":160)", R"("jump":160)"),
           changed(R"("decibel_range":80)", R"("decibel_range":"80")"),
           changed(R"("pooling_after":[ 2,4,6])", R"("pooling_after":[2,4,4])"),
           changed(R"("embedding_dimension":64)", R"("embedding_dimension":63)"),
           changed(R"("convolutions":[32)", R"("convolutions":["32")"),
       }) {
    EXPECT_EQ(refusal(text), ErrorCode::kModelInvalid) << text;
  }
}

TEST(NetworkDescriptionTest, TakesLittleMemoryToRefuseAbsurdSizes) {
  if (!AllocationMeter::works()) GTEST_SKIP() << "the build without sanitizers does not count allocations";
  const std::string text = changed(R"("convolutions":[32,32,64,64,128,128,64,64])",
                                   R"("convolutions":[4096,4096,4096,4096,4096,4096,4096,4096])");
  const AllocationMeter meter;
  EXPECT_EQ(refusal(text), ErrorCode::kModelUnsupported);
  EXPECT_LT(meter.peak(), 100'000);
}

}  // namespace
}  // namespace edgel3
