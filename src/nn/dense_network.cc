#include "nn/dense_network.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "nn/choose_tile.h"
#include "nn/simd.h"

namespace edgel3 {
namespace {

/// Pixels of a tile that lie inside the plane.
struct Inside {
  std::size_t rows = 0;
  std::size_t columns = 0;
};

Inside inside(const OutputTile& tile, PlaneSize size) {
  return {.rows = std::min(tile.side, size.height - tile.row),
          .columns = std::min(tile.side, size.width - tile.column)};
}

void copy(const OutputTile& tile, PlaneSize size, const PlaneRows& output) {
  const Inside count = inside(tile, size);
  for (std::size_t row = 0; row < count.rows; ++row) {
    for (std::size_t column = 0; column < count.columns; ++column) {
      std::copy_n(tile.pixel(row, column), tile.channels,
                  output.pixel(tile.row + row, tile.column + column) + tile.channel);
    }
  }
}

/// Writes the largest of each 2x2 pixels that lie inside the plane, whose size is `size`.
void copy_pooled(const OutputTile& tile, PlaneSize size, const PlaneRows& output) {
  const Inside count = inside(tile, size);
  for (std::size_t row = 0; row + 1 < count.rows; row += 2) {
    for (std::size_t column = 0; column + 1 < count.columns; column += 2) {
      const float* const upper = tile.pixel(row, column);
      const float* const lower = tile.pixel(row + 1, column);
      float* const pooled = output.pixel((tile.row + row) / 2, (tile.column + column) / 2) + tile.channel;
      for (std::size_t i = 0; i < tile.channels; i += kLanes) {
        store(pooled + i, maximum(maximum(load(upper + i), load(upper + OutputTile::kMaxChannels + i)),
                                  maximum(load(lower + i), load(lower + OutputTile::kMaxChannels + i))));
      }
    }
  }
}

void raise_maxima(const OutputTile& tile, const Architecture& architecture, std::span<float> embedding) {
  const std::size_t channels = architecture.channels.back();
  const PlaneSize size = architecture.plane(kConvolutionCount - 1);
  const Inside count = inside(tile, size);
  const std::size_t used = std::min(tile.channels, channels - tile.channel);
  for (std::size_t row = 0; row < count.rows; ++row) {
    for (std::size_t column = 0; column < count.columns; ++column) {
      const std::size_t place =
          architecture.final_place(tile.row + row, tile.column + column) * channels + tile.channel;
      const float* const values = tile.pixel(row, column);
      for (std::size_t i = 0; i < used; ++i) {
        float& maximum = embedding[place + i];
        maximum = std::max(maximum, values[i]);
      }
    }
  }
}

void report(const ActivationObserver& observer, std::size_t layer, const OutputTile& tile,
            const Architecture& architecture) {
  const Inside count = inside(tile, architecture.plane(layer));
  const std::size_t used = std::min(tile.channels, architecture.channels[layer] - tile.channel);
  std::array<float, kMostTileSide> line{};
  for (std::size_t row = 0; row < count.rows; ++row) {
    for (std::size_t i = 0; i < used; ++i) {
      for (std::size_t column = 0; column < count.columns; ++column)
        line[column] = tile.pixel(row, column)[i];
      observer(layer, tile.channel + i, tile.row + row, tile.column, std::span(line).first(count.columns));
    }
  }
}

}  // namespace

DenseNetwork::DenseNetwork(const NetworkSource& source)
    : architecture_(source.architecture()), input_(source.input()) {
  others_.reserve(kConvolutionCount - 1);
  // The last one first: its weights are most of all, and what decoding them took then has room for the
  // others.
  for (std::size_t layer = kConvolutionCount; layer-- > 1;) {
    others_.emplace_back(with_zeros(source.convolution(layer)), architecture_.has_relu(layer),
                         choose_tile(architecture_, layer));
  }
  std::ranges::reverse(others_);
  first_.emplace(with_zeros(source.convolution(0)), architecture_.has_relu(0));
}

bool DenseNetwork::begins_pair(std::size_t layer) const {
  return layer + 1 < kConvolutionCount && !architecture_.has_pooling(layer);
}

std::size_t DenseNetwork::stored_channels(std::size_t layer) const {
  return layer == 0 ? 1 : WinogradConvolution::padded(architecture_.in_channels(layer));
}

std::size_t DenseNetwork::plane_floats(std::size_t layer) const {
  const PlaneSize size = architecture_.plane(layer);
  return PlaneRows::stored_columns(size.height) * PlaneRows::stored_columns(size.width) *
         stored_channels(layer);
}

std::size_t DenseNetwork::tile_side(std::size_t layer) const {
  return layer == 0 ? FirstConvolution::kTileSide : others_[layer - 1].tile_side();
}

PlaneSize DenseNetwork::tile_grid(std::size_t layer) const {
  const PlaneSize plane = computed_plane(architecture_, layer);
  const std::size_t side = tile_side(layer);
  return {.height = (plane.height + side - 1) / side, .width = (plane.width + side - 1) / side};
}

PlaneRows DenseNetwork::whole_plane(std::size_t layer, std::vector<float>& memory) const {
  const PlaneSize size = architecture_.plane(layer);
  const PlaneRows plane{
      .storage = memory.data(), .width = size.width, .channels = stored_channels(layer), .first_row = 0};
  plane.clear_rows(-1, 1);
  plane.clear_sides(0, size.height);
  plane.clear_rows(static_cast<std::ptrdiff_t>(size.height),
                   PlaneRows::stored_columns(size.height) - 1 - size.height);
  return plane;
}

void DenseNetwork::normalize(std::span<const double> mel) {
  const PlaneRows plane = whole_plane(0, planes_[0]);
  const PlaneSize size = architecture_.input;
  for (std::size_t row = 0; row < size.height; ++row) {
    std::ranges::transform(mel.subspan(row * size.width, size.width), plane.pixel(row, 0),
                           [this](double decibel) { return input_.apply(decibel); });
  }
}

/// Happens with the first window: by then what reading the model file took is free again. Each vector is
/// allocated once and large ones come first, for memory that is freed between others is lost to them.
void DenseNetwork::reserve() {
  std::array<std::size_t, 2> planes{};
  std::size_t band = 0;
  std::size_t index = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; layer += begins_pair(layer) ? 2 : 1) {
    planes[index] = std::max(planes[index], plane_floats(layer));
    index = 1 - index;
    if (!begins_pair(layer)) continue;
    const PlaneSize size = architecture_.plane(layer + 1);
    band = std::max(
        band, (kBandRows + kSharedRows) * PlaneRows::stored_columns(size.width) * stored_channels(layer + 1));
  }
  for (index = 0; index < planes.size(); ++index) planes_[index].resize(planes[index]);
  band_.resize(band);
  for (std::size_t layer = others_.size(); layer-- > 0;) others_[layer].reserve(workspace_);
}

