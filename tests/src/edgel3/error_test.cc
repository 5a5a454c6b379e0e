#include "edgel3/error.h"

#include <gtest/gtest.h>

namespace edgel3 {
namespace {

TEST(ErrorTest, HasNamesThatCallersCompare) {
  EXPECT_EQ(code_name(ErrorCode::kAudioEmpty), "audio_empty");
  EXPECT_EQ(code_name(ErrorCode::kAudioNotFinite), "audio_not_finite");
  EXPECT_EQ(code_name(ErrorCode::kAudioInvalid), "audio_invalid");
  EXPECT_EQ(code_name(ErrorCode::kAudioTooShort), "audio_too_short");
  EXPECT_EQ(code_name(ErrorCode::kSampleRateInvalid), "sample_rate_invalid");
  EXPECT_EQ(code_name(ErrorCode::kHopInvalid), "hop_invalid");
  EXPECT_EQ(code_name(ErrorCode::kModelInvalid), "model_invalid");
  EXPECT_EQ(code_name(ErrorCode::kModelUnsupported), "model_unsupported");
  EXPECT_EQ(code_name(ErrorCode::kClosed), "closed");
}

}  // namespace
}  // namespace edgel3
