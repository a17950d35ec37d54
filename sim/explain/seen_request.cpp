#include "sim/explain/seen_request.h"

#include <dosimeter/segment_naming.h>

namespace dosimeter::sim {

SeenRequest::SeenRequest(const Question& question, const TextChoices& text,
                         const MatchChoices& match)
    : question_(question), view_(text, question.base_path) {
  const AskedRequest& asked = question.request;
  for (const AskedAttribute& attribute : asked.attributes) {
    attributes_.push_back({attribute.key, attribute.value, attribute.type});
  }
  if (question.verbatim) {
    request_ = {.service_name = asked.field(Field::service_name),
                .service_type = asked.field(Field::service_type),
                .host = asked.field(Field::host),
                .http_method = asked.field(Field::http_method),
                .url_path = asked.field(Field::url_path),
                .resource_arn = asked.field(Field::resource_arn),
                .attributes = attributes_};
    return;
  }
  RawRequest raw{.service_name = asked.field(Field::service_name),
                 .service_type = asked.field(Field::service_type),
                 .http_method = asked.field(Field::http_method),
                 .resource_arn = asked.field(Field::resource_arn),
                 .attributes = attributes_,
                 .trace_header = question.trace_header};
  if (const auto& host = asked.field(Field::host)) raw.set_host(*host);
  if (const auto& path = asked.field(Field::url_path)) raw.set_target(*path);
  request_ = view_.view(raw);
  if (question.naming_pattern && request_.host) {
    const auto naming = SegmentNaming::dynamic(*question.naming_pattern, "", match);
    // Empty where the pattern does not match, which no host is.
    if (!naming.name(request_.host).empty()) request_.service_name = request_.host;
  }
}

}  // namespace dosimeter::sim
