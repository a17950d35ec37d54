#include <dosimeter/recorder.h>

#include <algorithm>
#include <array>

/// The table of recorders. Each row begins as `documented` and names what it does otherwise.
namespace dosimeter {
namespace {

constexpr std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

constexpr void set_letter_case(MatchChoices& match, LetterCase letter_case) {
  match.literal_letter_case = letter_case;
  match.wildcard_letter_case = letter_case;
}

/// What the six X-Ray SDKs have in common: they drop the rules that their requests cannot answer.
constexpr MatchChoices xray_sdk() {
  MatchChoices match;
  match.blank_text = BlankText::empty_is_absent;
  match.attributes = RuleFeature::rule_ignored;
  match.resource_arn = RuleFeature::rule_ignored;
  match.other_version = RuleFeature::rule_ignored;
  match.default_place = DefaultPlace::by_priority;
  return match;
}

constexpr MatchChoices xray_python_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_each);
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.empty_service_type = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::rule_ignored;
  return match;
}

constexpr MatchChoices xray_node_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_whole);
  match.compared_length = ComparedLength::as_given;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.empty_service_type = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::rule_ignored;
  match.missing_attributes = MissingAttributes::rule_ignored;
  match.priority_zero = RuleFeature::rule_ignored;
  match.priority_tie = PriorityTie::by_utf16_name;
  return match;
}

/// A misplaced parenthesis makes a missing host decide for the whole rule.
constexpr MatchChoices xray_node_local_match() {
  MatchChoices match = xray_node_match();
  match.blank_text = BlankText::is_text;
  match.absent_host = AbsentHost::waives_every_field;
  return match;
}

constexpr MatchChoices xray_go_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_simply);
  match.compared_length = ComparedLength::as_given;
  match.question_mark = QuestionMark::one_byte;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.missing_service_type = MissingServiceType::rule_ignored;
  match.default_place = DefaultPlace::last;
  return match;
}

/// Java ends words by rules of its own: beside a digit, `-`, `_` or `:` a capital sigma may become
/// the other small one than here.
constexpr MatchChoices xray_java_match() {
  MatchChoices match = xray_sdk();
  match.absent_field.fill(AbsentField::is_empty_text);
  match.blank_text = BlankText::is_text;
  set_letter_case(match, LetterCase::lowered_whole);
  match.compared_length = ComparedLength::as_given_around_stars;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.missing_attributes = MissingAttributes::rules_refused;
  match.missing_service_type = MissingServiceType::rule_ignored;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.default_place = DefaultPlace::last;
  return match;
}

