#include "bench/figure_text.h"

#include <cstdio>

namespace dosimeter::bench {
namespace {

std::string printed(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

}  // namespace

std::string percent(double share) {
  return printed(share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100);
}

std::string short_number(double value) {
  std::string text = printed(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string duration_text(double nanoseconds) {
  if (nanoseconds < 999.5) return short_number(nanoseconds) + " ns";
  if (nanoseconds < 999'500) return short_number(nanoseconds / 1e3) + " us";
  return short_number(nanoseconds / 1e6) + " ms";
}

}  // namespace dosimeter::bench
