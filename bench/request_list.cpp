#include "bench/request_list.h"

#include "tests/support/random.h"

#include <string_view>

namespace dosimeter::bench {

RequestList::RequestList(const std::vector<RequestText>& requests) {
  for (const RequestText& text : requests) {
    for (const std::string* field :
         {&text.service_name, &text.host, &text.http_method, &text.url_path}) {
      if (field == &text.host) hosts_.push_back(texts_.size());
      texts_.insert(texts_.end(), field->begin(), field->end());
    }
  }
  Random random(5);
  const char* next = texts_.data();
  const auto view = [&](const std::string& text) {
    const std::string_view viewed(next, text.size());
    next += text.size();
    return viewed;
  };
  for (const RequestText& text : requests) {
    Request request;
    request.service_name = view(text.service_name);
    request.host = view(text.host);
    request.http_method = view(text.http_method);
    request.url_path = view(text.url_path);
    asked_.push_back({request, random.unit()});
  }
}

double RequestList::mean_bytes() const noexcept {
  return static_cast<double>(texts_.size()) / static_cast<double>(asked_.size());
}

void RequestList::renew_host(std::size_t index, std::uint32_t number) noexcept {
  char* host = &texts_[hosts_[index]];
  for (std::size_t i = 0; i < kRenewedBytes; ++i) {
    host[i] = static_cast<char>('a' + ((number >> (4 * i)) & 15u));
  }
}

}  // namespace dosimeter::bench