constexpr MatchChoices xray_ruby_match() {
  MatchChoices match = xray_sdk();
  match.absent_field[at(Field::service_type)] = AbsentField::matches_only_star;
  match.blank_text = BlankText::is_text;
  match.empty_request = EmptyRequest::only_default;
  set_letter_case(match, LetterCase::lowered_whole_without_context);
  match.compared_length = ComparedLength::as_given_around_stars;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

/// The letter case is that of the invariant culture; others give U+0130 and the Kelvin sign a lower
/// case, too.
constexpr MatchChoices xray_dotnet_match() {
  MatchChoices match = xray_sdk();
  set_letter_case(match, LetterCase::lowered_round_trip);
  match.question_mark = QuestionMark::one_utf16_unit;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.priority_tie = PriorityTie::by_cultural_name;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

/// Envoy knows local documents alone; central rules are matched as if they had been written as one.
constexpr MatchChoices envoy_match() {
  MatchChoices match;
  match.field_use[at(Field::service_name)] = FieldUse::not_compared;
  match.field_use[at(Field::service_type)] = FieldUse::not_compared;
  match.field_use[at(Field::resource_arn)] = FieldUse::not_compared;
  match.blank_text = BlankText::empty_is_absent;
  set_letter_case(match, LetterCase::lowered_ascii);
  match.question_mark = QuestionMark::one_byte;
  match.star_in_text = StarInText::eats_the_patterns_star;
  match.attributes = RuleFeature::rule_ignored;
  return match;
}

/// What the OpenTelemetry samplers have in common: they compare what a span has at its start.
constexpr MatchChoices otel_sampler() {
  MatchChoices match;
  match.absent_field.fill(AbsentField::matches_only_star);
  match.blank_text = BlankText::is_text;
  match.default_place = DefaultPlace::by_priority;
  match.default_match = DefaultMatch::by_its_fields;
  return match;
}

/// Go has no absent text: everything starts as "".
constexpr MatchChoices otel_go_match() {
  MatchChoices match = otel_sampler();
  match.field_use[at(Field::resource_arn)] = FieldUse::not_compared;
  match.absent_field.fill(AbsentField::is_empty_text);
  match.blank_text = BlankText::empty_is_absent;
  match.non_text_attribute = NonTextAttribute::is_empty_text;
  set_letter_case(match, LetterCase::lowered_simply);
  match.literal_anchoring = Anchoring::anywhere;
  match.wildcard_anchoring = Anchoring::anywhere;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.other_version = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

constexpr MatchChoices adot_go_match() {
  MatchChoices match = otel_go_match();
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.literal_anchoring = Anchoring::whole_text;
  match.wildcard_anchoring = Anchoring::whole_text;
  return match;
}

constexpr MatchChoices otel_java_match() {
  MatchChoices match = otel_sampler();
  match.literal_letter_case = LetterCase::raised_then_lowered;
  match.wildcard_letter_case = LetterCase::exact;
  match.line_breaks = LineBreaks::java_stops_wildcards;
  match.missing_attributes = MissingAttributes::rules_refused;
  match.priority_tie = PriorityTie::by_position;
  match.missing_service_type = MissingServiceType::rules_refused;
  return match;
}

constexpr MatchChoices otel_js_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::lowered_whole);
  match.question_mark = QuestionMark::one_utf16_unit;
  match.line_breaks = LineBreaks::ecmascript_stops_wildcards;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.default_match = DefaultMatch::every_request;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

constexpr MatchChoices otel_python_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::service_type)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.absent_field[at(Field::resource_arn)] = AbsentField::is_empty_text;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::exact);
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.other_version = RuleFeature::rule_ignored;
  match.missing_service_type = MissingServiceType::is_empty;
  return match;
}

constexpr MatchChoices adot_python_match() {
  MatchChoices match = otel_python_match();
  match.non_text_attribute = NonTextAttribute::breaks_wildcards;
  return match;
}

constexpr MatchChoices otel_ruby_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_name)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::url_path)] = AbsentField::is_root_path;
  match.non_text_attribute = NonTextAttribute::matches_only_star;
  set_letter_case(match, LetterCase::lowered_whole_without_context);
  match.literal_anchoring = Anchoring::whole_line;
  match.wildcard_anchoring = Anchoring::whole_line;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.default_match = DefaultMatch::every_request;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

constexpr MatchChoices otel_dotnet_match() {
  MatchChoices match = otel_sampler();
  match.absent_field[at(Field::service_type)] = AbsentField::is_empty_text;
  match.absent_field[at(Field::resource_arn)] = AbsentField::is_empty_text;
  match.literal_letter_case = LetterCase::raised;
  match.wildcard_letter_case = LetterCase::exact;
  match.wildcard_anchoring = Anchoring::anywhere;
  match.question_mark = QuestionMark::one_utf16_unit;
  match.line_breaks = LineBreaks::newline_stops_wildcards;
  match.priority_tie = PriorityTie::by_utf16_name;
  match.missing_service_type = MissingServiceType::never_matches;
  return match;
}

/// The application parses the text; the recorder is given objects.
constexpr DocumentChoices xray_python_documents() {
  DocumentChoices document;
  document.version_number = VersionNumber::equal_value;
  document.other_rules = OtherRules::empty_object_and_text_pass;
  document.default_keys = DefaultKeys::pattern_keys_of_version;
  document.default_excuse = DefaultExcuse::null_and_whatever_is_empty;
  document.pattern_value = PatternValue::anything_not_empty;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::any_number;
  document.target_bound = TargetBound::none;
  document.rate_above_one = RateAboveOne::accepted;
  document.boolean_number = BooleanNumber::is_one_or_zero;
  return document;
}

