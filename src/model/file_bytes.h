#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace edgel3 {

/// Where the bytes of a file are read from. They need not lie in this program's memory: those of a large
/// model would take much of it, and each is needed only once or twice.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Copies the bytes from `offset` on to `target`. Contract: all of them lie inside the file.
  virtual void read(std::size_t offset, std::span<std::byte> target) const = 0;

 protected:
  ByteSource() = default;
  ByteSource(const ByteSource&) = default;
  ByteSource(ByteSource&&) = default;
  ByteSource& operator=(const ByteSource&) = default;
  ByteSource& operator=(ByteSource&&) = default;
};

/// Consecutive bytes of a file, or all of them.
class FileBytes {
 public:
  FileBytes() = default;

  /// The `size` bytes that a file has.
  FileBytes(std::shared_ptr<const ByteSource> source, std::size_t size)
      : source_(std::move(source)), size_(size) {}

  /// Bytes in memory, which must outlive this and every part of it.
  static FileBytes in_memory(std::span<const std::byte> bytes);

  [[nodiscard]] std::size_t size() const { return size_; }

  /// `size` bytes from `offset` on, which lie inside these.
  [[nodiscard]] FileBytes part(std::size_t offset, std::size_t size) const;

  /// Copies the bytes from `offset` on, which lie inside these.
  void read(std::size_t offset, std::span<std::byte> target) const;

  /// A copy of all of them.
  [[nodiscard]] std::vector<std::byte> read() const;

 private:
  std::shared_ptr<const ByteSource> source_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
};

}  // namespace edgel3
