#include "sim/recorders/member_choice.h"

namespace dosimeter::sim {

std::span<const Choice<DocumentChoices>> document_choices() noexcept {
  return {};
}

}  // namespace dosimeter::sim