constexpr DocumentChoices xray_node_documents() {
  DocumentChoices document;
  document.byte_order_mark = ByteOrderMark::refused;
  document.version_number = VersionNumber::equal_value;
  document.other_rules = OtherRules::ignored;
  document.default_keys = DefaultKeys::anything;
  document.unknown_keys = UnknownKeys::refused;
  document.pattern_value = PatternValue::anything_but_false;
  document.description_value = DescriptionValue::anything;
  document.target_bound = TargetBound::none;
  return document;
}

constexpr DocumentChoices xray_go_documents() {
  DocumentChoices document;
  document.byte_order_mark = ByteOrderMark::refused;
  document.key_case = KeyCase::any;
  document.other_rules = OtherRules::null_passes;
  document.default_keys = DefaultKeys::service_method_and_path;
  document.default_excuse = DefaultExcuse::null_and_empty_text;
  document.other_host_key = OtherHostKey::refused_unless_empty;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::digits_alone;
  document.target_bound = TargetBound::of_63_bits;
  document.rate_above_one = RateAboveOne::accepted;
  document.missing_number = MissingNumber::is_zero;
  document.null_number = NullNumber::is_zero;
  document.type_check = TypeCheck::before_the_values;
  return document;
}

/// Jackson turns the text into objects and bends types; where it cannot, the sampler goes on with
/// its own document. What the sampler itself finds wrong is an error.
constexpr DocumentChoices xray_java_documents() {
  DocumentChoices document;
  document.comments = Comments::skipped;
  document.text_after = TextAfter::not_read;
  document.version_number = VersionNumber::truncated;
  document.other_rules = OtherRules::null_passes;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null;
  document.empty_pattern = EmptyPattern::accepted;
  document.pattern_value = PatternValue::any_scalar;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::truncated;
  document.target_bound = TargetBound::of_31_bits;
  document.rate_above_one = RateAboveOne::accepted;
  document.null_number = NullNumber::is_zero;
  document.number_in_text = NumberInText::taken;
  document.type_check = TypeCheck::before_the_values;
  document.unreadable = FaultConsequence::replaced;
  document.wrong_type = FaultConsequence::replaced;
  return document;
}

/// The application parses the text; the recorder is given objects.
constexpr DocumentChoices xray_ruby_documents() {
  DocumentChoices document;
  document.version_number = VersionNumber::equal_value;
  document.absent_rules = AbsentRules::refused;
  document.other_rules = OtherRules::empty_object_passes;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null_and_false;
  document.empty_pattern = EmptyPattern::accepted;
  document.pattern_value = PatternValue::anything_but_false;
  document.description_value = DescriptionValue::anything;
  document.target_number = TargetNumber::any_number;
  document.target_bound = TargetBound::none;
  document.rate_above_one = RateAboveOne::accepted;
  return document;
}

/// LitJson turns the text into objects; -1 stands for a number that is missing.
constexpr DocumentChoices xray_dotnet_documents() {
  DocumentChoices document;
  document.comments = Comments::skipped;
  document.text_after = TextAfter::not_read;
  document.other_rules = OtherRules::null_and_objects_pass;
  document.default_keys = DefaultKeys::host_method_and_path;
  document.default_excuse = DefaultExcuse::null;
  document.other_host_key = OtherHostKey::refused_unless_null;
  document.empty_pattern = EmptyPattern::accepted;
  document.spare_pattern = SparePattern::pattern_or_null;
  document.description_value = DescriptionValue::text_or_null;
  document.target_number = TargetNumber::digits_alone;
  document.target_bound = TargetBound::of_31_bits;
  document.negative_number = NegativeNumber::only_minus_one_refused;
  document.rate_above_one = RateAboveOne::accepted;
  document.type_check = TypeCheck::before_the_values;
  return document;
}

