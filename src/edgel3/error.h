#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace edgel3 {

/// What went wrong. The spelling of `code_name` is public and stable: JavaScript callers compare it.
enum class ErrorCode : std::uint8_t {
  kAudioEmpty,      ///< No samples.
  kAudioNotFinite,  ///< A sample is NaN, infinite or so large (1e37) that resampling could make it infinite.
  kAudioInvalid,    ///< Wrong shape: no channel, channels of unequal length, a signal shorter than a window.
  kAudioTooShort,   ///< Resampling leaves no sample.
  kSampleRateInvalid,  ///< A rate that is not a positive finite number, or outside the supported range.
  kHopInvalid,         ///< A hop that is not positive and finite, or shorter than one sample.
  kModelInvalid,       ///< Not a model file, truncated or corrupt.
  kModelUnsupported,   ///< A well-formed file of a network this library does not know.
  kClosed,             ///< Used after it was finished or closed.
};

/// The stable snake_case name of `code`, e.g. "model_invalid".
constexpr std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kAudioEmpty:
      return "audio_empty";
    case ErrorCode::kAudioNotFinite:
      return "audio_not_finite";
    case ErrorCode::kAudioInvalid:
      return "audio_invalid";
    case ErrorCode::kAudioTooShort:
      return "audio_too_short";
    case ErrorCode::kSampleRateInvalid:
      return "sample_rate_invalid";
    case ErrorCode::kHopInvalid:
      return "hop_invalid";
    case ErrorCode::kModelInvalid:
      return "model_invalid";
    case ErrorCode::kModelUnsupported:
      return "model_unsupported";
    case ErrorCode::kClosed:
      return "closed";
  }
  std::unreachable();
}

/// A failure: a stable code and one sentence that says what was wrong and what to do.
struct Error {
  ErrorCode code;
  std::string message;
};

/// A value or the reason why there is none.
template <typename T>
using Result = std::expected<T, Error>;

/// `return failure(ErrorCode::kHopInvalid, "...")` from any function that returns a Result.
inline std::unexpected<Error> failure(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

}  // namespace edgel3
