#pragma once

#include "sim/log/format_list.h"

namespace dosimeter::sim {

// One for each format, in the file named after it.
extern const FormatFacts kAlb;
extern const FormatFacts kApiGateway;
extern const FormatFacts kApiGatewayCsv;
extern const FormatFacts kApiGatewayJson;
extern const FormatFacts kCaddy;
extern const FormatFacts kCloudflare;
extern const FormatFacts kCloudfront;
extern const FormatFacts kCombined;
extern const FormatFacts kCsv;
extern const FormatFacts kElb;
extern const FormatFacts kEnvoy;
extern const FormatFacts kEnvoyJson;
extern const FormatFacts kGoogle;
extern const FormatFacts kHaproxy;
extern const FormatFacts kHeroku;
extern const FormatFacts kIis;
extern const FormatFacts kJson;
extern const FormatFacts kLtsv;
extern const FormatFacts kNginxJson;
extern const FormatFacts kOtlp;
extern const FormatFacts kS3;
extern const FormatFacts kTraefik;
extern const FormatFacts kTraefikClf;
extern const FormatFacts kTsv;
extern const FormatFacts kXray;

}  // namespace dosimeter::sim