constexpr DocumentChoices envoy_documents() {
  DocumentChoices document;
  document.known_versions = KnownVersions::two;
  document.version_number = VersionNumber::equal_value;
  document.default_keys = DefaultKeys::nothing;
  document.missing_pattern = MissingPattern::accepted;
  document.empty_pattern = EmptyPattern::accepted;
  document.spare_pattern = SparePattern::text;
  document.description_value = DescriptionValue::anything;
  document.target_bound = TargetBound::of_32_bits;
  document.unreadable = FaultConsequence::replaced;
  document.wrong_type = FaultConsequence::rest_dropped;
  document.wrong_value = FaultConsequence::rest_dropped;
  return document;
}

/// The span's context decides, and a propagator makes one of a header with all its parts.
constexpr TextChoices otel_text() {
  TextChoices text;
  text.path_of_url = PathOfUrl::without_query;
  text.header_keys = HeaderKeys::exact_case;
  text.header_validity = HeaderValidity::valid_root_and_parent_needed;
  return text;
}

/// What the older attributes hold: `http.target` with its query, `http.host` with its port.
constexpr void read_older_attributes(TextChoices& text) {
  text.query_string = QueryString::kept;
  text.host_port = HostPort::kept;
}

/// What the newer ones hold: `url.path`, and `server.address` without a port.
constexpr void read_newer_attributes(TextChoices& text) {
  text.query_string = QueryString::removed;
  text.host_port = HostPort::removed;
}

/// Not wrapped in a parent-based sampler, so that what was decided before is not looked at.
constexpr TextChoices adot_go_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.header_validity = HeaderValidity::no_header;
  return text;
}

constexpr TextChoices otel_go_text() {
  TextChoices text = adot_go_text();
  text.path_of_url = PathOfUrl::whole_url;
  return text;
}

constexpr TextChoices otel_java_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  text.path_of_url = PathOfUrl::with_query;
  text.missing_sampled = MissingSampled::not_sampled;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

constexpr TextChoices otel_js_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  return text;
}

/// The instrumentations of WSGI set the older attributes unless told otherwise.
constexpr TextChoices otel_python_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.missing_sampled = MissingSampled::not_sampled;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

constexpr TextChoices otel_ruby_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.base_path = BasePath::removed;
  text.header_blanks = HeaderBlanks::significant;
  text.unclear_sampled = UnclearSampled::not_sampled;
  text.missing_sampled = MissingSampled::not_sampled;
  return text;
}

/// Its path is `url.path`; its host is the older `http.host`, which no instrumentation sets any
/// more.
constexpr TextChoices otel_dotnet_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  text.host_supply = FieldSupply::never_filled_in;
  text.path_of_url = PathOfUrl::with_query;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

constexpr Evidence kRead = Evidence::read;
constexpr Evidence kRun = Evidence::run;

constexpr Recorder kXrayPython{
    .name = "xray-python",
    .title = "AWS X-Ray SDK for Python, on Flask",
    .source = {"aws/aws-xray-sdk-python", "a975ccbe",
               "aws_xray_sdk/core/sampling, aws_xray_sdk/core/utils/search_pattern.py", kRun, kRun},
    .match = xray_python_match(),
    .local = LocalChoices{xray_python_match(), xray_python_documents()},
    .reservoir = {.backward_clock = BackwardClock::restarts_window,
                  .draw = DrawComparison::at_most_rate},
    .text = {.path_encoding = PathEncoding::percent_decoded,
             .base_path = BasePath::removed,
             .header_blanks = HeaderBlanks::significant,
             .header_keys = HeaderKeys::exact_case,
             .header_parts = HeaderParts::every_part_needs_a_value}};

constexpr Recorder kXrayNode{
    .name = "xray-node",
    .title = "AWS X-Ray SDK for Node.js",
    .source = {"aws/aws-xray-sdk-node", "458fc17c",
               "packages/core/lib/middleware/sampling, packages/core/lib/utils.js", kRun, kRun},
    .match = xray_node_match(),
    .local = LocalChoices{xray_node_local_match(), xray_node_documents()},
    .reservoir = {.backward_clock = BackwardClock::restarts_window,
                  .draw = DrawComparison::at_most_rate},
    .text = {.query_string = QueryString::kept}};

