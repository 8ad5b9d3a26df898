// Report: all that one run of the table found, and how it is written down.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/table/answers.h"
#include "bench/table/row.h"
#include "runtime/measure/roofline.h"

namespace eqlc::bench {

// Cost of an event with so many rules, nanoseconds, best of the rounds.
struct RuleCountPoint {
  size_t rules;
  double reference_walk;
  double decode;
  double match;  // with decoding
  double run;
};

struct Report {
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  // what, with what: machine, rules, streams
  std::vector<Row> rows;
  std::vector<std::pair<std::string, Roofline>> stages;  // by stream
  std::vector<RuleCountPoint> curve;
  std::vector<Gate> gates;  // to be checked when all is measured
  std::vector<GateResult> answers;

  bool AllAnswersSame() const;
};

// The rows as a table whose columns line up, so that it reads well on a terminal, too.
std::string WriteRows(const Report& report);
// The whole report as Markdown; `plot` is the file name of the plot, empty for none.
std::string WriteMarkdown(const Report& report, const std::string& plot);

}  // namespace eqlc::bench
