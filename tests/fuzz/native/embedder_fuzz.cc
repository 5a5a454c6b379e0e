// Any arguments for an Embedder: refused with the code its documentation says, or, for one input in 4096,
// embedded, each window with the bits that it has alone. Only one in so many, because a window takes
// milliseconds here.

#include "embedder.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "support/input_hash.h"
#include "support/model_contents.h"
#include "support/noise.h"
#include "support/require.h"

namespace edgel3 {
namespace {

constexpr std::size_t kWindow = 8000;
constexpr std::size_t kDimension = 64;
constexpr std::size_t kMostWindows = 3;

Embedder& embedder() {
  static Embedder sea = *Embedder::create(
      FileBytes::in_memory(model_file(random_network("sea", kDimension, 0.98, 1), {.sparse = true})));
  return sea;
}

template <typename T>
std::optional<ErrorCode> code(const Result<T>& result) {
  if (result) return std::nullopt;
  return result.error().code;
}

struct Sound {
  std::span<const float> samples;
  bool finite = true;
};

/// A signal near the length of a window, with up to three samples that may be anything.
Sound consume_sound(FuzzedDataProvider& provider) {
  static const std::vector<double> numbers = noise(kWindow + 330, 1);
  static std::vector<float> samples(numbers.begin(), numbers.end());
  static std::vector<std::size_t> changed;
  for (const std::size_t index : changed) samples[index] = static_cast<float>(numbers[index]);
  changed.clear();
  const std::size_t length =
      provider.ConsumeBool() ? kWindow : provider.ConsumeIntegralInRange<std::size_t>(0, samples.size());
  Sound sound{.samples = std::span(samples).first(length)};
  for (int i = provider.ConsumeIntegralInRange(0, 3); i > 0 && length > 0; --i) {
    changed.push_back(provider.ConsumeIntegralInRange<std::size_t>(0, length - 1));
    samples[changed.back()] = std::bit_cast<float>(provider.ConsumeIntegral<std::uint32_t>());
  }
  for (const std::size_t index : changed) sound.finite &= std::isfinite(samples[index]);
  return sound;
}

void embed(const Sound& sound, std::size_t hop, bool run) {
  const std::size_t length = sound.samples.size();
  std::optional<ErrorCode> expected;
  if (!sound.finite) expected = ErrorCode::kAudioNotFinite;
  if (length < kWindow) expected = ErrorCode::kAudioInvalid;
  if (hop == 0) expected = ErrorCode::kHopInvalid;
  const std::size_t count = expected ? 0 : 1 + ((length - kWindow) / hop);
  if (!expected && (!run || count > kMostWindows)) return;
  const auto embeddings = embedder().embed(sound.samples, hop);
  require(code(embeddings) == expected, "embed fails as documented");
  if (expected) return;
  require(embeddings->size() == count * kDimension, "every window inside the signal is embedded");
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<float> alone = *embedder().embed(sound.samples.subspan(i * hop, kWindow), kWindow);
    const auto together = std::span(*embeddings).subspan(i * kDimension, kDimension);
    require(std::ranges::equal(std::as_bytes(together), std::as_bytes(std::span(alone))),
            "a window has the bits that it has alone");
  }
}

void look(const Sound& sound, int kind, bool run) {
  std::optional<ErrorCode> expected;
  if (!sound.finite) expected = ErrorCode::kAudioNotFinite;
  if (sound.samples.size() != kWindow) expected = ErrorCode::kAudioInvalid;
  if (!expected && !run) return;
  if (kind == 0)
    require(code(embedder().mel_spectrogram(sound.samples)) == expected,
            "mel_spectrogram fails as documented");
  if (kind == 1)
    require(code(embedder().profile(sound.samples, [](std::size_t) {})) == expected,
            "profile fails as documented");
  if (kind == 2)
    require(code(embedder().observe(sound.samples, nullptr)) == expected, "observe fails as documented");
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool run = edgel3::input_hash(std::span(data, size)) % 4096 == 0;
  FuzzedDataProvider provider(data, size);
  const edgel3::Sound sound = edgel3::consume_sound(provider);
  const int kind = provider.ConsumeIntegralInRange(0, 5);
  if (kind <= 2) {
    edgel3::look(sound, kind, run);
  } else {
    // Windows that are a multiple of 160 samples apart share columns of their spectrograms.
    const std::size_t hop = provider.ConsumeBool()
                                ? provider.PickValueInArray({0UZ, 1UZ, 159UZ, 160UZ, 320UZ})
                                : provider.ConsumeIntegral<std::size_t>();
    edgel3::embed(sound, hop, run);
  }
  return 0;
}