constexpr Recorder kXrayGo{.name = "xray-go",
                           .title = "AWS X-Ray SDK for Go",
                           .source = {"aws/aws-xray-sdk-go", "9e7a6072",
                                      "strategy/sampling, pattern/search_pattern.go", kRun, kRun},
                           .match = xray_go_match(),
                           .local = LocalChoices{xray_go_match(), xray_go_documents()},
                           .reservoir = {.backward_clock = BackwardClock::restarts_window},
                           .text = {.path_encoding = PathEncoding::percent_decoded,
                                    .header_keys = HeaderKeys::exact_case}};

constexpr Recorder kXrayJava{
    .name = "xray-java",
    .title = "AWS X-Ray SDK for Java",
    .source = {"aws/aws-xray-sdk-java", "6bcfc415",
               "aws-xray-recorder-sdk-core/src/main/java/com/amazonaws/xray/strategy/sampling, "
               ".../xray/entities/SearchPattern.java",
               kRun, kRun},
    .match = xray_java_match(),
    .local = LocalChoices{xray_java_match(), xray_java_documents()},
    .reservoir = {.backward_clock = BackwardClock::restarts_window,
                  .decided_upstream = DecidedUpstream::consults_rules},
    .text = {.header_keys = HeaderKeys::exact_case}};

constexpr Recorder kXrayRuby{
    .name = "xray-ruby",
    .title = "AWS X-Ray SDK for Ruby",
    .source = {"aws/aws-xray-sdk-ruby", "62e9fba3",
               "lib/aws-xray-sdk/sampling, lib/aws-xray-sdk/search_pattern.rb", kRun, kRun},
    .match = xray_ruby_match(),
    .local = LocalChoices{xray_ruby_match(), xray_ruby_documents()},
    .reservoir = {.backward_clock = BackwardClock::restarts_window,
                  .draw = DrawComparison::at_most_rate},
    .text = {.service_type_supply = FieldSupply::never_filled_in,
             .host_port = HostPort::removed,
             .unclear_sampled = UnclearSampled::as_a_number}};

constexpr Recorder kXrayDotnet{
    .name = "xray-dotnet",
    .title = "AWS X-Ray SDK for .NET, on ASP.NET Core",
    .source = {"aws/aws-xray-sdk-dotnet", "99788744",
               "sdk/src/Core/Sampling, sdk/src/Core/Internal/Utils/StringExtension.cs", kRun, kRun},
    .match = xray_dotnet_match(),
    .local = LocalChoices{xray_dotnet_match(), xray_dotnet_documents()},
    .reservoir = {.backward_clock = BackwardClock::restarts_window,
                  .draw = DrawComparison::at_most_rate},
    .text = {.host_port = HostPort::removed,
             .base_path = BasePath::removed,
             .header_keys = HeaderKeys::exact_case,
             .header_validity = HeaderValidity::valid_root_needed,
             .header_parts = HeaderParts::every_part_needs_a_value}};

constexpr Recorder kOtelGo{.name = "otel-go",
                           .title = "OpenTelemetry Go sampler for X-Ray, deleted in 2024",
                           .source = {"open-telemetry/opentelemetry-go-contrib",
                                      "parent of aaa6d68c", "samplers/aws/xray", kRun, kRead},
                           .match = otel_go_match(),
                           .local = std::nullopt,
                           .reservoir = {},
                           .text = otel_go_text()};

constexpr Recorder kAdotGo{
    .name = "adot-go",
    .title = "AWS Distro for OpenTelemetry, Go sampler",
    .source = {"aws-observability/aws-otel-go", "516d1a3", "samplers/aws/xray", kRead, kRead},
    .match = adot_go_match(),
    .local = std::nullopt,
    .reservoir = {},
    .text = adot_go_text()};