void DenseNetwork::run(std::span<const double> mel, std::span<float> embedding,
                       const ActivationObserver& observer, const ProgressObserver& progress) {
  assert(mel.size() == architecture_.input.height * architecture_.input.width);
  assert(embedding.size() == architecture_.embedding_dimension());
  embedding_ = embedding;
  observer_ = observer ? &observer : nullptr;
  progress_ = progress ? &progress : nullptr;
  std::ranges::fill(embedding, -std::numeric_limits<float>::infinity());
  if (planes_[0].empty()) reserve();
  normalize(mel);
  PlaneRows input = whole_plane(0, planes_[0]);
  std::size_t index = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount;) {
    const std::size_t next = layer + (begins_pair(layer) ? 2 : 1);
    index = 1 - index;
    const PlaneRows output = next == kConvolutionCount ? PlaneRows{} : whole_plane(next, planes_[index]);
    if (begins_pair(layer)) {
      run_pair(layer, input, output);
    } else {
      run_layer(layer, input, 0, tile_grid(layer).height, output);
    }
    input = output;
    layer = next;
  }
}

/// Band after band, the first convolution computes what the second one needs: a row of tiles more than its
/// own.
void DenseNetwork::run_pair(std::size_t layer, const PlaneRows& input, const PlaneRows& output) {
  const std::size_t height = architecture_.plane(layer).height;
  const std::size_t first_tile_rows = tile_grid(layer).height;
  const std::size_t second_tile_rows = tile_grid(layer + 1).height;
  const std::size_t step = kBandRows / tile_side(layer + 1);
  PlaneRows band{.storage = band_.data(),
                 .width = architecture_.plane(layer + 1).width,
                 .channels = stored_channels(layer + 1),
                 .first_row = 0};
  constexpr std::size_t kStoredRows = kBandRows + kSharedRows;
  band.clear_rows(-1, kStoredRows);
  std::size_t computed = 0;  // rows of tiles of the first convolution
  for (std::size_t row = 0; row < second_tile_rows; row += step) {
    const std::size_t end = std::min(second_tile_rows, row + step);
    if (row > 0) {
      std::copy_n(band.storage + (kBandRows * band.row_stride()), kSharedRows * band.row_stride(),
                  band.storage);
      band.first_row += kBandRows;
    }
    const std::size_t needed = std::min(first_tile_rows, (end * tile_side(layer + 1) / tile_side(layer)) + 1);
    run_layer(layer, input, computed, needed, band);
    computed = needed;
    // Below the plane there are zeros; the band may hold rows of the band before there.
    const std::size_t stored_end = band.first_row + kStoredRows - 1;
    if (stored_end > height) {
      const std::size_t first = std::max(height, band.first_row);
      band.clear_rows(static_cast<std::ptrdiff_t>(first), stored_end - first);
    }
    run_layer(layer + 1, band, row, end, output);
  }
}

void DenseNetwork::run_layer(std::size_t layer, const PlaneRows& input, std::size_t first_tile_row,
                             std::size_t end_tile_row, const PlaneRows& output) {
  const PlaneSize size = architecture_.plane(layer);
  const bool has_pooling = architecture_.has_pooling(layer);
  const bool is_last = layer + 1 == kConvolutionCount;
  const TileRows tiles{
      .first_row = first_tile_row, .end_row = end_tile_row, .columns = tile_grid(layer).width};
  const auto pass_on = [&](const OutputTile& tile) {
    if (observer_ != nullptr) report(*observer_, layer, tile, architecture_);
    if (is_last) {
      raise_maxima(tile, architecture_, embedding_);
    } else if (has_pooling) {
      copy_pooled(tile, size, output);
    } else {
      copy(tile, size, output);
    }
  };
  if (layer > 0) {
    others_[layer - 1].run(input, tiles, workspace_, pass_on);
  } else if (first_) {
    first_->run(input, tiles, first_tile_, pass_on);
  }
  if (progress_ != nullptr) (*progress_)(layer);
}

}  // namespace edgel3
