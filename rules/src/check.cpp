#include <dosimeter/rules/check.h>

#include "rules/src/document_check.h"
#include "rules/src/foreign_text.h"
#include "rules/src/json_reader.h"
#include "rules/src/message.h"
#include "rules/src/relaxed_text.h"
#include "rules/src/report.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace dosimeter::rules {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Acceptance acceptance_of(FaultConsequence consequence, bool in_rules) {
  switch (consequence) {
    case FaultConsequence::refused:
      return Acceptance::refused;
    case FaultConsequence::replaced:
      return Acceptance::replaced;
    case FaultConsequence::rest_dropped:
      return in_rules ? Acceptance::partly_loaded : Acceptance::replaced;
  }
  return Acceptance::refused;
}

// Past what this program reads no recorder is asked.
bool is_own_limit(std::string_view code) {
  return code == "document_too_large" || code == "nested_too_deep" || code == "number_out_of_range";
}

// The first in the text.
const JsonDocument::RepeatedKey* first_repeated_key(const JsonDocument& json) {
  const auto first =
      std::min_element(json.repeated_keys.begin(), json.repeated_keys.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return first == json.repeated_keys.end() ? nullptr : &*first;
}

class LocalCheck {
 public:
  LocalCheck(const Source& source, const DocumentChoices& choices)
      : source_(source), choices_(choices) {}

  DocumentCheck check() const {
    if (source_.text.size() > kMaximumDocumentBytes) return check_foreign(source_.text).value();
    if (choices_.byte_order_mark == ByteOrderMark::refused &&
        source_.text.starts_with(kByteOrderMark)) {
      return unreadable("not_json", {1, 1}, "expected JSON, got a byte order mark before it");
    }
    const std::string text = relaxed_text(source_.text, choices_);
    if (auto foreign = check_foreign(text)) return *std::move(foreign);
    const std::variant<JsonDocument, JsonError> parsed = read_json(text);
    if (const auto* error = std::get_if<JsonError>(&parsed))
      return unreadable(error->code, error->place, error->message);
    return check_document(std::get<JsonDocument>(parsed));
  }

 private:
  [[nodiscard]] DocumentCheck check_document(const JsonDocument& json) const {
    if (const auto* repeated = first_repeated_key(json)) {
      const JsonValue first(json, repeated->first);
      const JsonValue second(json, repeated->second);
      return says(Acceptance::refused, second.place(),
                  concat("key ", quote(second.text()), " is there twice, first at ",
                         first.place().line, ":", first.place().column));
    }
    std::optional<DocumentFault> fault = find_fault(json.root(), choices_);
    if (!fault) return {};
    const FaultConsequence consequence =
        fault->kind == FaultKind::wrong_type ? choices_.wrong_type : choices_.wrong_value;
    return says(acceptance_of(consequence, fault->in_rules), fault->place,
                std::move(fault->message));
  }

  // What is plainly something else than JSON.
  [[nodiscard]] std::optional<DocumentCheck> check_foreign(std::string_view text) const {
    Report report(source_.name);
    if (!report_foreign_text(text, report)) return std::nullopt;
    const Diagnostic found = report.take().front();
    return unreadable(found.code, {found.location.line, found.location.column}, found.message);
  }

  [[nodiscard]] DocumentCheck unreadable(std::string_view code, Place place,
                                         std::string message) const {
    const Acceptance acceptance =
        is_own_limit(code) ? Acceptance::refused : acceptance_of(choices_.unreadable, false);
    return says(acceptance, place, std::move(message));
  }

  [[nodiscard]] DocumentCheck says(Acceptance acceptance, Place place, std::string message) const {
    return {acceptance, std::move(message), {source_.name, place.line, place.column}};
  }

  const Source& source_;
  const DocumentChoices& choices_;
};

}  // namespace

DocumentCheck check_local_document(const Source& source, const Recorder& recorder) {
  return LocalCheck(source, recorder.local->document).check();
}

}  // namespace dosimeter::rules
