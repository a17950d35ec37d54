#include "sim/explain/seen_request.h"

#include "sim/replay/request_mapper.h"

#include <string_view>

namespace dosimeter::sim {

RawRequest raw_request(const Question& question) {
  const AskedRequest& asked = question.request;
  RawRequest raw{.service_name = asked.field(Field::service_name),
                 .service_type = asked.field(Field::service_type),
                 .http_method = asked.field(Field::http_method),
                 .url = question.url,
                 .resource_arn = asked.field(Field::resource_arn),
                 .trace_header = question.trace_header};
  if (const auto& host = asked.field(Field::host)) {
    raw.set_host(*host);
  } else if (question.url) {
    std::string_view authority = *question.url;
    const std::size_t scheme_end = authority.find("://");
    if (scheme_end != std::string_view::npos) authority.remove_prefix(scheme_end + 3);
    raw.set_host(authority.substr(0, authority.find_first_of("/?#")));
  }
  if (const auto& path = asked.field(Field::url_path)) raw.set_target(*path);
  return raw;
}

SeenRequest::SeenRequest(const Question& question, const TextChoices& text,
                         const MatchChoices& match)
    : question_(question),
      view_(text, question.base_path, naming_by_host(question.naming_pattern, match)) {
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
  RawRequest raw = raw_request(question);
  raw.attributes = attributes_;
  request_ = view_.view(raw);
}

}  // namespace dosimeter::sim
