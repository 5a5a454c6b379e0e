#include "nn/kernels/winograd_transforms.h"

#include <cstddef>
#include <memory>
#include <vector>

#include "kernel_benchmark.h"

namespace edgel3::benchmarks {
namespace {

/// As many channels as the middle layers of the package's dense networks have.
constexpr std::size_t kChannels = 64;
/// Pixels of a tile before and after, in a row.
constexpr std::size_t kPixelsIn = 4;
constexpr std::size_t kPixelsOut = 2;

/// One tile there and back. A multiply-add is counted for each addition of the transforms' one-dimensional
/// steps: four for each row or column of four pixels, four for each row or column of four sums.
class WinogradTransformsLoad final : public KernelLoad {
 public:
  WinogradTransformsLoad()
      : pixels_(kPixelsIn * kPixelsIn * kChannels, 0.5F),
        places_(kWinogradPlaces * kChannels),
        results_(kPixelsOut * kPixelsOut * kChannels),
        ones_(kChannels, 1.0F),
        zeros_(kChannels, 0.0F) {}

  [[nodiscard]] double multiply_adds() const override {
    constexpr std::size_t kInSteps = 2 * kPixelsIn;
    constexpr std::size_t kOutSteps = kPixelsIn + kPixelsOut;
    return static_cast<double>(4 * (kInSteps + kOutSteps) * kChannels);
  }

  void run(std::size_t calls) override {
    const Epilogue epilogue{.scale = ones_.data(), .shift = zeros_.data(), .min_output = 0};
    for (std::size_t call = 0; call < calls; ++call) {
      transform_pixels(pixels_.data(), kChannels, kPixelsIn * kChannels, kChannels, places_.data(),
                       kChannels);
      transform_places(places_.data(), kChannels, kChannels, epilogue, results_.data(), kChannels);
    }
  }

 private:
  std::vector<float> pixels_;
  std::vector<float> places_;
  std::vector<float> results_;
  std::vector<float> ones_;
  std::vector<float> zeros_;
};

}  // namespace

std::unique_ptr<KernelLoad> load_winograd_transforms() { return std::make_unique<WinogradTransformsLoad>(); }

}  // namespace edgel3::benchmarks
