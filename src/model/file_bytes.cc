#include "model/file_bytes.h"

#include <algorithm>
#include <cassert>

namespace edgel3 {
namespace {

class Memory final : public ByteSource {
 public:
  explicit Memory(std::span<const std::byte> bytes) : bytes_(bytes) {}

  void read(std::size_t offset, std::span<std::byte> target) const override {
    std::ranges::copy(bytes_.subspan(offset, target.size()), target.begin());
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace

FileBytes FileBytes::in_memory(std::span<const std::byte> bytes) {
  return {std::make_shared<Memory>(bytes), bytes.size()};
}

FileBytes FileBytes::part(std::size_t offset, std::size_t size) const {
  assert(offset <= size_ && size <= size_ - offset);
  FileBytes part = *this;
  part.begin_ += offset;
  part.size_ = size;
  return part;
}

void FileBytes::read(std::size_t offset, std::span<std::byte> target) const {
  assert(offset <= size_ && target.size() <= size_ - offset);
  if (!target.empty()) source_->read(begin_ + offset, target);
}

std::vector<std::byte> FileBytes::read() const {
  std::vector<std::byte> bytes(size_);
  read(0, bytes);
  return bytes;
}

}  // namespace edgel3
