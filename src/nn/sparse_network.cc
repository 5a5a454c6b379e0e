#include "nn/sparse_network.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace edgel3 {
namespace {

constexpr float kLowest = -std::numeric_limits<float>::infinity();

std::vector<RowSchedule> schedule_layers(const Architecture& architecture) {
  std::vector<LayerRows> layers;
  layers.reserve(kConvolutionCount);
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    layers.push_back({.height = architecture.plane(layer).height, .pooled = architecture.has_pooling(layer)});
  }
  return schedule_rows(layers);
}

/// The row of the embedding's grid to which a row of the last plane belongs; rows behind the plane have
/// another one.
std::size_t grid_row(const Architecture& architecture, std::size_t row) {
  return row / architecture.final_pooling.height;
}

/// The tiles of all layers, from those of the last one back.
std::vector<std::vector<ColumnTile>> cut_layers(const Architecture& architecture) {
  std::vector<std::vector<ColumnTile>> tiles(kConvolutionCount);
  tiles.back() = cut_columns(architecture.plane(kConvolutionCount - 1).width);
  for (std::size_t layer = kConvolutionCount - 1; layer-- > 0;) {
    const bool pooled = architecture.has_pooling(layer);
    std::size_t next_width = architecture.plane(layer + 1).width;
    // What a pooling gives cannot end with a neighbour: between two poolings an odd last column is computed
    // too, and dropped.
    const bool pooled_before = layer > 0 && architecture.has_pooling(layer - 1);
    if (pooled && pooled_before && architecture.plane(layer).width % 2 == 1) ++next_width;
    tiles[layer] = cut_columns_before(tiles[layer + 1], next_width, pooled);
  }
  return tiles;
}

}  // namespace

bool SparseNetwork::can_run(const Architecture& architecture) {
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    if (architecture.has_pooling(layer) != (layer % 2 == 1 && layer + 1 < kConvolutionCount)) return false;
  }
  return true;
}

SparseNetwork::SparseNetwork(const NetworkSource& source)
    : architecture_(source.architecture()), input_(source.input()), row_(architecture_.input.width) {
  const std::vector<RowSchedule> schedules = schedule_layers(architecture_);
  const std::vector<std::vector<ColumnTile>> tiles = cut_layers(architecture_);
  layers_.reserve(kConvolutionCount);
  std::size_t sums = 0;
  // The last one first: what unpacking its weights frees again then has room for the others.
  for (std::size_t layer = kConvolutionCount; layer-- > 0;) {
    TiledRows input(architecture_.in_channels(layer), architecture_.plane(layer).width, tiles[layer],
                    schedules[layer].capacity);
    SparseConvolution convolution(without_zeros(source.convolution(layer)), architecture_.has_relu(layer),
                                  input);
    sums = std::max(sums, convolution.sums_size());
    std::vector<TileTarget> targets;
    if (layer + 1 < kConvolutionCount) {
      for (const ColumnTile& tile : tiles[layer]) {
        targets.push_back(find_target(tile, tiles[layer + 1], architecture_.has_pooling(layer)));
      }
    }
    layers_.push_back({.schedule = schedules[layer],
                       .input = std::move(input),
                       .convolution = std::move(convolution),
                       .targets = std::move(targets)});
  }
  std::ranges::reverse(layers_);
  sums_.resize(sums);
  maxima_columns_ = tiles.back().back().column + tiles.back().back().width();
  maxima_.resize(architecture_.channels.back() * maxima_columns_);
}

void SparseNetwork::run(std::span<const double> mel, std::span<float> embedding,
                        const ActivationObserver& observer, const ProgressObserver& progress) {
  const PlaneSize size = architecture_.input;
  assert(mel.size() == size.height * size.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  embedding_ = embedding;
  observer_ = observer ? &observer : nullptr;
  progress_ = progress ? &progress : nullptr;
  std::ranges::fill(embedding_, kLowest);
  std::ranges::fill(maxima_, kLowest);
  for (Layer& layer : layers_) {
    layer.input.reset(layer.schedule.zero_rows);
    layer.step = 0;
  }
  TiledRows& first = layers_.front().input;
  for (std::size_t row = 0; row < size.height; ++row) {
    std::ranges::transform(mel.subspan(row * size.width, size.width), row_.begin(),
                           [this](double decibel) { return input_.apply(decibel); });
    first.write_row(row_.data());
    first.commit(1);
    advance(0);
  }
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    while (layers_[layer].step < layers_[layer].schedule.steps) {
      layers_[layer].input.add_zero_row();
      advance(layer);
    }
  }
}

std::ptrdiff_t SparseNetwork::first_row(std::size_t layer) const {
  const Layer& at = layers_[layer];
  return static_cast<std::ptrdiff_t>(at.step * kTileRows) -
         static_cast<std::ptrdiff_t>(at.schedule.rows_above);
}

