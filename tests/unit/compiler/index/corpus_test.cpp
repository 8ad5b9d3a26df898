// The index on public rules and recorded events, where those are at hand: it loses no match, and leaves few conditions.
// The bounds are twice what was measured; they do not depend on the machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "runtime/event/decoder.h"
#include "runtime/interp/interp.h"
#include "runtime/match/rule_index.h"
#include "runtime/measure/event_lines.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

constexpr size_t kEvents = 4'000;

TEST(RuleIndexOnCorpus, LosesNoMatchAndLeavesFewConditions) {
  const char* folder = std::getenv("EQLC_CORPORA_DIR");
  if (folder == nullptr) GTEST_SKIP() << "EQLC_CORPORA_DIR is not set";
  const std::string corpora = folder;
  const CompileResult compiled = CompileFiles({corpora + "/detection-rules"}, {.native_code = false});
  const Result<EventLines> events = EventLines::Load({corpora + "/events/otrf-windows-ecs-sample.ndjson.zst"}, kEvents);
  ASSERT_TRUE(events.ok()) << events.error().message;
  ASSERT_EQ(events->size(), kEvents);
  const Program::Impl& program = compiled.program->impl();

  RuleIndex index(program);
  Decoder decoder(compiled.program->fields());
  FrameBuffer buffer(compiled.program->fields().size(), program.image.header().leaf_count);
  uint64_t matched = 0;
  for (size_t i = 0; i < kEvents; ++i) {
    ASSERT_TRUE(decoder.Decode((*events)[i], buffer).ok());
    const abi::EventFrame& frame = buffer.frame();
    const std::vector<abi::ConditionId>& candidates = index.Candidates(frame);
    for (abi::ConditionId id = 0; id < program.image.conditions().size(); ++id) {
      if (!EvalCondition(program, frame, id)) continue;
      ++matched;
      ASSERT_TRUE(std::ranges::binary_search(candidates, id)) << "condition " << id << " of " << (*events)[i];
    }
  }
  EXPECT_GT(matched, 1'000u);
  EXPECT_LT(index.counters().candidates, 4 * kEvents);
  EXPECT_LT(index.counters().lookups, 24 * kEvents);
  EXPECT_LT(index.counters().scanned, 7 * kEvents);
  EXPECT_LT(index.partition_count(), 60u);
}

}  // namespace
}  // namespace eqlc
