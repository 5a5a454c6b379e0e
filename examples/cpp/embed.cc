// Embeds sound in C++, without JavaScript: `embed MODEL SOUND SAMPLE_RATE`. MODEL is a file in edgel3's
// format, such as models/sea64-sparse69.safetensors; SOUND is one channel of raw float32.

#include <edgel3/model.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

namespace {

std::vector<char> read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int fail(const edgel3::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: embed MODEL SOUND SAMPLE_RATE\n");
    return 2;
  }
  const std::vector<char> file = read(argv[1]);
  auto model = edgel3::Model::load(std::as_bytes(std::span(file)));
  if (!model) return fail(model.error());

  const std::vector<char> bytes = read(argv[2]);
  std::vector<float> numbers(bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(float));
  const std::vector<double> samples(numbers.begin(), numbers.end());

  const auto embeddings =
      model->embed(std::array{std::span<const double>(samples)}, std::strtod(argv[3], nullptr));
  if (!embeddings) return fail(embeddings.error());
  const std::size_t dimension = model->embedding_dimension();
  std::printf("%zu windows of %zu numbers\n", embeddings->size() / dimension, dimension);
  for (std::size_t i = 0; i < embeddings->size(); ++i) {
    std::printf("%.9g%c", (*embeddings)[i], (i + 1) % dimension == 0 ? '\n' : ' ');
  }
}
