#include <dosimeter/recorder.h>

#include "engine/src/recorder_documents.h"
#include "engine/src/recorder_matching.h"
#include "engine/src/recorder_reservoirs.h"
#include "engine/src/recorder_texts.h"

#include <algorithm>
#include <array>

/// The table of recorders. Each row begins as `documented` and names what it does otherwise.
namespace dosimeter {
namespace {

using namespace detail;

constexpr Evidence kRead = Evidence::read;
constexpr Evidence kRun = Evidence::run;

constexpr Recorder kXrayPython{
    .name = "xray-python",
    .title = "AWS X-Ray SDK for Python, on Flask",
    .source = {"aws/aws-xray-sdk-python", "a975ccbe",
               "aws_xray_sdk/core/sampling, aws_xray_sdk/core/utils/search_pattern.py", kRun, kRun},
    .match = xray_python_match(),
    .local = LocalChoices{xray_python_match(), xray_python_documents(),
                          xray_sdk_reservoir(DrawComparison::below_rate)},
    .reservoir = xray_sdk_reservoir(DrawComparison::at_most_rate),
    .quota = xray_sdk_quota(),
    .text = xray_python_text()};

constexpr Recorder kXrayNode{
    .name = "xray-node",
    .title = "AWS X-Ray SDK for Node.js",
    .source = {"aws/aws-xray-sdk-node", "458fc17c",
               "packages/core/lib/middleware/sampling, packages/core/lib/utils.js", kRun, kRun},
    .match = xray_node_match(),
    .local =
        LocalChoices{xray_node_local_match(), xray_node_documents(), xray_node_local_reservoir()},
    .reservoir = xray_sdk_reservoir(DrawComparison::at_most_rate),
    .quota = xray_node_quota(),
    .text = xray_node_text()};

constexpr Recorder kXrayGo{.name = "xray-go",
                           .title = "AWS X-Ray SDK for Go",
                           .source = {"aws/aws-xray-sdk-go", "9e7a6072",
                                      "strategy/sampling, pattern/search_pattern.go", kRun, kRun},
                           .match = xray_go_match(),
                           .local = LocalChoices{xray_go_match(), xray_go_documents(),
                                                 xray_sdk_reservoir(DrawComparison::below_rate)},
                           .reservoir = xray_sdk_reservoir(DrawComparison::below_rate),
                           .quota = xray_go_quota(),
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
    .local = LocalChoices{xray_java_match(), xray_java_documents(), xray_java_local_reservoir()},
    .reservoir = xray_java_reservoir(),
    .quota = xray_java_quota(),
    .text = {.header_keys = HeaderKeys::exact_case}};

constexpr Recorder kXrayRuby{
    .name = "xray-ruby",
    .title = "AWS X-Ray SDK for Ruby",
    .source = {"aws/aws-xray-sdk-ruby", "62e9fba3",
               "lib/aws-xray-sdk/sampling, lib/aws-xray-sdk/search_pattern.rb", kRun, kRun},
    .match = xray_ruby_match(),
    .local = LocalChoices{xray_ruby_match(), xray_ruby_documents(), xray_ruby_local_reservoir()},
    .reservoir = xray_sdk_reservoir(DrawComparison::at_most_rate),
    .quota = xray_sdk_quota(),
    .text = {.service_type_supply = FieldSupply::never_filled_in,
             .host_port = HostPort::removed,
             .unclear_sampled = UnclearSampled::as_a_number}};

constexpr Recorder kXrayDotnet{
    .name = "xray-dotnet",
    .title = "AWS X-Ray SDK for .NET, on ASP.NET Core",
    .source = {"aws/aws-xray-sdk-dotnet", "99788744",
               "sdk/src/Core/Sampling, sdk/src/Core/Internal/Utils/StringExtension.cs", kRun, kRun},
    .match = xray_dotnet_match(),
    .local = LocalChoices{xray_dotnet_match(), xray_dotnet_documents(),
                          xray_sdk_reservoir(DrawComparison::at_most_rate)},
    .reservoir = xray_sdk_reservoir(DrawComparison::at_most_rate),
    .quota = xray_dotnet_quota(),
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
                           .reservoir = otel_go_reservoir(),
                           .quota = otel_go_quota(),
                           .text = otel_go_text()};

constexpr Recorder kAdotGo{
    .name = "adot-go",
    .title = "AWS Distro for OpenTelemetry, Go sampler",
    .source = {"aws-observability/aws-otel-go", "516d1a3", "samplers/aws/xray", kRead, kRead},
    .match = adot_go_match(),
    .local = std::nullopt,
    .reservoir = otel_go_reservoir(),
    .quota = otel_go_quota(),
    .text = adot_go_text()};

constexpr Recorder kOtelJava{
    .name = "otel-java",
    .title = "OpenTelemetry Java sampler for X-Ray",
    .source = {"open-telemetry/opentelemetry-java-contrib", "bfef2a59",
               "aws-xray/src/main/java/io/opentelemetry/contrib/awsxray", kRun, kRun},
    .match = otel_java_match(),
    .local = std::nullopt,
    .reservoir = otel_java_reservoir(),
    .quota = otel_java_quota(),
    .text = otel_java_text()};

constexpr Recorder kOtelJs{.name = "otel-js",
                           .title = "OpenTelemetry JavaScript sampler for X-Ray",
                           .source = {"open-telemetry/opentelemetry-js-contrib", "fd4d8ae8",
                                      "packages/sampler-aws-xray/src", kRun, kRun},
                           .match = otel_js_match(),
                           .local = std::nullopt,
                           .reservoir = otel_js_reservoir(),
                           .quota = otel_quota(AbsentQuota::is_one),
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
    .reservoir = otel_python_reservoir(),
    .quota = otel_quota(AbsentQuota::is_zero),
    .text = otel_python_text()};

constexpr Recorder kAdotPython{
    .name = "adot-python",
    .title = "AWS Distro for OpenTelemetry, Python sampler",
    .source = {"aws-observability/aws-otel-python-instrumentation", "8395e7d0",
               "aws-opentelemetry-distro/src/amazon/opentelemetry/distro/sampler", kRun, kRun},
    .match = adot_python_match(),
    .local = std::nullopt,
    .reservoir = otel_python_reservoir(),
    .quota = adot_python_quota(),
    .text = otel_python_text()};

constexpr Recorder kOtelRuby{.name = "otel-ruby",
                             .title = "OpenTelemetry Ruby sampler for X-Ray",
                             .source = {"open-telemetry/opentelemetry-ruby-contrib", "4d27934f",
                                        "sampler/xray/lib/opentelemetry/sampler/xray", kRun, kRead},
                             .match = otel_ruby_match(),
                             .local = std::nullopt,
                             .reservoir = otel_ruby_reservoir(),
                             .quota = otel_ruby_quota(),
                             .text = otel_ruby_text()};

constexpr Recorder kOtelDotnet{.name = "otel-dotnet",
                               .title = "OpenTelemetry .NET sampler for X-Ray",
                               .source = {"open-telemetry/opentelemetry-dotnet-contrib", "cd0365a9",
                                          "src/OpenTelemetry.Sampler.AWS", kRun, kRead},
                               .match = otel_dotnet_match(),
                               .local = std::nullopt,
                               .reservoir = otel_dotnet_reservoir(),
                               .quota = otel_dotnet_quota(),
                               .text = otel_dotnet_text()};

constexpr Recorder kEnvoy{
    .name = "envoy",
    .title = "Envoy's X-Ray tracer",
    .source = {"envoyproxy/envoy", "ee2107ff", "source/extensions/tracers/xray", kRun, kRead},
    .match = envoy_match(),
    .reads_central_rules = false,
    .local = LocalChoices{envoy_match(), envoy_documents(), envoy_reservoir()},
    .reservoir = envoy_reservoir(),
    .quota = {},
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
