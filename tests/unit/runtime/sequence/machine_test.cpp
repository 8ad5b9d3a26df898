// The worked traces of docs/semantics.md sections 5.4 and 5.7, and the cases around them: late events, several keys,
// clocks. Each trace runs through the interpreter, through a transition made of the native helpers, and through an
// engine that is given only what it waits for.
#include "runtime/sequence/machine.h"

#include <gtest/gtest.h>

#include "tests/support/plan_builder.h"

namespace eqlc::testing {
namespace {

struct Trace {
  const char* rule;
  const char* events;
  const char* matches;
};

std::string Run(const Trace& trace, abi::AdvanceFn advance, bool spares = false) {
  TestEngine engine(ParseRule(trace.rule), advance);
  if (spares) engine.Spare();
  engine.FeedAll(ParseEvents(trace.events));
  engine.Finish();
  return engine.Text();
}

void ExpectTraces(std::initializer_list<Trace> traces) {
  for (const Trace& trace : traces) {
    EXPECT_EQ(Run(trace, nullptr), trace.matches) << trace.rule << " over " << trace.events;
    EXPECT_EQ(Run(trace, ModelAdvance), trace.matches) << "(native) " << trace.rule << " over " << trace.events;
    EXPECT_EQ(Run(trace, nullptr, true), trace.matches) << "(sparing) " << trace.rule << " over " << trace.events;
  }
}

TEST(MachineTest, PositiveItems) {
  ExpectTraces({
      {"A B", "A1 A2 B3", "A2 B3"},
      {"A B", "A1 B2 B3", "A1 B2"},
      {"A B", "A1 A2 B3 B4", "A2 B3"},
      {"A B", "B1 A1", ""},
      {"A B", "A1 B1", "A1 B1"},
      {"A B", "AB1", ""},
      {"A B", "A1 AB2 B3", "A1 AB2 | AB2 B3"},
      {"X X", "X1 X2 X3", "X1 X2 | X2 X3"},
      {"A B C", "A1 B2 A3 C4", "A1 B2 C4"},
      {"A B C", "A1 B2 A3 B4 C5", "A3 B4 C5"},
      {"A B C", "A1 B2 B3 C4", "A1 B2 C4"},
      {"A B C", "A1 B2 A3 C4 B5 C6", "A1 B2 C4 | A3 B5 C6"},
      {"A B C", "ABC1 ABC2 ABC3 ABC4", "ABC1 ABC2 ABC3 | ABC2 ABC3 ABC4"},
  });
}

TEST(MachineTest, Runs) {
  ExpectTraces({
      {"A*3", "A1 A2 A3 A4 A5", "A1 A2 A3 | A2 A3 A4 | A3 A4 A5"},
      {"A*2 B", "A1 A2 A3 B4 B5", "A2 A3 B4"},
      {"A B*2", "A1 B2 A3 B4 B5", "A1 B2 B4 | A3 B4 B5"},
      {"A B*2", "A1 B2 B3 B4", "A1 B2 B3"},
      {"A*2 A", "A1 A2 A3 A4", "A1 A2 A3 | A2 A3 A4"},
      {"A*2 maxspan=1", "A1 A2 A4 A5", "A1 A2 | A4 A5"},
  });
}

TEST(MachineTest, KeysAreIndependent) {
  ExpectTraces({
      {"by A B", "A1/x A2/y B3/y B4/x", "\"y\": A2 B3 | \"x\": A1 B4"},
      {"by A B", "A1 B2 A3/x B4", ""},
      {"by? A B", "A1 B2 A3/x B4", "null: A1 B2"},
      {"by A B", "A1/x,y B2/y B3/x", "\"y\": A1 B2 | \"x\": A1 B3"},
      {"by A B", "A1/x,y,x B2/y,x", "\"x\": A1 B2 | \"y\": A1 B2"},
      {"by A B until=U", "A1/x A1/y U2/x B3/x B3/y", "\"y\": A1 B3"},
      {"by A B", "A1/x B2/X", ""},
  });
}

TEST(MachineTest, Maxspan) {
  ExpectTraces({
      {"A B maxspan=10", "A0 B10", "A0 B10"},
      {"A B maxspan=10", "A0 B11 B12", ""},
      {"A B maxspan=10", "A0 A5 B11", "A5 B11"},
      {"A B C maxspan=10", "A0 B6 C11", ""},
      {"A B C maxspan=10", "A0 B6 A7 C11 B12 C13", "A7 B12 C13"},
      {"A B maxspan=0", "A1 B1", "A1 B1"},
      {"A B maxspan=0", "A1 B2", ""},
      {"A B maxspan=10", "A-20 B-10", "A-20 B-10"},
  });
}

TEST(MachineTest, Until) {
  ExpectTraces({
      {"A B until=U", "A1 U2 B3", ""},
      {"A B until=U", "A1 BU2", "A1 BU2"},
      {"A B until=U", "AU1 B2", ""},
      {"A B until=U", "U1 A2 B3", "A2 B3"},
      {"A B until=U", "A1 B2 U3", "A1 B2"},
      {"A B C until=U", "A1 B2 U3 C4", ""},
      {"A B C until=U", "A1 BU2 C3", ""},
      {"A B until=U", "A1 U1 B1", ""},
  });
}

TEST(MachineTest, MissingInTheMiddle) {
  ExpectTraces({
      {"A !B C maxspan=10", "A0 C3", "A0 - C3"},
      {"A !B C maxspan=10", "A0 B1 C3", ""},
      {"A !B C maxspan=10", "A0 B0 C3", "A0 - C3"},
      {"A !B C maxspan=10", "A0 B3 C3", "A0 - C3"},
      {"A !B C maxspan=10", "A0 B1 A2 C3", "A2 - C3"},
      {"A !M B C maxspan=100", "A1 B2 A3 M4 B5 C6", ""},
      {"A !M !N B maxspan=10", "A1 B2", "A1 - - B2"},
      {"A !M !N B maxspan=10", "A1 N2 B3", ""},
      {"A !M*2 B maxspan=10", "A1 B2", "A1 - - B2"},
      {"by A !M B maxspan=10", "A1/x M2/y B3/x", "\"x\": A1 - B3"},
      {"by A !M B maxspan=10", "A1/x M2/x B3/x", ""},
  });
}

TEST(MachineTest, MissingAtTheEnd) {
  ExpectTraces({
      {"A !B maxspan=10", "A0 B5", ""},
      {"A !B maxspan=10", "A0 B10", ""},
      {"A !B maxspan=10", "A0 B11", "A0 -"},
      {"A !B maxspan=10", "A0 B0", "A0 -"},
      {"A !B maxspan=10", "A0", "A0 -"},
      {"A B !C maxspan=10", "A0 B5 C10", ""},
      {"A B !C maxspan=10", "A0 B10 C10", "A0 B10 -"},
      {"by A !B maxspan=10", "A0/x A0/y B5/x", "\"y\": A0 -"},
      {"A !B until=U maxspan=10", "A0 U1", "A0 -"},
      {"A !B maxspan=10", "A0 A1 B5 A6", "A6 -"},
  });
}

TEST(MachineTest, MissingAtTheBeginning) {
  ExpectTraces({
      {"!A B maxspan=10", "A0 B5", ""},
      {"!A B maxspan=10", "A0 B10", ""},
      {"!A B maxspan=10", "A0 B11", "- B11"},
      {"!A B maxspan=10", "B1", "- B1"},
      {"!A B maxspan=10", "A0 A1 B1", ""},
      {"!A B maxspan=10", "A1 B1", "- B1"},
      {"!A B C maxspan=10", "A0 B6 C10", ""},
      {"!A B C maxspan=10", "A0 B6 C12", "- B6 C12"},
      {"by !A B maxspan=10", "A0/x B5/x B5/y", "\"y\": - B5"},
  });
}

TEST(MachineTest, MissingAtBothEnds) {
  ExpectTraces({
      {"!A B !C maxspan=10", "A0 B5", "- B5 -"},
      {"!A B !C maxspan=10", "B5 C6", "- B5 -"},
      {"!A B !C maxspan=10", "A0 B5 C9", ""},
      {"!A B !C maxspan=10", "A0 B5 C10", ""},
      {"!A B !C maxspan=10", "A0 B5 C11", "- B5 -"},
  });
}

TEST(MachineTest, OutOfOrderEvents) {
  ExpectTraces({
      // A late event does not follow the partial, and leaves it for the next.
      {"A B", "A5 B3 B6", "A5 B6"},
      {"A B C", "A1 B5 C3 C6", "A1 B5 C6"},
      // Older than another key's event, but younger than its own partial.
      {"by A B", "A1/x A9/y B5/x", "\"x\": A1 B5"},
      // The clock has passed the span of A0, but its key has not had its time since it arrived.
      {"A B maxspan=10", "X20 A0 B5", "A0 B5"},
      {"A B maxspan=10", "A0 X20 B5", ""},
      // One absurd time does not stop later sequences.
      {"A B maxspan=10", "X4000000000000000000 A0 B5 A20 B25", "A0 B5 | A20 B25"},
  });
}

TEST(MachineTest, TrailingMatchIsReleasedWhenTheClockHasPassedItsDeadline) {
  TestEngine engine(ParseRule("A !B maxspan=10"));
  engine.FeedAll(ParseEvents("A0"));
  EXPECT_EQ(engine.engine().NextDue(), 11);
  engine.AdvanceClock(10);
  EXPECT_EQ(engine.Text(), "");
  engine.AdvanceClock(11);
  EXPECT_EQ(engine.Text(), "A0 -");
  EXPECT_EQ(engine.budget().used_bytes, 0u);
  EXPECT_EQ(engine.engine().NextDue(), INT64_MAX);
}

TEST(MachineTest, PendingMatchesAreReleasedByDeadlineThenCompletion) {
  TestEngine engine(ParseRule("by !A B !C maxspan=10"));
  engine.FeedAll(ParseEvents("A4/x A0/y A4/z B5/x B5/y B6/z"));
  engine.Finish();
  EXPECT_EQ(engine.Text(), "\"y\": - B5 - | \"x\": - B5 - | \"z\": - B6 -");
}

TEST(MachineTest, RuleWithoutPositiveItemNeverMatches) {
  TestEngine engine(ParseRule("!A !B maxspan=10"));
  engine.FeedAll(ParseEvents("A1 B2 AB3"));
  engine.Finish();
  EXPECT_EQ(engine.Text(), "");
}

TEST(MachineTest, MissingWithoutMaxspanLooksOverTheWholeStream) {
  ExpectTraces({
      {"A !B", "A1 B900", ""},
      {"A !B", "A1 C900", "A1 -"},
      {"!A B", "A1 B900", ""},
  });
}

}  // namespace
}  // namespace eqlc::testing
