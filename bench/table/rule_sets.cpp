#include "bench/table/rule_sets.h"

#include <utility>

#include "runtime/measure/rounds.h"

namespace eqlc::bench {

RuleSet CompileSet(std::vector<RuleText> texts) {
  RuleSet set;
  const double start = ThreadNs();
  set.program = Compile(texts).program;
  set.compile_seconds = 1e-9 * (ThreadNs() - start);
  set.texts = std::move(texts);
  return set;
}

}  // namespace eqlc::bench
