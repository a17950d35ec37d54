#include "engine/src/field_memo.h"

namespace dosimeter::detail {

const FieldAnswer* FieldMemo::find_longer(std::uint64_t kind,
                                          std::string_view text) const noexcept {
  if (text.size() <= kShortBytes) return short_.find(kind, TextWords<3>::of(text));
  if (text.size() <= kMediumBytes) return medium_.find(kind, TextWords<5>::of(text));
  if (text.size() <= 64) return long_.find(kind, TextWords<8>::of(text));
  if (text.size() <= kMostBytes) return long_.find(kind, TextWords<13>::of(text));
  return nullptr;
}

void FieldMemo::put(Field field, std::string_view text, const FieldAnswer& answer) noexcept {
  const std::uint64_t kind = kind_of(field, text);
  if (text.size() <= kShortestBytes) return short_.put(kind, TextWords<2>::of(text), answer);
  if (text.size() <= kShortBytes) return short_.put(kind, TextWords<3>::of(text), answer);
  if (text.size() <= kMediumBytes) return medium_.put(kind, TextWords<5>::of(text), answer);
  if (text.size() <= 64) return long_.put(kind, TextWords<8>::of(text), answer);
  if (text.size() <= kMostBytes) return long_.put(kind, TextWords<13>::of(text), answer);
}

}  // namespace dosimeter::detail
