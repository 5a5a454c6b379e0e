#include "model/network_description.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "model/json.h"

namespace edgel3 {
namespace {

using nlohmann::json;

std::unexpected<Error> invalid(const std::string& what) {
  return failure(ErrorCode::kModelInvalid,
                 "The model file's description of its network is damaged: " + what + ".");
}

std::unexpected<Error> unsupported(const std::string& what) {
  return failure(ErrorCode::kModelUnsupported,
                 "The model file asks for a network beyond the limits: " + what + ".");
}

template <typename T>
using Names = std::span<const std::pair<std::string_view, T>>;

constexpr std::array<std::pair<std::string_view, Padding>, 3> kPaddings{
    {{"none", Padding::kNone}, {"same", Padding::kSame}, {"end", Padding::kEnd}}};
constexpr std::array<std::pair<std::string_view, WindowFunction>, 2> kWindows{
    {{"hann", WindowFunction::kHann}, {"hann_float32", WindowFunction::kHannFloat32}}};
constexpr std::array<std::pair<std::string_view, BandScale>, 3> kScales{
    {{"linear", BandScale::kLinear}, {"htk", BandScale::kHtk}, {"slaney", BandScale::kSlaney}}};
constexpr std::array<std::pair<std::string_view, bool>, 1> kNorms{{{"area", true}}};
constexpr std::array<std::pair<std::string_view, Summed>, 2> kSummed{
    {{"power", Summed::kPower}, {"magnitude", Summed::kMagnitude}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> kEnds{{{"relu", true}, {"linear", false}}};

/// An object whose fields are taken one by one. The first one that is missing or wrong is the error; one that
/// nobody takes is another.
class Fields {
 public:
  Fields(const json& object, std::string name) : object_(object), name_(std::move(name)) {
    if (!object_.is_object()) fail(invalid(name_ + " is not an object"));
  }

  /// A whole number from `least` to `most`.
  std::size_t integer(const char* key, std::size_t least, std::size_t most) {
    const json* const value = take(key);
    if (value == nullptr) return least;
    if (!value->is_number_unsigned()) return fail(invalid(label(key) + " is not a whole number")), least;
    return within(key, value->get<std::uint64_t>(), least, most);
  }

  /// A number from `least` to `most`.
  double number(const char* key, double least, double most) {
    const json* const value = take(key);
    if (value == nullptr) return least;
    if (!value->is_number()) return fail(invalid(label(key) + " is not a number")), least;
    const auto number = value->get<double>();
    if (!(number >= least && number <= most))
      return fail(unsupported(label(key) + " is out of range")), least;
    return number;
  }

  /// Exactly `count` whole numbers, or any number of them up to 8, each from `least` to `most`.
  std::vector<std::size_t> integers(const char* key, std::optional<std::size_t> count, std::size_t least,
                                    std::size_t most) {
    const auto fallback = [&] { return std::vector<std::size_t>(count.value_or(0), least); };
    const json* const value = take(key);
    if (value == nullptr) return fallback();
    if (!value->is_array() || value->size() > kConvolutionCount || (count && value->size() != *count)) {
      const std::string expected = count ? std::to_string(*count) : "at most 8";
      return fail(unsupported(label(key) + " is not a list of " + expected + " numbers")), fallback();
    }
    std::vector<std::size_t> numbers;
    for (const json& item : *value) {
      if (!item.is_number_unsigned())
        return fail(invalid(label(key) + " holds other things than whole numbers")), fallback();
      numbers.push_back(within(key, item.get<std::uint64_t>(), least, most));
    }
    return numbers;
  }

  template <typename T, std::size_t kCount>
  T choice(const char* key, const std::array<std::pair<std::string_view, T>, kCount>& names) {
    const json* const value = take(key);
    if (value == nullptr) return names.front().second;
    const auto found = std::ranges::find_if(names, [&](const auto& name) {
      return value->is_string() && value->get_ref<const std::string&>() == name.first;
    });
    if (found != names.end()) return found->second;
    return fail(unsupported(label(key) + " is not one of those that are known")), names.front().second;
  }

  const json& object(const char* key) {
    static const json nothing;
    const json* const value = take(key);
    return value == nullptr ? nothing : *value;
  }

  /// The first error, if there is one.
  Result<void> finish() {
    if (!error_ && object_.size() != taken_) fail(unsupported(name_ + " has a field that is not known"));
    if (error_) return std::unexpected(*error_);
    return {};
  }

 private:
  const json* take(const char* key) {
    if (error_) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) return fail(invalid(name_ + " has no " + key)), nullptr;
    ++taken_;
    return &*found;
  }

  std::size_t within(const char* key, std::uint64_t value, std::size_t least, std::size_t most) {
    if (value >= least && value <= most) return static_cast<std::size_t>(value);
    fail(unsupported(label(key) + " is " + std::to_string(value) + ", and may be " + std::to_string(least) +
                     " to " + std::to_string(most)));
    return least;
  }

  [[nodiscard]] std::string label(const char* key) const { return name_ + "." + key; }

  void fail(const std::unexpected<Error>& error) {
    if (!error_) error_ = error.error();
  }

  const json& object_;
  std::string name_;
  std::size_t taken_ = 0;
  std::optional<Error> error_;
};

Result<FrontEnd> read_front_end(const json& object) {
  Fields fields(object, "spectrogram");
  FrontEnd front_end;
  front_end.sample_rate = fields.integer("sample_rate", 1000, 192'000);
  front_end.fft_size = fields.integer("fft_size", 16, 32'768);
  front_end.hop = fields.integer("hop", 1, front_end.sample_rate);
  front_end.padding = fields.choice("padding", kPaddings);
  front_end.window = fields.choice("window", kWindows);
  front_end.scale = fields.choice("scale", kScales);
  if (front_end.scale != BandScale::kLinear) {
    fields.choice("norm", kNorms);
    front_end.mel_bands = fields.integer("bands", 1, 4096);
    front_end.summed = fields.choice("summed", kSummed);
  }
  front_end.decibel_floor = fields.number("decibel_floor", 1e-100, 1);
  front_end.decibel_range = fields.number("decibel_range", 1, 1000);
  if (auto finished = fields.finish(); !finished) return std::unexpected(std::move(finished.error()));
  if (front_end.fft_size % 2 != 0) return unsupported("spectrogram.fft_size is odd");
  if (front_end.padding == Padding::kNone && front_end.fft_size > front_end.sample_rate) {
    return unsupported("spectrogram.fft_size is longer than a window");
  }
  if (front_end.frames() > kMaxPlaneNumbers / front_end.fft_size)
    return unsupported("a window takes too many transforms");
  return front_end;
}

/// Whether the planes, the weights and the work of a window stay below the limits.
Result<void> check_size(const Architecture& architecture) {
  std::size_t weights = 0;
  double multiply_adds = 0;
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    const PlaneSize plane = architecture.plane(layer);
    if (plane.height == 0 || plane.width == 0) return unsupported("the poolings leave nothing of the plane");
    if (plane.height * plane.width > kMaxPlaneNumbers / architecture.channels[layer]) {
      return unsupported("a plane has too many numbers");
    }
    weights += architecture.weight_count(layer);
    multiply_adds += static_cast<double>(architecture.weight_count(layer) * plane.height) *
                     static_cast<double>(plane.width);
  }
  if (weights > kMaxWeights) return unsupported("it has too many weights");
  if (multiply_adds > kMaxMultiplyAdds) return unsupported("a window takes too many multiplications");
  return {};
}

}  // namespace

Result<NetworkDescription> parse_network_description(std::string_view text) {
  const json object = parse_json(text);
  Fields fields(object, "network");
  NetworkDescription description;
  const json& spectrogram = fields.object("spectrogram");
  const std::vector<std::size_t> channels = fields.integers("convolutions", kConvolutionCount, 1, 4096);
  const std::vector<std::size_t> poolings = fields.integers("pooling_after", {}, 1, kConvolutionCount - 1);
  Architecture& architecture = description.architecture;
  architecture.relu_after_last = fields.choice("ends_with", kEnds);
  const std::vector<std::size_t> final_pooling = fields.integers("final_pooling", 2, 1, kMaxPlaneNumbers);
  const std::size_t embedding_dimension = fields.integer("embedding_dimension", 1, kMaxPlaneNumbers);
  if (auto finished = fields.finish(); !finished) return std::unexpected(std::move(finished.error()));

  auto front_end = read_front_end(spectrogram);
  if (!front_end) return std::unexpected(std::move(front_end.error()));
  description.front_end = *front_end;
  architecture.input = {.height = front_end->bands(), .width = front_end->frames()};
  std::ranges::copy(channels, architecture.channels.begin());
  for (const std::size_t convolution : poolings) {
    if (std::exchange(architecture.pooling[convolution - 1], true)) {
      return invalid("network.pooling_after names a convolution twice");
    }
  }
  architecture.final_pooling = {.height = final_pooling[0], .width = final_pooling[1]};
  if (auto checked = check_size(architecture); !checked) return std::unexpected(std::move(checked.error()));
  const PlaneSize last = architecture.plane(kConvolutionCount - 1);
  if (last.height % final_pooling[0] != 0 || last.width % final_pooling[1] != 0) {
    return unsupported("network.final_pooling does not divide the last plane, " +
                       std::to_string(last.height) + " x " + std::to_string(last.width));
  }
  if (architecture.embedding_dimension() != embedding_dimension) {
    return invalid("network.embedding_dimension is " + std::to_string(embedding_dimension) +
                   ", but the rest gives " + std::to_string(architecture.embedding_dimension()));
  }
  return description;
}

}  // namespace edgel3
