#include "mel/power_spectrum.h"

#include <kiss_fftr.h>

#include <cassert>
#include <cstdlib>
#include <type_traits>
#include <vector>

namespace edgel3 {

static_assert(std::is_same_v<kiss_fft_scalar, Pair>);

struct PowerSpectrum::Transform {
  struct Free {
    void operator()(kiss_fftr_cfg pointer) const { kiss_fftr_free(pointer); }
  };
  std::size_t size = 0;
  std::unique_ptr<std::remove_pointer_t<kiss_fftr_cfg>, Free> config;
  std::vector<kiss_fft_cpx> bins;
};

PowerSpectrum::PowerSpectrum(std::size_t size) : transform_(new Transform) {
  assert(size % 2 == 0);
  transform_->size = size;
  transform_->config.reset(kiss_fftr_alloc(static_cast<int>(size), 0, nullptr, nullptr));
  if (!transform_->config) std::abort();  // out of memory: what `new` does here too
  transform_->bins.resize(size / 2 + 1);
}

void PowerSpectrum::Delete::operator()(Transform* transform) const { delete transform; }

void PowerSpectrum::compute(std::span<const Pair> samples, std::span<Pair> power) {
  std::vector<kiss_fft_cpx>& bins = transform_->bins;
  assert(samples.size() == transform_->size && power.size() == bins.size());
  kiss_fftr(transform_->config.get(), samples.data(), bins.data());
  for (std::size_t i = 0; i < bins.size(); ++i) power[i] = bins[i].r * bins[i].r + bins[i].i * bins[i].i;
}

}  // namespace edgel3
