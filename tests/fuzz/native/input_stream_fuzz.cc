// Calls of a InputStream in any order with any arguments: each succeeds or fails with the code its
// documentation says, a failure changes nothing, and the output is that of the accepted samples pushed at
// once. One input in 128 resamples, for which a filter must be made.

#include "audio/input_stream.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "audio/downmix.h"
#include "audio/framing.h"
#include "support/input_hash.h"
#include "support/require.h"

namespace edgel3 {
namespace {

constexpr std::size_t kLongestPush = 40;
constexpr std::size_t kMostChannels = 3;

std::optional<ErrorCode> code(const Result<void>& result) {
  if (result) return std::nullopt;
  return result.error().code;
}

bool same_bits(std::span<const float> left, std::span<const float> right) {
  return std::ranges::equal(std::as_bytes(left), std::as_bytes(right));
}

double any_number(FuzzedDataProvider& provider) {
  return std::bit_cast<double>(provider.ConsumeIntegral<std::uint64_t>());
}

/// The arguments of InputStream::create. What would take long is replaced, unless `lot` picks this input for
/// it.
struct Arguments {
  double input_rate;
  std::size_t target_rate;
  std::size_t channel_count;
  bool center;
  double hop_size;

  Arguments(FuzzedDataProvider& provider, std::uint64_t lot)
      : input_rate(provider.ConsumeBool() ? provider.ConsumeIntegral<std::uint8_t>() : any_number(provider)),
        target_rate(provider.ConsumeIntegralInRange<std::size_t>(1, 200)),
        channel_count(provider.ConsumeIntegralInRange<std::size_t>(0, kMostChannels + 1)),
        center(provider.ConsumeBool()),
        hop_size(provider.ConsumeBool() ? provider.PickValueInArray({0.1, 0.0371, 1.0, 3.0})
                                        : any_number(provider)) {
    if (channel_count > kMostChannels)
      channel_count = provider.PickValueInArray({kMaxChannels + 1, SIZE_MAX});
    if (lot % 1024 == 0) target_rate = provider.PickValueInArray({8000UZ, 48000UZ});
    const bool usable = input_rate > 0 && ratio() >= 1.0 / 512 && ratio() <= 512;
    if (usable && lot % 128 != 0) input_rate = static_cast<double>(target_rate);
    if (hop_size > 3 && hop_size <= kMaxHopSize && lot % 1024 != 0) hop_size = 3;
  }

  [[nodiscard]] double ratio() const { return static_cast<double>(target_rate) / input_rate; }
  [[nodiscard]] Result<InputStream> create() const {
    return InputStream::create(input_rate, target_rate, channel_count, center, hop_size);
  }

  void check_refusal(ErrorCode refusal) const {
    const bool bad_rate = !(input_rate > 0 && ratio() >= 1.0 / 512 && ratio() <= 512);
    const bool bad_channels = channel_count < 1 || channel_count > kMaxChannels;
    require(refusal == (bad_rate       ? ErrorCode::kSampleRateInvalid
                        : bad_channels ? ErrorCode::kAudioInvalid
                                       : ErrorCode::kHopInvalid),
            "a stream is refused with the code of what is wrong");
  }
};

class Session {
 public:
  Session(const Arguments& arguments, InputStream stream)
      : arguments_(arguments), stream_(std::move(stream)) {}

  void push(FuzzedDataProvider& provider) {
    const auto longest = static_cast<std::size_t>(kLongestPush / std::max(1.0, arguments_.ratio()));
    const auto length = provider.ConsumeIntegralInRange<std::size_t>(0, std::max(1UZ, longest));
    const std::size_t count = arguments_.channel_count;
    std::array<std::array<double, kLongestPush + 1>, kMostChannels + 1> samples{};
    std::array<std::span<const double>, kMostChannels + 1> channels;
    for (std::size_t i = 0; i < channels.size(); ++i) {
      for (double& sample : std::span(samples[i]).first(length))
        sample = static_cast<double>((next_ += 37) % 101);
      channels[i] = std::span(samples[i]).first(length);
    }
    std::size_t passed = count;
    std::optional<ErrorCode> expected;
    switch (provider.ConsumeIntegralInRange(0, 7)) {
      case 0:
        passed = provider.ConsumeBool() ? count + 1 : count - 1;
        expected = ErrorCode::kAudioInvalid;
        break;
      case 1:
        if (count < 2) break;
        channels[count - 1] = std::span(samples[count - 1]).first(length + 1);
        expected = ErrorCode::kAudioInvalid;
        break;
      case 2:
        if (length == 0) break;
        samples[count - 1][length / 2] = any_number(provider);
        if (!(std::abs(samples[count - 1][length / 2]) <= kLargestSample))
          expected = ErrorCode::kAudioNotFinite;
        break;
      default:
        break;
    }
    if (finished_) expected = ErrorCode::kClosed;
    const std::size_t before = output_.size();
    require(code(stream_.push(std::span(channels).first(passed), output_)) == expected,
            "push fails as documented");
    if (expected) {
      require(output_.size() == before, "a failed push appends nothing");
      return;
    }
    for (std::size_t i = 0; i < count; ++i)
      accepted_[i].insert(accepted_[i].end(), channels[i].begin(), channels[i].end());
  }

  void finish() {
    std::optional<ErrorCode> expected;
    const auto length = static_cast<double>(accepted_.front().size());
    if (length * arguments_.ratio() < 1) expected = ErrorCode::kAudioTooShort;
    if (length == 0) expected = ErrorCode::kAudioEmpty;
    if (finished_) expected = ErrorCode::kClosed;
    require(code(stream_.finish(output_)) == expected, "finish fails as documented");
    if (!expected) compare_with_whole();
    finished_ = true;
  }

 private:
  void compare_with_whole() const {
    InputStream whole = *arguments_.create();
    std::array<std::span<const double>, kMostChannels> channels;
    std::ranges::copy(accepted_, channels.begin());
    std::vector<float> expected;
    require(whole.push(std::span(channels).first(arguments_.channel_count), expected).has_value(),
            "the whole is accepted");
    require(whole.finish(expected).has_value(), "the whole ends");
    require(same_bits(output_, expected), "pieces give the bits of the whole");
    require(output_.size() >= arguments_.target_rate, "the output is a window long");
    require((output_.size() - arguments_.target_rate) % stream_.hop_length() == 0, "and whole hops more");
  }

  Arguments arguments_;
  InputStream stream_;
  std::array<std::vector<double>, kMostChannels> accepted_;
  std::vector<float> output_;
  std::size_t next_ = 1;
  bool finished_ = false;
};

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider provider(data, size);
  const edgel3::Arguments arguments(provider, edgel3::input_hash(std::span(data, size)));
  edgel3::Result<edgel3::InputStream> stream = arguments.create();
  if (!stream) {
    arguments.check_refusal(stream.error().code);
    return 0;
  }
  edgel3::Session session(arguments, *std::move(stream));
  for (int calls = 0; calls < 8 && provider.remaining_bytes() > 0; ++calls) {
    if (provider.ConsumeIntegralInRange(0, 7) == 0) {
      session.finish();
    } else {
      session.push(provider);
    }
  }
  session.finish();
  return 0;
}
