#include "nn/kernels/winograd_transforms.h"

#include <array>
#include <cassert>
#include <numbers>

#include "nn/simd.h"

namespace edgel3 {
namespace {

/// The three transforms of a row or a column: `expand` is G, `analyse` BT and `sum` AT.
template <std::size_t kSide>
struct Line;

template <>
struct Line<2> {
  static std::array<double, 4> expand(double a, double b, double c) {
    return {a, (a + b + c) / 2, (a - b + c) / 2, c};
  }

  static std::array<F32x4, 4> analyse(const std::array<F32x4, 4>& in) {
    return {in[0] - in[2], in[1] + in[2], in[2] - in[1], in[1] - in[3]};
  }

  static std::array<F32x4, 2> sum(const std::array<F32x4, 4>& in) {
    return {in[0] + (in[1] + in[2]), (in[1] - in[2]) - in[3]};
  }
};

template <>
struct Line<4> {
  static constexpr double kNear = 1 / std::numbers::sqrt2;
  static constexpr double kFar = std::numbers::sqrt2;
  static constexpr auto kNearFloat = static_cast<float>(kNear);
  static constexpr auto kFarFloat = static_cast<float>(kFar);

  static std::array<double, 6> expand(double a, double b, double c) {
    return {a,
            (a + (kNear * b) + (c / 2)) / -1.5,
            (a - (kNear * b) + (c / 2)) / -1.5,
            (a + (kFar * b) + (c * 2)) / 6,
            (a - (kFar * b) + (c * 2)) / 6,
            c};
  }

  static std::array<F32x4, 6> analyse(const std::array<F32x4, 6>& in) {
    const F32x4 near_even = multiply_add(in[2], splat(-2), in[4]);
    const F32x4 near_odd = multiply_add(in[1], splat(-2), in[3]) * splat(kNearFloat);
    const F32x4 far_even = multiply_add(in[2], splat(-0.5F), in[4]);
    const F32x4 far_odd = multiply_add(in[1], splat(-0.5F), in[3]) * splat(kFarFloat);
    return {multiply_add(in[2], splat(-2.5F), in[0] + in[4]),
            near_even + near_odd,
            near_even - near_odd,
            far_even + far_odd,
            far_even - far_odd,
            multiply_add(in[3], splat(-2.5F), in[1] + in[5])};
  }

  static std::array<F32x4, 4> sum(const std::array<F32x4, 6>& in) {
    const F32x4 near_even = in[1] + in[2];
    const F32x4 near_odd = (in[1] - in[2]) * splat(kNearFloat);
    const F32x4 far_even = in[3] + in[4];
    const F32x4 far_odd = (in[3] - in[4]) * splat(kFarFloat);
    return {in[0] + (near_even + far_even), near_odd + far_odd,
            multiply_add(far_even, splat(2), near_even * splat(0.5F)),
            multiply_add(far_odd, splat(2), near_odd * splat(0.5F)) + in[5]};
  }
};

template <std::size_t kSide>
void transform_weights(const float* weights, float* places) {
  std::array<std::array<double, kSide + 2>, 3> columns{};  // G g, by kx
  for (std::size_t kx = 0; kx < 3; ++kx) {
    columns[kx] = Line<kSide>::expand(weights[kx], weights[3 + kx], weights[6 + kx]);
  }
  for (std::size_t row = 0; row < kSide + 2; ++row) {
    for (const double place : Line<kSide>::expand(columns[0][row], columns[1][row], columns[2][row])) {
      *places++ = static_cast<float>(place);
    }
  }
}

template <std::size_t kSide>
void transform_pixels(const float* pixels, std::size_t pixel_stride, std::size_t row_stride,
                      std::size_t channels, float* places, std::size_t place_stride) {
  assert(channels % kLanes == 0);
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    std::array<std::array<F32x4, kSide + 2>, kSide + 2> columns{};  // BT d
    for (std::size_t column = 0; column < kSide + 2; ++column) {
      std::array<F32x4, kSide + 2> in{};
      const float* from = pixels + (column * pixel_stride) + channel;
      for (F32x4& pixel : in) {
        pixel = load(from);
        from += row_stride;
      }
      columns[column] = Line<kSide>::analyse(in);
    }
    float* to = places + channel;
    for (std::size_t row = 0; row < kSide + 2; ++row) {
      std::array<F32x4, kSide + 2> in{};
      for (std::size_t column = 0; column < kSide + 2; ++column) in[column] = columns[column][row];
      for (const F32x4& place : Line<kSide>::analyse(in)) {
        store(to, place);
        to += place_stride;
      }
    }
  }
}

template <std::size_t kSide>
void transform_places(const float* places, std::size_t place_stride, std::size_t channels,
                      const Epilogue& epilogue, float* pixels, std::size_t pixel_stride) {
  assert(channels % kLanes == 0);
  const F32x4 min_output = splat(epilogue.min_output);
  for (std::size_t channel = 0; channel < channels; channel += kLanes) {
    std::array<std::array<F32x4, kSide>, kSide + 2> columns{};  // AT m
    for (std::size_t column = 0; column < kSide + 2; ++column) {
      std::array<F32x4, kSide + 2> in{};
      const float* from = places + (column * place_stride) + channel;
      for (F32x4& place : in) {
        place = load(from);
        from += (kSide + 2) * place_stride;
      }
      columns[column] = Line<kSide>::sum(in);
    }
    const F32x4 scale = load(epilogue.scale + channel);
    const F32x4 shift = load(epilogue.shift + channel);
    float* to = pixels + channel;
    for (std::size_t row = 0; row < kSide; ++row) {
      std::array<F32x4, kSide + 2> in{};
      for (std::size_t column = 0; column < kSide + 2; ++column) in[column] = columns[column][row];
      for (const F32x4& sum : Line<kSide>::sum(in)) {
        store(to, maximum(multiply_add(sum, scale, shift), min_output));
        to += pixel_stride;
      }
    }
  }
}

template <std::size_t kSide>
constexpr WinogradTransforms transforms() {
  return {.side = kSide,
          .weights = transform_weights<kSide>,
          .pixels = transform_pixels<kSide>,
          .places = transform_places<kSide>};
}

}  // namespace

const WinogradTransforms& winograd_2x2() {
  static constexpr WinogradTransforms kTransforms = transforms<2>();
  return kTransforms;
}

const WinogradTransforms& winograd_4x4() {
  static constexpr WinogradTransforms kTransforms = transforms<4>();
  return kTransforms;
}

}  // namespace edgel3
