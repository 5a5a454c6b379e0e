#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mel/spectrogram_columns.h"
#include "network/front_end.h"

namespace edgel3 {

/// The spectrogram of a signal that comes in pieces, in absolute decibels: what a page draws. Of the first
/// second it has the columns that the network gets of a window there, before they are set in relation to the
/// window's maximum; those of the rest follow at the same distances.
///
/// However the signal is cut into pushes, the concatenated output is the same to the last bit.
class ColumnStream {
 public:
  explicit ColumnStream(const FrontEnd& front_end);

  /// Takes the next samples (finite, at the model's rate, may be none) and appends to `columns` those that
  /// are complete: column after column, each `bands` decibels from the lowest band up.
  void push(std::span<const float> samples, std::vector<float>& columns);

  /// Appends the rest: the columns that reach beyond the signal's end, as far as the front end's padding
  /// has such.
  void finish(std::vector<float>& columns);

 private:
  void append(std::size_t count, std::vector<float>& columns);

  FrontEnd front_end_;
  SpectrogramColumns spectrogram_columns_;
  std::vector<float> pending_;  // from the next column's beginning on; at first the padding in front
  std::size_t skip_ = 0;        // samples to come before the next column, where hops leave gaps
  std::uint64_t length_ = 0;    // samples that were pushed
  std::uint64_t count_ = 0;     // columns that were appended
};

}  // namespace edgel3