constexpr Recorder kOtelJava{
    .name = "otel-java",
    .title = "OpenTelemetry Java sampler for X-Ray",
    .source = {"open-telemetry/opentelemetry-java-contrib", "bfef2a59",
               "aws-xray/src/main/java/io/opentelemetry/contrib/awsxray", kRun, kRead},
    .match = otel_java_match(),
    .local = std::nullopt,
    .reservoir = {},
    .text = otel_java_text()};

constexpr Recorder kOtelJs{.name = "otel-js",
                           .title = "OpenTelemetry JavaScript sampler for X-Ray",
                           .source = {"open-telemetry/opentelemetry-js-contrib", "fd4d8ae8",
                                      "packages/sampler-aws-xray/src", kRun, kRun},
                           .match = otel_js_match(),
                           .local = std::nullopt,
                           .reservoir = {},
                           .text = otel_js_text()};

constexpr Recorder kOtelPython{
    .name = "otel-python",
    .title = "OpenTelemetry Python sampler for X-Ray",
    .source = {"open-telemetry/opentelemetry-python-contrib", "466ae4c0",
               "sdk-extension/opentelemetry-sdk-extension-aws/src/opentelemetry/sdk/extension/aws/"
               "trace/sampler",
               kRun, kRead},
    .match = otel_python_match(),
    .local = std::nullopt,
    .reservoir = {},
    .text = otel_python_text()};

constexpr Recorder kAdotPython{
    .name = "adot-python",
    .title = "AWS Distro for OpenTelemetry, Python sampler",
    .source = {"aws-observability/aws-otel-python-instrumentation", "8395e7d0",
               "aws-opentelemetry-distro/src/amazon/opentelemetry/distro/sampler", kRead, kRead},
    .match = adot_python_match(),
    .local = std::nullopt,
    .reservoir = {},
    .text = otel_python_text()};

constexpr Recorder kOtelRuby{.name = "otel-ruby",
                             .title = "OpenTelemetry Ruby sampler for X-Ray",
                             .source = {"open-telemetry/opentelemetry-ruby-contrib", "4d27934f",
                                        "sampler/xray/lib/opentelemetry/sampler/xray", kRun, kRead},
                             .match = otel_ruby_match(),
                             .local = std::nullopt,
                             .reservoir = {},
                             .text = otel_ruby_text()};

constexpr Recorder kOtelDotnet{.name = "otel-dotnet",
                               .title = "OpenTelemetry .NET sampler for X-Ray",
                               .source = {"open-telemetry/opentelemetry-dotnet-contrib", "cd0365a9",
                                          "src/OpenTelemetry.Sampler.AWS", kRun, kRead},
                               .match = otel_dotnet_match(),
                               .local = std::nullopt,
                               .reservoir = {},
                               .text = otel_dotnet_text()};

constexpr Recorder kEnvoy{
    .name = "envoy",
    .title = "Envoy's X-Ray tracer",
    .source = {"envoyproxy/envoy", "ee2107ff", "source/extensions/tracers/xray", kRun, kRead},
    .match = envoy_match(),
    .reads_central_rules = false,
    .local = LocalChoices{envoy_match(), envoy_documents()},
    .reservoir = {},
    .text = {.query_string = QueryString::kept, .header_blanks = HeaderBlanks::significant}};

constexpr std::array<Recorder, 16> kRecorders = {
    kDocumentedRecorder, kXrayPython, kXrayNode,   kXrayGo,   kXrayJava, kXrayRuby,
    kXrayDotnet,         kOtelGo,     kAdotGo,     kOtelJava, kOtelJs,   kOtelPython,
    kAdotPython,         kOtelRuby,   kOtelDotnet, kEnvoy};

}  // namespace

std::span<const Recorder> recorders() noexcept {
  return kRecorders;
}

const Recorder* find_recorder(std::string_view name) noexcept {
  const auto found = std::find_if(kRecorders.begin(), kRecorders.end(),
                                  [&](const Recorder& recorder) { return recorder.name == name; });
  return found == kRecorders.end() ? nullptr : &*found;
}

}  // namespace dosimeter
