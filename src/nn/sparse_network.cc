#include "nn/sparse_network.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

namespace edgel3 {
namespace {

/// Columns of the plane of `layer` that count: a pooling behind it drops an odd last one.
std::size_t used_width(const Architecture& architecture, std::size_t layer) {
  const std::size_t width = architecture.plane(layer).width;
  return Architecture::has_pooling(layer) ? width & ~std::size_t{1} : width;
}

/// Rows that `layer` gets at a time.
std::size_t rows_added(std::size_t layer) {
  if (layer == 0) return 1;
  return Architecture::has_pooling(layer - 1) ? kTileRows / 2 : kTileRows;
}

/// The largest of each 2x2 block of two rows of `vectors` vectors. Writes whole vectors: `pooled` needs room
/// for vectors / 2, rounded up.
void pool(const float* upper, const float* lower, std::size_t vectors, float* pooled) {
  const auto column_maxima = [&](std::size_t i) {
    return maximum(load(upper + (i * kLanes)), load(lower + (i * kLanes)));
  };
  for (std::size_t i = 0; i < vectors; i += 2) {
    const F32x4 left = column_maxima(i);
    const F32x4 right = i + 1 < vectors ? column_maxima(i + 1) : left;
    store(pooled, maximum(__builtin_shufflevector(left, right, 0, 2, 4, 6),
                          __builtin_shufflevector(left, right, 1, 3, 5, 7)));
    pooled += kLanes;
  }
}

}  // namespace

SparseNetwork::SparseNetwork(const NetworkSource& source)
    : architecture_(source.architecture()), input_(source.input()), row_(architecture_.input.width) {
  layers_.reserve(kConvolutionCount);
  // The last one first: what unpacking its weights frees again then has room for the others (WebAssembly
  // memory with the 95.45 % model: 5.77 MB, the other way round 6.03 MB).
  for (std::size_t layer = kConvolutionCount; layer-- > 0;) {
    TiledRows input(architecture_.in_channels(layer), architecture_.plane(layer).width,
                    used_width(architecture_, layer), rows_added(layer));
    SparseConvolution convolution(source.convolution(layer), architecture_.has_relu(layer), input);
    layers_.push_back({.input = std::move(input), .convolution = std::move(convolution), .segments = {}});
  }
  std::ranges::reverse(layers_);
  for (std::size_t layer = 1; layer < kConvolutionCount; ++layer) {
    const std::size_t shrink = Architecture::has_pooling(layer - 1) ? 2 : 1;
    for (const ColumnTile& tile : layers_[layer - 1].input.tiles()) {
      layers_[layer - 1].segments.push_back(
          layers_[layer].input.find_segments(tile.column / shrink, tile.width() / shrink));
    }
  }
  row_segments_ = layers_.front().input.find_segments(0, row_.size());
}

void SparseNetwork::run(std::span<const double> mel, std::span<float> embedding,
                        const ActivationObserver& observer, const ProgressObserver& progress) {
  const PlaneSize size = architecture_.input;
  assert(mel.size() == size.height * size.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  embedding_ = embedding;
  observer_ = observer ? &observer : nullptr;
  progress_ = progress ? &progress : nullptr;
  std::ranges::fill(embedding_, -std::numeric_limits<float>::infinity());
  for (Layer& layer : layers_) {
    layer.input.reset();
    layer.row = 0;
  }
  TiledRows& first = layers_.front().input;
  for (std::size_t row = 0; row < size.height; ++row) {
    std::ranges::transform(mel.subspan(row * size.width, size.width), row_.begin(),
                           [this](double decibel) { return input_.apply(decibel); });
    first.write<1>(0, row_segments_, row_.data(), row_.size());
    first.commit(1);
    advance(0);
  }
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    layers_[layer].input.add_zero_row();
    advance(layer);
    assert(layers_[layer].row == architecture_.plane(layer).height);
  }
}

void SparseNetwork::advance(std::size_t index) {
  Layer& layer = layers_[index];
  const bool is_last = index + 1 == kConvolutionCount;
  while (layer.input.ready()) {
    for (std::size_t tile = 0; tile < layer.input.tiles().size(); ++tile) {
      layer.input.prepare(tile);
      layer.convolution.run(layer.input, tile, sums_, [=, this](std::size_t channel, const float* rows) {
        if (observer_ != nullptr) report(index, tile, channel, rows);
        pass_on(index, tile, channel, rows);
      });
      layer.input.consume(tile);
    }
    layer.input.advance();
    layer.row += kTileRows;
    if (progress_ != nullptr) (*progress_)(index);
    if (is_last) continue;
    layers_[index + 1].input.commit(rows_added(index + 1));
    advance(index + 1);
  }
}

void SparseNetwork::pass_on(std::size_t index, std::size_t tile, std::size_t channel, const float* rows) {
  const Layer& layer = layers_[index];
  const std::size_t vectors = layer.input.tiles()[tile].vectors;
  const std::size_t width = vectors * kLanes;
  if (index + 1 == kConvolutionCount) {
    float& maximum = embedding_[channel];
    for (std::size_t row = 0; row < kTileRows; ++row, rows += width) {
      maximum = std::max(maximum, *std::max_element(rows, rows + valid_width(index, tile)));
    }
  } else if (Architecture::has_pooling(index)) {
    constexpr std::size_t kPooledWidth = (kMaxVectors + 1) / 2 * kLanes;
    std::array<float, kTileRows / 2 * kPooledWidth> pooled{};
    for (std::size_t row = 0; row < kTileRows / 2; ++row, rows += 2 * width) {
      pool(rows, rows + width, vectors, pooled.data() + (row * kPooledWidth));
    }
    layers_[index + 1].input.write<kTileRows / 2>(channel, layer.segments[tile], pooled.data(), kPooledWidth);
  } else {
    layers_[index + 1].input.write<kTileRows>(channel, layer.segments[tile], rows, width);
  }
}

void SparseNetwork::report(std::size_t index, std::size_t tile, std::size_t channel,
                           const float* rows) const {
  const Layer& layer = layers_[index];
  const ColumnTile& columns = layer.input.tiles()[tile];
  for (std::size_t row = 0; row < kTileRows; ++row, rows += columns.width()) {
    (*observer_)(index, channel, layer.row + row, columns.column, {rows, valid_width(index, tile)});
  }
}

std::size_t SparseNetwork::valid_width(std::size_t index, std::size_t tile) const {
  const ColumnTile& columns = layers_[index].input.tiles()[tile];
  return std::min(columns.width(), architecture_.plane(index).width - columns.column);
}

}  // namespace edgel3
