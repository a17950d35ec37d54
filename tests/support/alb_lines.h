#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace dosimeter::test {

/// The fields of one line of an application load balancer's log, quotes and all, as AWS writes them
/// today.
using AlbLine = std::array<std::string, 36>;

inline AlbLine usual_alb_line() {
  return {"https",
          "2026-05-04T10:15:02.186641Z",
          "app/cruddur/50dc6c495c0c9188",
          "203.0.113.7:41872",
          "10.0.3.17:4567",
          "0.001",
          "0.048",
          "0.000",
          "200",
          "200",
          "412",
          "9313",
          "\"GET https://api.cruddur.com:443/api/activities/home?limit=20 HTTP/2.0\"",
          "\"Mozilla/5.0 (X11; Linux x86_64)\"",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "TLSv1.2",
          "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/backend-flask/"
          "73e2d6bc24d8a067",
          "\"Root=1-69f871a6-36d228ad5d99923122bbe354\"",
          "\"api.cruddur.com\"",
          "\"arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234\"",
          "10",
          "2026-05-04T10:15:02.137000Z",
          "\"forward\"",
          "\"-\"",
          "\"-\"",
          "\"10.0.3.17:4567\"",
          "\"200\"",
          "\"-\"",
          "\"-\"",
          "TID_16132ed0b4112148",
          "\"-\"",
          "\"-\"",
          "\"-\"",
          "100.51.96.60",
          "\"-\"",
          "\"-\""};
}

/// The first `fields` of them.
inline std::string joined(const AlbLine& line, std::size_t fields = 36) {
  std::string text;
  for (std::size_t i = 0; i < fields; ++i) text += (i == 0 ? "" : " ") + line[i];
  return text;
}

}  // namespace dosimeter::test
