#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/raw_request.h>
#include <dosimeter/request.h>
#include <dosimeter/text_choices.h>

#include "sim/explain/question.h"

#include <vector>

namespace dosimeter::sim {

/// The request of a question, before any recorder's view of it; without attributes. Views of it.
[[nodiscard]] RawRequest raw_request(const Question& question);

/// A request as the rules of one recorder see it.
class SeenRequest {
 public:
  /// `question` must outlive this. `match` is how the recorder compares its naming pattern.
  SeenRequest(const Question& question, const TextChoices& text, const MatchChoices& match);
  SeenRequest(const SeenRequest&) = delete;  // the request views this object
  SeenRequest& operator=(const SeenRequest&) = delete;

  [[nodiscard]] const Request& request() const noexcept { return request_; }
  [[nodiscard]] const Question& question() const noexcept { return question_; }

 private:
  const Question& question_;
  RecorderView view_;
  std::vector<Attribute> attributes_;
  Request request_;
};

}  // namespace dosimeter::sim