void SparseNetwork::advance(std::size_t index) {
  Layer& layer = layers_[index];
  while (layer.step < layer.schedule.steps && layer.input.ready()) {
    for (std::size_t tile = 0; tile < layer.input.tiles().size(); ++tile) {
      layer.input.prepare(tile);
      compute_tile(index, tile);
      layer.input.consume(tile);
    }
    layer.input.advance();
    const bool is_last = index + 1 == kConvolutionCount;
    if (is_last) {
      end_step_of_last();
    } else {
      commit_rows(index + 1);
    }
    ++layer.step;
    if (progress_ != nullptr) (*progress_)(index);
    if (!is_last) advance(index + 1);
  }
}

void SparseNetwork::end_step_of_last() {
  const auto row = static_cast<std::size_t>(first_row(kConvolutionCount - 1));
  if (grid_row(architecture_, row) != grid_row(architecture_, row + kTileRows)) take_maxima(row);
}

SparseConvolution::Target SparseNetwork::target_of(std::size_t index, std::size_t tile) {
  const Layer& layer = layers_[index];
  if (index + 1 < kConvolutionCount) {
    TiledRows& next = layers_[index + 1].input;
    const TileTarget& target = layer.targets[tile];
    return {.outcome = target.outcome,
            .to = next.next_row(target.tile, target.column),
            .channel_stride = next.channel_stride()};
  }
  const auto row = static_cast<std::size_t>(first_row(index));
  if (grid_row(architecture_, row) == grid_row(architecture_, row + kTileRows - 1)) {
    return {.outcome = TileOutcome::kMaxima,
            .to = maxima_.data() + layer.input.tiles()[tile].column,
            .channel_stride = maxima_columns_};
  }
  constexpr std::size_t kChannelStride = kTileRows * kLineStride;
  rows_.resize(architecture_.channels.back() * kChannelStride);
  return {.outcome = TileOutcome::kRows, .to = rows_.data(), .channel_stride = kChannelStride};
}

void SparseNetwork::compute_tile(std::size_t index, std::size_t tile) {
  const Layer& layer = layers_[index];
  const SparseConvolution::Target target = target_of(index, tile);
  if (observer_ == nullptr) {
    layer.convolution.run(layer.input, tile, target, sums_);
  } else {
    const SparseConvolution::Observer observer = [&](std::size_t channel, const float* rows) {
      report(index, tile, channel, rows);
    };
    layer.convolution.run(layer.input, tile, target, sums_, &observer);
  }
  if (target.to == rows_.data()) raise_by_rows(tile);
}

void SparseNetwork::commit_rows(std::size_t index) {
  Layer& layer = layers_[index];
  const std::size_t rows = layer.schedule.rows_added;
  const auto height = static_cast<std::ptrdiff_t>(architecture_.plane(index).height);
  const std::ptrdiff_t first = first_row(index - 1) / (architecture_.has_pooling(index - 1) ? 2 : 1);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::ptrdiff_t row = first + static_cast<std::ptrdiff_t>(i);
    if (row < 0 || row >= height) layer.input.clear_row(i);
  }
  layer.input.commit(rows);
}

void SparseNetwork::take_maxima(std::size_t row) {
  const std::size_t width = architecture_.plane(kConvolutionCount - 1).width;
  for (std::size_t channel = 0; channel < architecture_.channels.back(); ++channel) {
    for (std::size_t column = 0; column < width; ++column) {
      raise(channel, row, column, maxima_[(channel * maxima_columns_) + column]);
    }
  }
  std::ranges::fill(maxima_, kLowest);
}

void SparseNetwork::raise_by_rows(std::size_t tile) {
  const PlaneSize plane = architecture_.plane(kConvolutionCount - 1);
  const ColumnTile& columns = layers_.back().input.tiles()[tile];
  const auto first = static_cast<std::size_t>(first_row(kConvolutionCount - 1));
  const float* line = rows_.data();
  for (std::size_t channel = 0; channel < architecture_.channels.back(); ++channel) {
    for (std::size_t row = first; row < first + kTileRows; ++row, line += kLineStride) {
      if (row >= plane.height) continue;
      for (std::size_t i = 0; i < columns.width() && columns.column + i < plane.width; ++i) {
        raise(channel, row, columns.column + i, line[i]);
      }
    }
  }
}

void SparseNetwork::raise(std::size_t channel, std::size_t row, std::size_t column, float value) {
  float& number =
      embedding_[(architecture_.final_place(row, column) * architecture_.channels.back()) + channel];
  number = std::max(number, value);
}

void SparseNetwork::report(std::size_t index, std::size_t tile, std::size_t channel,
                           const float* rows) const {
  const PlaneSize plane = architecture_.plane(index);
  const ColumnTile& columns = layers_[index].input.tiles()[tile];
  const std::size_t width = std::min(columns.width(), plane.width - columns.column);
  for (std::size_t i = 0; i < kTileRows; ++i, rows += columns.width()) {
    const std::ptrdiff_t row = first_row(index) + static_cast<std::ptrdiff_t>(i);
    if (row < 0 || row >= static_cast<std::ptrdiff_t>(plane.height)) continue;
    (*observer_)(index, channel, static_cast<std::size_t>(row), columns.column, {rows, width});
  }
}

}  // namespace edgel3
