#pragma once

#include <dosimeter/document_choices.h>

#include <string>
#include <string_view>

namespace dosimeter::rules {

/// `text` with spaces in place of what a recorder does not read: comments, and whatever stands
/// after the document. Everything else keeps its line and column. A comment without an end stays.
std::string relaxed_text(std::string_view text, const DocumentChoices& choices);

}  // namespace dosimeter::rules
