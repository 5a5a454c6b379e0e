#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "kernel_benchmark.h"
#include "nn/kernels/sparse_tile.h"

namespace edgel3::benchmarks {
namespace {

/// As many input channels and rows as the package's layers have at a time.
constexpr std::size_t kInChannels = 64;
constexpr std::size_t kOutChannels = 64;
constexpr std::size_t kRows = 7;
constexpr std::array<const char*, kTileOutcomes> kOutcomes{"sums", "rows", "rows' end", "pooled", "maxima"};

struct alignas(kLineStride * sizeof(float)) Line {
  std::array<float, kLineStride> floats{};
};

/// A run of output channels over a tile, with random non-zeros.
class SparseTileLoad final : public KernelLoad {
 public:
  SparseTileLoad(const SparseTileKernel& kernel, TileOutcome outcome, double density)
      : function_(kernel.functions[std::to_underlying(outcome)]),
        width_(kernel.vectors * kLanes),
        input_(kInChannels * kRows),
        results_(kOutChannels * kRows),
        sums_(kOutChannels * kTileRows * kMaxVectors * kLanes),
        ones_(kOutChannels, 1.0F),
        zeros_(kOutChannels, 0.0F) {
    std::mt19937_64 generator(1);
    const auto limit = static_cast<std::uint64_t>(density * 0x1p64 * (1 - 0x1p-53));
    for (std::size_t out = 0; out < kOutChannels; ++out) {
      std::uint16_t count = 0;
      for (std::size_t position = 0; position < kInChannels * 9; ++position) {
        if (generator() >= limit) continue;
        add(count++,
            (position / 9 * kRows * kLineStride) + (position % 9 / 3 * kLineStride) + (position % 3));
      }
      counts_.push_back(count);
      nonzeros_ += count;
    }
  }

  [[nodiscard]] double multiply_adds() const override {
    return static_cast<double>(nonzeros_ * kTileRows * width_);
  }

  void run(std::size_t calls) override {
    const TileResults results{.scale = ones_.data(),
                              .shift = zeros_.data(),
                              .min_output = 0,
                              .to = results_.front().floats.data(),
                              .channel_stride = kRows * kLineStride};
    for (std::size_t call = 0; call < calls; ++call) {
      NonZeros nonzeros{.offsets = offsets_.data(), .weights = weights_.data(), .counts = counts_.data()};
      function_(nonzeros, kOutChannels, input_.front().floats.data(), true, sums_.data(), results);
    }
  }

 private:
  void add(std::size_t index, std::size_t input) {
    const std::size_t place = index % 4;
    if (place == 0) {
      offsets_.push_back(0);
      weights_.resize(weights_.size() + 4);
    }
    offsets_.back() |= (std::uint64_t{input} * sizeof(float)) << (16 * place);
    weights_[weights_.size() - 4 + place] = 0.5F;
  }

  SparseTileFunction function_;
  std::size_t width_;
  std::size_t nonzeros_ = 0;
  std::vector<std::uint64_t> offsets_;
  std::vector<float> weights_;
  std::vector<std::uint16_t> counts_;
  std::vector<Line> input_;
  std::vector<Line> results_;
  std::vector<float> sums_;
  std::vector<float> ones_;
  std::vector<float> zeros_;
};

std::string name_of(const SparseTileKernel& kernel, std::size_t outcome) {
  return std::string(kernel.name) + ", " + kOutcomes[outcome];
}

}  // namespace

std::vector<std::string> sparse_tile_names() {
  std::vector<std::string> names;
  for (const SparseTileKernel& kernel : sparse_tile_kernels()) {
    for (std::size_t outcome = 0; outcome < kTileOutcomes; ++outcome) {
      names.push_back(name_of(kernel, outcome));
    }
  }
  return names;
}

std::unique_ptr<KernelLoad> load_sparse_tile(const std::string& name, double density) {
  for (const SparseTileKernel& kernel : sparse_tile_kernels()) {
    for (std::size_t outcome = 0; outcome < kTileOutcomes; ++outcome) {
      if (name_of(kernel, outcome) != name) continue;
      return std::make_unique<SparseTileLoad>(kernel, TileOutcome{static_cast<std::uint8_t>(outcome)},
                                              density);
    }
  }
  return nullptr;
}

}  // namespace edgel3::benchmarks
