#include <dosimeter/recorder.h>
#include <dosimeter/version.h>

#include "engine/src/c_door.h"

#include <string_view>

#define DOSIMETER_WORDS(major, minor, patch) #major "." #minor "." #patch
#define DOSIMETER_VERSION_WORDS(major, minor, patch) DOSIMETER_WORDS(major, minor, patch)
static_assert(std::string_view(dosimeter::kVersion) ==
                  DOSIMETER_VERSION_WORDS(DOSIMETER_VERSION_MAJOR, DOSIMETER_VERSION_MINOR,
                                          DOSIMETER_VERSION_PATCH),
              "dosimeter.h and dosimeter/version.h must name the same version");

const char* dosimeter_version(void) {
  return dosimeter::kVersion;
}

int dosimeter_abi(void) {
  return DOSIMETER_ABI;
}

dosimeter_text dosimeter_text_of(const char* string) {
  return string == nullptr ? dosimeter::detail::kAbsentText : dosimeter::detail::text_of(string);
}

dosimeter_text dosimeter_recorder_name(size_t index) {
  const auto recorders = dosimeter::recorders();
  return index < recorders.size() ? dosimeter::detail::text_of(recorders[index].name)
                                  : dosimeter::detail::kAbsentText;
}
