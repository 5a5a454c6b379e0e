#include "mel/power_spectrum.h"

#include <kiss_fftr.h>

#include <cassert>
#include <cstdlib>
#include <type_traits>

namespace edgel3 {

static_assert(std::is_same_v<kiss_fft_scalar, F64x2>);

struct PowerSpectrum::Transform {
  struct Free {
    void operator()(kiss_fftr_cfg pointer) const { kiss_fftr_free(pointer); }
  };
  std::size_t size = 0;
  std::unique_ptr<std::remove_pointer_t<kiss_fftr_cfg>, Free> config;
};

PowerSpectrum::PowerSpectrum(std::size_t size) : transform_(new Transform) {
  assert(size % 2 == 0);
  transform_->size = size;
  transform_->config.reset(kiss_fftr_alloc(static_cast<int>(size), 0, nullptr, nullptr));
  if (!transform_->config) std::abort();  // out of memory: what `new` does here too
}

void PowerSpectrum::Delete::operator()(Transform* transform) const { delete transform; }

std::span<F64x2> PowerSpectrum::compute(std::span<F64x2> buffer) {
  assert(buffer.size() == buffer_length(transform_->size));
  // kiss_fftr has read all samples before it writes the first bin; a bin is two numbers, re and im.
  static_assert(sizeof(kiss_fft_cpx) == 2 * sizeof(F64x2));
  kiss_fftr(transform_->config.get(), buffer.data(), reinterpret_cast<kiss_fft_cpx*>(buffer.data()));
  const std::size_t bins = (transform_->size / 2) + 1;
  for (std::size_t i = 0; i < bins; ++i) {
    const F64x2 real = buffer[2 * i];
    const F64x2 imaginary = buffer[(2 * i) + 1];
    buffer[i] = (real * real) + (imaginary * imaginary);
  }
  return buffer.first(bins);
}

}  // namespace edgel3
