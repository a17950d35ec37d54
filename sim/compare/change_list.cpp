#include "sim/compare/change_list.h"

#include <algorithm>

namespace dosimeter::sim {

Change* ChangeList::add(Decider from, Decider to, Causes causes, std::uint64_t requests) {
  const auto key = std::tuple(from, to, causes);
  auto place = places_.find(key);
  if (place == places_.end()) {
    if (changes_.size() == kMostChanges) {
      left_out_ += requests;
      return nullptr;
    }
    place = places_.emplace(key, changes_.size()).first;
    changes_.push_back({from, to, causes, 0, {}});
  }
  Change& change = changes_[place->second];
  change.requests += requests;
  return &change;
}

std::vector<Change> ChangeList::sorted() && {
  std::stable_sort(changes_.begin(), changes_.end(),
                   [](const Change& a, const Change& b) { return a.requests > b.requests; });
  places_.clear();
  return std::move(changes_);
}

ExampleRequest example_request(const LogRow& row, std::string file, std::uint64_t line) {
  ExampleRequest example;
  const auto copy = [&](const FieldText& text) -> std::optional<std::string> {
    if (!text) return std::nullopt;
    if (text->size() > kMostExampleBytes) example.cut = true;
    return std::string(text->substr(0, kMostExampleBytes));
  };
  example.file = std::move(file);
  example.line = line;
  example.service_name = copy(row.service_name);
  example.service_type = copy(row.service_type);
  example.host = copy(row.host);
  example.http_method = copy(row.http_method);
  example.target = copy(row.target);
  example.resource_arn = copy(row.resource_arn);
  example.trace_header = copy(row.trace_header);
  return example;
}

}  // namespace dosimeter::sim
