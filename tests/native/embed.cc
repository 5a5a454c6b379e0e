// The native build of the core as a program, to compare it with the WebAssembly modules:
//
//   edgel3_embed MODEL SOUND SAMPLE_RATE CENTER HOP_SIZE
//
// MODEL is a file in our safetensors format, SOUND one channel of raw little-endian float32, CENTER 0 or 1,
// HOP_SIZE in seconds. Writes the embeddings to standard output as raw little-endian float32.

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "audio/input_stream.h"
#include "edgel3/error.h"
#include "embedder.h"

namespace {

/// The value, or the end of the program.
template <typename T>
T require(edgel3::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::vector<char> read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<double> read_sound(const char* path) {
  const std::vector<char> bytes = read_file(path);
  std::vector<float> samples(bytes.size() / sizeof(float));
  std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
  return {samples.begin(), samples.end()};
}

}  // namespace

// An exception ends the program, as every other error does.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const std::span arguments(argv + 1, 5);
  const std::vector<char> model = read_file(arguments[0]);
  const std::vector<double> sound = read_sound(arguments[1]);
  edgel3::Embedder embedder =
      require(edgel3::Embedder::create(edgel3::FileBytes::in_memory(std::as_bytes(std::span(model)))));
  edgel3::InputStream stream = require(
      edgel3::InputStream::create(std::strtod(arguments[2], nullptr), embedder.window_length(), 1,
                                  std::strcmp(arguments[3], "1") == 0, std::strtod(arguments[4], nullptr)));
  std::vector<float> prepared;
  require(stream.push(std::array{std::span<const double>(sound)}, prepared));
  require(stream.finish(prepared));
  const std::vector<float> embeddings = require(embedder.embed(prepared, stream.hop_length()));
  std::fwrite(embeddings.data(), sizeof(float), embeddings.size(), stdout);
}
