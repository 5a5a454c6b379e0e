#include "model/file_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "model/model_file.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

/// Bytes 0, 1, 2, ..., 9.
constexpr std::array<std::byte, 10> kDigits{std::byte{0}, std::byte{1}, std::byte{2}, std::byte{3},
                                            std::byte{4}, std::byte{5}, std::byte{6}, std::byte{7},
                                            std::byte{8}, std::byte{9}};

TEST(FileBytesTest, GivesAnyPart) {
  const FileBytes all = FileBytes::in_memory(kDigits);
  for (std::size_t begin = 0; begin <= kDigits.size(); ++begin) {
    for (std::size_t end = begin; end <= kDigits.size(); ++end) {
      const FileBytes part = all.part(begin, end - begin);
      EXPECT_EQ(part.size(), end - begin);
      EXPECT_TRUE(std::ranges::equal(part.read(), std::span(kDigits).subspan(begin, end - begin)));
    }
  }
}

TEST(FileBytesTest, APartOfAPartCountsFromItsOwnBeginning) {
  std::array<std::byte, 2> target{};
  FileBytes::in_memory(kDigits).part(3, 6).part(1, 5).read(2, target);
  EXPECT_EQ(target, (std::array{std::byte{6}, std::byte{7}}));
}

TEST(FileBytesTest, NothingIsReadOfNothing) {
  EXPECT_EQ(FileBytes().size(), 0U);
  EXPECT_TRUE(FileBytes().read().empty());
}

/// Notes how much is read at once.
class Meter final : public ByteSource {
 public:
  explicit Meter(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  void read(std::size_t offset, std::span<std::byte> target) const override {
    most_ = std::max(most_, target.size());
    std::ranges::copy(std::span(bytes_).subspan(offset, target.size()), target.begin());
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  std::vector<std::byte> bytes_;
  mutable std::size_t most_ = 0;
};

TEST(FileBytesTest, AModelFileIsCheckedInPiecesAndReadConvolutionByConvolution) {
  for (const bool float16 : {false, true}) {
    const auto meter = std::make_shared<Meter>(
        model_file(random_network("sea", 512, 0.5, 1), {.sparse = false, .float16 = float16}));
    const auto model = ModelFile::parse({meter, meter->size()});
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_LE(meter->most(), 65'536U);
    EXPECT_EQ(model->convolution(7).values.size(), model->architecture().weight_count(7));
    EXPECT_LE(meter->most(), model->architecture().weight_count(7) * 4);
  }
}

}  // namespace
}  // namespace edgel3
