#pragma once

#include "bench/judge.h"
#include "bench/measured.h"

#include <string>
#include <vector>

namespace dosimeter::bench {

enum class ReportForm : unsigned char { text, markdown };

/// What is to be known of a run beside its figures.
struct RunFacts {
  std::string machine;
  std::string compiler;
  std::string commit;  // empty if not known
};

/// The machine this runs on and the compiler it was made with.
[[nodiscard]] RunFacts run_facts(std::string commit);

/// All of a run: facts, medians, and, where a goal was measured, how the goals were met.
[[nodiscard]] std::string report(const RunFacts& facts, const std::vector<Measured>& measured,
                                 const std::vector<Verdict>& verdicts, ReportForm form);

}  // namespace dosimeter::bench
