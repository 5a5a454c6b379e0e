#include "nn/kernels/winograd_transforms.h"

#include <cstddef>
#include <memory>
#include <vector>

#include "kernel_benchmark.h"

namespace edgel3::benchmarks {
namespace {

/// As many channels as the middle layers of the package's dense networks have.
constexpr std::size_t kChannels = 64;
/// One tile there and back. A multiply-add is counted for each addition, multiplication or both of the
/// transforms' one-dimensional steps, of a row or a column.
class WinogradTransformsLoad final : public KernelLoad {
 public:
  explicit WinogradTransformsLoad(const WinogradTransforms& transforms)
      : transforms_(transforms),
        pixels_(transforms.place_count() * kChannels, 0.5F),
        places_(transforms.place_count() * kChannels),
        results_(transforms.side * transforms.side * kChannels),
        ones_(kChannels, 1.0F),
        zeros_(kChannels, 0.0F) {}

  [[nodiscard]] double multiply_adds() const override {
    const std::size_t lines = transforms_.side + 2;
    const std::size_t in_steps = 2 * lines;
    const std::size_t out_steps = lines + transforms_.side;
    const bool is_small = transforms_.side == 2;
    return static_cast<double>(((is_small ? 4 : 15) * in_steps + (is_small ? 4 : 14) * out_steps) *
                               kChannels);
  }

  void run(std::size_t calls) override {
    const Epilogue epilogue{.scale = ones_.data(), .shift = zeros_.data(), .min_output = 0};
    for (std::size_t call = 0; call < calls; ++call) {
      transforms_.pixels(pixels_.data(), kChannels, (transforms_.side + 2) * kChannels, kChannels,
                         places_.data(), kChannels);
      transforms_.places(places_.data(), kChannels, kChannels, epilogue, results_.data(), kChannels);
    }
  }

 private:
  const WinogradTransforms& transforms_;
  std::vector<float> pixels_;
  std::vector<float> places_;
  std::vector<float> results_;
  std::vector<float> ones_;
  std::vector<float> zeros_;
};

}  // namespace

std::unique_ptr<KernelLoad> load_winograd_2x2() {
  return std::make_unique<WinogradTransformsLoad>(winograd_2x2());
}

std::unique_ptr<KernelLoad> load_winograd_4x4() {
  return std::make_unique<WinogradTransformsLoad>(winograd_4x4());
}

}  // namespace edgel3::benchmarks
