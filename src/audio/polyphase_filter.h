#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace edgel3 {

/// The filter `kaiser_best` as resampy 0.2.2 steps through it: from one sample to the next by a whole number
/// of table points (truncated), interpolating between two of them. Stored by phases: the taps that one output
/// uses lie side by side.
class PolyphaseFilter {
 public:
  /// `ratio`: output rate / input rate, at least 1 / kPointsPerZeroCrossing. Below 1 the filter is stretched
  /// by 1 / ratio and weakened as much.
  explicit PolyphaseFilter(double ratio);

  /// The filter for a ratio. That of the last call is kept, for each thread: sounds that follow one another
  /// mostly have the same rate, and to make it takes an eighth as long as to resample a second.
  static std::shared_ptr<const PolyphaseFilter> shared(double ratio);

  /// Makes `taps` those of one side of the filter for samples of which the nearest is `distance` zero
  /// crossings away from its center, 0 to min(1, ratio); nearest first.
  void interpolate(double distance, std::vector<double>& taps) const;

  /// The largest number of taps on one side.
  [[nodiscard]] std::size_t reach() const { return reach_; }

 private:
  std::size_t points_;  // of the table
  std::size_t step_;    // table points from one sample to the next
  std::size_t reach_;
  std::vector<double> values_;       // [table point below step_, or step_ itself][tap]
  std::vector<double> differences_;  // from each value to that of the next table point; 0 at the end
};

}  // namespace edgel3
