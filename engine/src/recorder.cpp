#include <dosimeter/recorder.h>

#include <algorithm>
#include <array>

namespace dosimeter {
namespace {

constexpr std::array<Recorder, 1> kRecorders = {kDocumentedRecorder};

}  // namespace

std::span<const Recorder> recorders() noexcept {
  return kRecorders;
}

const Recorder* find_recorder(std::string_view name) noexcept {
  const auto found = std::find_if(kRecorders.begin(), kRecorders.end(),
                                  [&](const Recorder& recorder) { return recorder.name == name; });
  return found == kRecorders.end() ? nullptr : &*found;
}

}  // namespace dosimeter
