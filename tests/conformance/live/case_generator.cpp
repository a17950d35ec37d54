#include "tests/conformance/live/case_generator.h"

#include <dosimeter/recorder.h>

#include "tests/conformance/live/case_arrivals.h"
#include "tests/conformance/live/case_texts.h"
#include "tests/support/random.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace dosimeter::conformance {
namespace {

using namespace std::chrono_literals;

constexpr std::array<double, 10> kRates = {0, 0.05, 0.1, 0.25, 0.3, 0.333, 0.5, 0.07, 0.015, 1};
constexpr std::array<std::int64_t, 10> kSizes = {0, 0, 1, 1, 2, 3, 5, 10, 12, 35};
constexpr std::array<std::int64_t, 8> kPriorities = {1, 2, 2, 3, 5, 5, 100, 9999};
constexpr std::array<std::string_view, 4> kKeys = {"http.flavor", "user.tier", "retry", "Retry"};
constexpr std::array<std::string_view, 6> kValues = {"gold", "true", "1.1", "42", "", "a*b"};
/// How many texts of each field a case's rules and requests share.
constexpr std::size_t kPool = 4;

template <typename List>
const auto& one_of(Random& random, const List& list) {
  return list[random.below(list.size())];
}

struct FamilyCount {
  Family family;
  std::size_t cases;
  std::size_t requests;
};
constexpr std::array<FamilyCount, 8> kCounts = {{{Family::matching, 200, 60},
                                                 {Family::reservoir, 30, 50},
                                                 {Family::quota, 50, 50},
                                                 {Family::refresh, 30, 50},
                                                 {Family::upstream, 10, 20},
                                                 {Family::local_matching, 150, 50},
                                                 {Family::local_reservoir, 50, 60},
                                                 {Family::local_upstream, 10, 20}}};

class CaseMaker {
 public:
  CaseMaker(Random& random, const CaseBounds& bounds, Family family)
      : random_(random),
        bounds_(bounds),
        texts_(random, bounds.platforms_alone, bounds.sigma_among_letters_alone) {
    made_.family = family;
    made_.at = TimePoint(std::chrono::seconds(1'700'000'000 + random.below(1'000'000)) +
                         std::chrono::milliseconds(random.below(1000)));
    if (random.chance(0.3)) made_.at = TimePoint(calendar_second(made_.at));
  }

  Case make(std::size_t requests) {
    const bool is_matching =
        made_.family == Family::matching || made_.family == Family::local_matching;
    about_letters_ = is_matching && random_.chance(0.35);
    about_marks_ = is_matching && !about_letters_ && random_.chance(0.4);
    unusual_names_ = is_matching && random_.chance(0.2);
    make_pool();
    const bool goes_back = made_.kind() == RuleKind::local ? bounds_.local_clock_goes_back
                                                           : bounds_.central_clock_goes_back;
    CaseArrivals arrivals(random_, made_.at, goes_back && made_.family != Family::refresh);
    switch (made_.family) {
      case Family::matching:
        matching_rules();
        break;
      case Family::local_matching:
        local_rules(1 + random_.below(8));
        break;
      case Family::local_reservoir:
      case Family::local_upstream:
        local_rules(random_.below(3));
        break;
      case Family::reservoir:
      case Family::quota:
      case Family::refresh:
      case Family::upstream:
        few_rules();
        break;
    }
    for (std::size_t i = 0; i < requests; ++i) {
      if (made_.family == Family::quota) {
        if (random_.chance(i < 5 ? 0.4 : 0.15)) targets(arrivals);
        if (random_.chance(0.07)) salvos(arrivals);
      }
      if (made_.family == Family::refresh) {
        if (random_.chance(0.12)) refresh(arrivals);
        if (random_.chance(0.12)) targets(arrivals);
        if (random_.chance(0.08)) wait_for_stale_rules(arrivals);
      }
      if (made_.family == Family::quota && expiry_ && random_.chance(0.12)) {
        static_cast<void>(arrivals.to_the_edge_of(
            random_.chance(0.5) ? *expiry_ : TimePoint(calendar_second(*expiry_) + 1s)));
        request(arrivals.now());
      } else {
        request(arrivals.next());
      }
    }
    if (made_.kind() == RuleKind::central) statistics(arrivals.now());
    return std::move(made_);
  }

 private:
  void make_pool() {
    for (const Field field : kFields) {
      auto& pool = pool_[static_cast<std::size_t>(field)];
      const bool is_free = field != Field::service_type && field != Field::resource_arn;
      for (std::size_t i = 0; i < kPool; ++i) {
        if (is_free && about_letters_) {
          pool.push_back(texts_.word());
        } else {
          pool.push_back(is_free && about_marks_ ? texts_.marked() : texts_.text(field));
        }
      }
    }
  }
  const std::string& pooled(Field field) {
    return one_of(random_, pool_[static_cast<std::size_t>(field)]);
  }

  /// That nearly matches what requests have in the field.
  std::string pattern(Field field) {
    const bool nearly = about_letters_ || (about_marks_ && random_.chance(0.7));
    return nearly ? texts_.nearly(pooled(field)) : texts_.pattern(pooled(field));
  }

  double rate() { return one_of(random_, kRates); }

  RuleSpec rule(double share_of_patterns) {
    RuleSpec made;
    made.priority = unusual_names_ ? 5 : one_of(random_, kPriorities);
    made.fixed_rate = rate();
    made.reservoir_size = one_of(random_, kSizes);
    for (const Field field : kFields) {
      if (field == Field::resource_arn || !random_.chance(share_of_patterns)) continue;
      made.*kPatternMembers[static_cast<std::size_t>(field)] = pattern(field);
    }
    do {
      made.name = texts_.rule_name(unusual_names_);
    } while (!names_.insert(made.name).second);
    return made;
  }

  void matching_rules() {
    const double share = 0.1 + 0.35 * random_.unit();
    for (std::size_t left = 1 + random_.below(10); left > 0; --left) {
      RuleSpec made = rule(share);
      const double odd = bounds_.platforms_alone ? 0.15 : 0.05;
      if (random_.chance(odd)) {
        made.resource_arn =
            random_.chance(0.1) ? "**" : texts_.pattern(pooled(Field::resource_arn));
      }
      if (random_.chance(bounds_.platforms_alone ? 0.2 : 0.06)) made.attributes = attributes();
      if (random_.chance(0.03)) made.version = 2;
      if (random_.chance(0.03)) made.service_type = "";
      if (random_.chance(0.03)) made.priority = 0;
      if (random_.chance(0.015)) {
        made.lacks_attributes = true;
        made.attributes.clear();
      }
      if (random_.chance(0.015)) {
        made.lacks_service_type = true;
        made.service_type = "*";
      }
      made_.rules.push_back(std::move(made));
    }
    // A recorder is given one rule at least that it honours: what it does without is left out.
    made_.rules.push_back(rule(share));
    if (random_.chance(0.85)) made_.rules.push_back(default_rule(share));
    shuffle(made_.rules);
  }

  RuleSpec default_rule(double share) {
    RuleSpec made = rule(random_.chance(0.15) ? share : 0);
    made.name = kDefaultRuleName;
    made.priority = random_.chance(0.2) ? made.priority : kDefaultRulePriority;
    if (share > 0 && random_.chance(0.18)) {
      made.lacks_service_type = true;
    }
    if (share > 0 && random_.chance(0.02)) made.lacks_attributes = true;
    if (made.lacks_service_type) made.service_type = "*";
    return made;
  }

  std::vector<RuleAttribute> attributes() {
    std::vector<RuleAttribute> made;
    for (const std::string_view key : kKeys) {
      if (!random_.chance(made.empty() ? 0.4 : 0.2)) continue;
      const std::string_view value = random_.chance(0.3) ? "42" : one_of(random_, kValues);
      made.push_back(
          {std::string(key), random_.chance(0.2) ? "*" : texts_.pattern(std::string(value))});
    }
    return made;
  }

  /// Rules that are spent from: most requests have the first.
  void few_rules() {
    for (std::size_t left = 1 + random_.below(2); left > 0; --left) {
      RuleSpec made = rule(0);
      made.priority = 10;
      made.url_path = random_.chance(0.5) ? "/a*" : "/b*";
      made_.rules.push_back(std::move(made));
    }
    made_.rules.push_back(default_rule(0));
    made_.rules.back().priority = kDefaultRulePriority;
  }

  void local_rules(std::size_t count) {
    const bool many = made_.family == Family::local_matching;
    const double share = many ? 0.3 + 0.5 * random_.unit() : 0;
    for (std::size_t i = 0; i < count; ++i) {
      RuleSpec made = rule(0);
      for (const Field field : {Field::host, Field::http_method, Field::url_path}) {
        std::string text = random_.chance(share) ? pattern(field) : "*";
        // Some recorders refuse a document for an empty one.
        if (!text.empty()) made.*kPatternMembers[static_cast<std::size_t>(field)] = std::move(text);
      }
      if (!many) made.url_path = random_.chance(0.5) ? "/a*" : "/b*";
      made.name = "rules[" + std::to_string(i) + "]";
      made.priority = static_cast<std::int64_t>(i) + 1;
      made_.rules.push_back(std::move(made));
    }
    RuleSpec made = rule(0);
    made.name = kDefaultRuleName;
    made.priority = kDefaultRulePriority;
    made_.rules.push_back(std::move(made));
  }

  void shuffle(std::vector<RuleSpec>& rules) {
    for (std::size_t left = rules.size(); left > 1; --left) {
      std::swap(rules[left - 1], rules[random_.below(left)]);
    }
  }

  double draw() {
    if (bounds_.draws_by_trace_id) return (static_cast<double>(random_.below(1000)) + 0.5) / 1000;
    const double near = rate();
    double made = static_cast<double>(random_.below(1000)) / 1000;
    if (random_.chance(0.3)) made = near;
    if (random_.chance(0.1)) made = near - 1e-9;
    if (random_.chance(0.1)) made = near + 1e-9;
    if (random_.chance(0.1)) made = near + 0.004;
    return std::clamp(made, 0.0, 1 - 0x1.0p-53);
  }

  void request(TimePoint at) {
    CaseStep step;
    step.at = at;
    step.draw = draw();
    const bool plain = made_.family != Family::matching && made_.family != Family::local_matching;
    if (plain) {
      step.request.fields[static_cast<std::size_t>(Field::url_path)] = random_.chance(0.85)  ? "/a"
                                                                       : random_.chance(0.5) ? "/b"
                                                                                             : "/c";
      step.request.fields[static_cast<std::size_t>(Field::host)] = "shop.example";
    } else {
      fill(step.request);
    }
    const bool may_be_decided =
        made_.family == Family::upstream || made_.family == Family::local_upstream;
    if (may_be_decided && random_.chance(0.5)) {
      step.request.upstream =
          random_.chance(0.5) ? UpstreamDecision::sampled : UpstreamDecision::not_sampled;
    }
    made_.steps.push_back(std::move(step));
  }

  void fill(CaseRequest& request) {
    const bool bare = random_.chance(0.05);  // nothing, or one field
    for (const Field field : kFields) {
      auto& text = request.fields[static_cast<std::size_t>(field)];
      if (random_.chance(bare ? 0.9 : 0.15)) continue;
      text = random_.chance(about_letters_ ? 0.95 : 0.8) ? pooled(field) : texts_.text(field);
      if (field == Field::service_type && bounds_.platforms_alone) continue;
      if (random_.chance(about_letters_ ? 0.5 : 0.25)) text = texts_.in_other_case(*text);
      if (random_.chance(0.04)) text = "";
      if (random_.chance(0.02)) text = "-";
    }
    auto& arn = request.fields[static_cast<std::size_t>(Field::resource_arn)];
    const auto& type = request.fields[static_cast<std::size_t>(Field::service_type)];
    if (bounds_.platforms_alone && type != "AWS::ECS::Container" &&
        type != "AWS::Lambda::Function") {
      arn.reset();
    }
    if (random_.chance(0.4)) return;
    for (const std::string_view key : kKeys) {
      if (!random_.chance(0.5)) continue;
      CaseAttribute attribute{std::string(key), std::string(one_of(random_, kValues))};
      if (random_.chance(0.35)) {
        attribute.value = random_.chance(0.6) ? "42" : "true";
        attribute.is_text = false;
      }
      request.attributes.push_back(std::move(attribute));
    }
  }

  void statistics(TimePoint at) {
    CaseStep step;
    step.kind = StepKind::statistics;
    step.at = at;
    made_.steps.push_back(std::move(step));
  }

  const std::vector<RuleSpec>& rules_in_force() const {
    for (auto step = made_.steps.rbegin(); step != made_.steps.rend(); ++step) {
      if (step->kind == StepKind::rules) return step->rules;
    }
    return made_.rules;
  }

  /// Recorders ask for targets by reporting what they have counted.
  void targets(CaseArrivals& arrivals) {
    statistics(arrivals.now());
    CaseStep step;
    step.kind = StepKind::targets;
    step.at = arrivals.now();
    for (const RuleSpec& rule : rules_in_force()) {
      if (!random_.chance(0.85)) continue;
      SamplingTarget target;
      target.rule_name = rule.name;
      target.fixed_rate = Rate::from(random_.chance(0.4) ? rule.fixed_rate : rate()).value();
      if (random_.chance(0.8)) target.reservoir_quota = static_cast<std::int64_t>(quota());
      if (random_.chance(0.8)) {
        const std::array<std::chrono::nanoseconds, 8> waits = {-5s, 0s, 1s, 1s, 2s, 4s, 300s, 300s};
        TimePoint expiry = TimePoint(calendar_second(step.at)) + one_of(random_, waits);
        if (random_.chance(0.3)) expiry += 500ms;
        target.quota_expiry = expiry_ = expiry;
      }
      if (random_.chance(0.7)) target.interval = 10s;
      if (random_.chance(0.15)) {
        target.boost_rate = Rate::from(rate()).value();
        target.boost_expiry =
            TimePoint(calendar_second(step.at)) + std::chrono::seconds(random_.below(4));
      }
      step.targets.push_back(std::move(target));
    }
    if (random_.chance(0.1)) {
      SamplingTarget other;
      other.rule_name = "no such rule";
      other.fixed_rate = Rate::from(1).value();
      other.reservoir_quota = 5;
      other.quota_expiry = step.at + 300s;
      step.targets.push_back(std::move(other));
    }
    made_.steps.push_back(std::move(step));
  }

  std::size_t quota() {
    constexpr std::array<std::size_t, 9> kQuotas = {0, 1, 1, 2, 3, 5, 7, 10, 12};
    return one_of(random_, kQuotas);
  }

  void refresh(CaseArrivals& arrivals) {
    statistics(arrivals.now());
    CaseStep step;
    step.kind = StepKind::rules;
    step.at = arrivals.now();
    step.rules = rules_in_force();
    fetched_ = step.at;
    RuleSpec& first = step.rules.front();
    const bool was_empty = first.reservoir_size == 0;
    switch (random_.below(8)) {
      case 0:
        first.fixed_rate = rate();
        break;
      case 1:
        first.reservoir_size = one_of(random_, kSizes);
        break;
      case 2:
        first.priority += 1;
        break;
      case 3:
        step.rules.back().fixed_rate = rate();
        break;
      case 4:
        if (step.rules.size() > 2) step.rules.erase(step.rules.begin());
        break;
      case 5: {
        RuleSpec made = rule(0);
        made.url_path = "/b*";
        made.priority = 20;
        step.rules.insert(step.rules.end() - 1, std::move(made));
        break;
      }
      default:
        break;
    }
    if (bounds_.last_rule_changes_always) {
      // Default, which is last, counts for itself; the custom rule before it has to change.
      RuleSpec& last = step.rules[step.rules.size() - 2];
      last.priority = last.priority == 30 ? 31 : 30;
    }
    // Who was asked for a loan while there was no reservoir may have none left in that second.
    const bool grows = was_empty && step.rules.front().reservoir_size > 0;
    made_.steps.push_back(std::move(step));
    if (grows) arrivals.wait(1s);
  }

  /// Three, each at one instant: what has come since the one before is told by the next.
  void salvos(CaseArrivals& arrivals) {
    constexpr std::array<std::chrono::nanoseconds, 16> kWaits = {
        999999us,    999999999ns, 1s,       2s,       999ms,       1001ms,
        999999us,    999999999ns, 333333us, 333334us, 333333333ns, 333333334ns,
        142857143ns, 142857142ns, 500ms,    200ms};
    arrivals.wait(random_.chance(0.5) ? 3s : 2345ms);
    for (int salvo = 0; salvo < 3; ++salvo) {
      for (int i = 0; i < 13; ++i) request(arrivals.now());
      std::chrono::nanoseconds wait = one_of(random_, kWaits);
      if (bounds_.counts_nanoseconds && random_.chance(0.6)) wait = 999999999ns;
      const bool too_close = bounds_.clock_is_a_float && wait > 142ms && wait < 143ms;
      arrivals.wait(too_close ? 500ms : wait);
    }
  }

  void wait_for_stale_rules(CaseArrivals& arrivals) {
    const TimePoint fetched = fetched_.value_or(made_.at);
    const TimePoint edge =
        random_.chance(0.5) ? fetched + 1h : TimePoint(calendar_second(fetched) + 1h + 1s);
    if (edge <= arrivals.now()) return;
    static_cast<void>(arrivals.to_the_edge_of(edge));
    for (int i = 0; i < 3; ++i) request(arrivals.now());
    // Past the edge, whichever it was.
    arrivals.wait(1500ms);
    request(arrivals.now());
    if (random_.chance(0.7)) refresh(arrivals);
  }

  Random& random_;
  const CaseBounds& bounds_;
  CaseTexts texts_;
  Case made_;
  std::array<std::vector<std::string>, kFieldCount> pool_;
  std::set<std::string> names_ = {std::string(kDefaultRuleName)};
  /// Whether the case is about letters, or wildcards and lines, and its rules' names about order.
  bool about_letters_ = false;
  bool about_marks_ = false;
  bool unusual_names_ = false;
  std::optional<TimePoint> expiry_;
  std::optional<TimePoint> fetched_;
};

}  // namespace

CaseBounds case_bounds(std::string_view recorder) {
  const Recorder& row = *find_recorder(recorder);
  const bool is_otel = row.reservoir.draw == DrawComparison::trace_id_ratio;
  CaseBounds bounds;
  bounds.local_documents = row.local.has_value();
  bounds.platforms_alone = is_otel;
  bounds.draws_by_trace_id = is_otel;
  bounds.central_clock_goes_back = recorder != "otel-java";
  bounds.local_clock_goes_back = recorder != "xray-java";
  bounds.last_rule_changes_always = recorder == "xray-java";
  bounds.counts_nanoseconds = recorder == "otel-java";
  bounds.clock_is_a_float = recorder == "adot-python";
  bounds.sigma_among_letters_alone = recorder == "xray-java" || recorder == "otel-java";
  return bounds;
}

std::vector<Case> make_cases(std::string_view recorder, std::uint64_t seed, CaseCounts counts) {
  const CaseBounds bounds = case_bounds(recorder);
  std::vector<Case> cases;
  for (const FamilyCount& of : kCounts) {
    if (of.family >= Family::local_matching && !bounds.local_documents) continue;
    for (std::size_t i = 0; i < of.cases * counts.scale; ++i) {
      Random random(seed * 1'000'003 + static_cast<std::uint64_t>(of.family) * 100'003 + i);
      static_cast<void>(random.next());
      cases.push_back(CaseMaker(random, bounds, of.family).make(of.requests));
      cases.back().number = cases.size() - 1;
    }
  }
  return cases;
}

}  // namespace dosimeter::conformance
