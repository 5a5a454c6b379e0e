#include "mel/column_stream.h"

#include <algorithm>
#include <array>

namespace edgel3 {

ColumnStream::ColumnStream(const FrontEnd& front_end)
    : front_end_(front_end), spectrogram_columns_(front_end), pending_(front_end.pad_left()) {}

void ColumnStream::push(std::span<const float> samples, std::vector<float>& columns) {
  length_ += samples.size();
  const std::size_t skipped = std::min(skip_, samples.size());
  skip_ -= skipped;
  pending_.insert(pending_.end(), samples.begin() + static_cast<std::ptrdiff_t>(skipped), samples.end());
  if (pending_.size() < front_end_.fft_size) return;
  append(1 + ((pending_.size() - front_end_.fft_size) / front_end_.hop), columns);
}

void ColumnStream::finish(std::vector<float>& columns) {
  if (front_end_.padding == Padding::kNone) return;
  const std::uint64_t total = (length_ + front_end_.hop - 1) / front_end_.hop;
  if (total > count_) append(static_cast<std::size_t>(total - count_), columns);
}

/// Appends the next `count` columns and drops the samples before the one that follows them.
void ColumnStream::append(std::size_t count, std::vector<float>& columns) {
  const std::size_t bands = front_end_.bands();
  const std::size_t start = columns.size();
  columns.resize(start + (count * bands));
  for (std::size_t first = 0; first < count; first += 2) {
    const std::array frames{first, std::min(first + 1, count - 1)};
    const auto begin = [this](std::size_t frame) {
      return static_cast<std::ptrdiff_t>(frame * front_end_.hop);
    };
    const std::span<const F64x2> pair =
        spectrogram_columns_.compute(pending_, {begin(frames[0]), begin(frames[1])});
    for (std::size_t lane = 0; lane < frames.size(); ++lane) {
      float* const column = columns.data() + start + (frames[lane] * bands);
      for (std::size_t band = 0; band < bands; ++band) column[band] = static_cast<float>(pair[band][lane]);
    }
  }
  count_ += count;
  const std::size_t done = std::min(count * front_end_.hop, pending_.size());
  skip_ = (count * front_end_.hop) - done;
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
}

}  // namespace edgel3
