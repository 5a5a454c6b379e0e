// The resampler, between rates that are usual, or for one input in 64 any two numbers: refused, or however
// the input is cut, the output has the same bits and is as long as promised. Only one in 64, because a filter
// must be made.

#include "audio/resampler.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "support/input_hash.h"
#include "support/require.h"

namespace edgel3 {
namespace {

constexpr std::size_t kLongest = 256;

/// Samples from -2 to 3.
const std::array<double, kLongest>& samples() {
  static const std::array<double, kLongest> numbers = [] {
    std::array<double, kLongest> made{};
    double sample = 1;
    for (double& number : made) number = sample = std::fmod((sample * 7.5) + 0.3, 5) - 2;
    return made;
  }();
  return numbers;
}

/// All of the output for the first `length` samples; nothing if that is too short.
std::optional<std::vector<double>> resample_whole(Resampler resampler, std::size_t length) {
  std::vector<double> output;
  resampler.push(std::span(samples()).first(length), output);
  if (!resampler.finish(output)) return std::nullopt;
  return output;
}

void compare_pieces(FuzzedDataProvider& provider, Resampler& resampler, std::size_t length,
                    const std::optional<std::vector<double>>& expected) {
  std::vector<double> output;
  for (std::span<const double> rest = std::span(samples()).first(length); !rest.empty();) {
    const std::size_t count =
        provider.remaining_bytes() == 0
            ? rest.size()
            : std::min<std::size_t>(rest.size(), provider.ConsumeIntegral<std::uint8_t>());
    resampler.push(rest.first(count), output);
    rest = rest.subspan(count);
  }
  require(resampler.finish(output).has_value() == expected.has_value(), "pieces are refused as the whole is");
  if (expected) require(output == *expected, "pieces give the bits of the whole");
}

void resample_at_usual_rates(FuzzedDataProvider& provider, std::size_t longest) {
  struct Rates {
    Resampler fresh;
    std::map<std::size_t, std::optional<std::vector<double>>> expected;  // by length
  };
  static std::vector<Rates> usual = [] {
    std::vector<Rates> made;
    for (const auto [input_rate, output_rate] : {std::pair{8000.0, 48000.0},
                                                 {48000.0, 8000.0},
                                                 {44100.0, 8000.0},
                                                 {44100.0, 48000.0},
                                                 {22050.0, 8000.0},
                                                 {11025.0, 48000.0},
                                                 {16000.0, 8000.0},
                                                 {192000.0, 8000.0},
                                                 {7999.0, 8000.0},
                                                 {8000.0, 8000.0}}) {
      made.push_back({.fresh = *Resampler::create(input_rate, output_rate), .expected = {}});
    }
    return made;
  }();
  Rates& rates = usual[provider.ConsumeIntegralInRange<std::size_t>(0, usual.size() - 1)];
  const auto length = provider.ConsumeIntegralInRange<std::size_t>(0, longest);
  auto expected = rates.expected.find(length);
  if (expected == rates.expected.end()) {
    expected = rates.expected.emplace(length, resample_whole(rates.fresh, length)).first;
  }
  static Resampler resampler = rates.fresh;  // whose memory is used again
  resampler = rates.fresh;
  compare_pieces(provider, resampler, length, expected->second);
}

void resample_at_any_rates(FuzzedDataProvider& provider) {
  const auto consume_rate = [&] {
    return provider.ConsumeBool() ? provider.ConsumeIntegral<std::uint16_t>()
                                  : std::bit_cast<double>(provider.ConsumeIntegral<std::uint64_t>());
  };
  const double input_rate = consume_rate();
  const double output_rate = consume_rate();
  const double ratio = output_rate / input_rate;
  Result<Resampler> resampler = Resampler::create(input_rate, output_rate);
  const bool usable = input_rate > 0 && output_rate > 0 && ratio >= 1.0 / 512 && ratio <= 512;
  require(resampler.has_value() == usable, "a rate is accepted if it is at most 512 times the other");
  if (!usable) return;
  const auto longest = static_cast<std::size_t>(kLongest / std::max(1.0, ratio));
  const auto length = provider.ConsumeIntegralInRange<std::size_t>(0, std::max(1UZ, longest));
  const auto expected = resample_whole(*resampler, length);
  const auto promised = static_cast<std::size_t>(static_cast<double>(length) * ratio);
  require(expected.has_value() == (promised > 0), "only a signal too short for one sample is refused");
  if (expected) require(expected->size() == promised, "the output has int(N * ratio) samples");
  compare_pieces(provider, *resampler, length, expected);
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider provider(data, size);
  const std::uint64_t lot = edgel3::input_hash(std::span(data, size));
  if (lot % 64 == 0) {
    edgel3::resample_at_any_rates(provider);
  } else {
    edgel3::resample_at_usual_rates(provider, lot % 16 == 1 ? edgel3::kLongest : 16);
  }
  return 0;
}
