#include "runtime/lineage/lineage_tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/event/frame_buffer.h"

namespace eqlc {
namespace {

using abi::LineageKind;
using ::testing::ElementsAre;

// Fields 0, 1 and 2: the process, its parent, its ancestors.
constexpr abi::ImageProcessModel kModel = {0, 1, 2, abi::kNone, abi::kNone};

struct Event {
  abi::Value process = abi::Null();
  abi::Value parent = abi::Null();
  std::vector<abi::Value> ancestry = {};
  bool is_source = false;
  bool links = true;
  bool ends = false;
  bool resets = false;
  bool steps = false;  // without linking or ending
};

ProcessFacts FactsOf(FrameBuffer& frame, bool links, bool ends = false, bool resets = false, bool steps = false) {
  ProcessFacts facts;
  facts.resets = resets;
  facts.links = links;
  facts.ends = ends;
  facts.steps = links || ends || steps;
  ReadIdentities(kModel, frame.frame(), facts);
  return facts;
}

// A tracker with the same source for a relation of each kind.
class Tracked {
 public:
  explicit Tracked(size_t max_processes = 100)
      : tracker_({LineageKind::kChild, LineageKind::kDescendant, LineageKind::kEvent}, max_processes) {}

  // "c", "d" and "e" for the relations that the event's process stands in.
  std::string See(const Event& event) {
    frame_.Clear();
    if (!event.process.is_null()) frame_.Append(0, event.process);
    if (!event.parent.is_null()) frame_.Append(1, event.parent);
    for (const abi::Value& value : event.ancestry) frame_.Append(2, value);
    tracker_.Begin(FactsOf(frame_, event.links, event.ends, event.resets, event.steps));
    std::string relations;
    for (uint32_t i = 0; i < 3; ++i) {
      if (tracker_.Relate(i, event.is_source)) relations += "cde"[i];
    }
    tracker_.End();
    return relations;
  }
  size_t size() const { return tracker_.size(); }

 private:
  FrameBuffer frame_{3, 0};
  LineageTracker tracker_;
};

abi::Value Id(std::string_view text) { return abi::String(text); }

TEST(LineageTrackerTest, ChildrenDescendantsAndTheSourceItself) {
  Tracked tracked;
  EXPECT_EQ(tracked.See({.process = Id("a"), .parent = Id("init"), .is_source = true}), "e");
  EXPECT_EQ(tracked.See({.process = Id("b"), .parent = Id("a")}), "cd");
  EXPECT_EQ(tracked.See({.process = Id("c"), .parent = Id("b")}), "d");
  EXPECT_EQ(tracked.See({.process = Id("c")}), "d") << "remembered";
  EXPECT_EQ(tracked.See({.process = Id("a")}), "e");
  EXPECT_EQ(tracked.See({.process = Id("x"), .parent = Id("init")}), "");
  EXPECT_EQ(tracked.size(), 3u) << "processes in no relation are not kept";
}

TEST(LineageTrackerTest, KnownAncestorsReplaceTheChain) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  EXPECT_EQ(tracked.See({.process = Id("z"), .parent = Id("y"), .ancestry = {Id("y"), Id("a")}}), "d");
  EXPECT_EQ(tracked.See({.process = Id("zz"), .parent = Id("z")}), "d");
}

TEST(LineageTrackerTest, NumbersIdentifyToo) {
  Tracked tracked;
  tracked.See({.process = abi::Int(7), .is_source = true});
  EXPECT_EQ(tracked.See({.process = abi::Int(8), .parent = abi::Int(7)}), "cd");
}

TEST(LineageTrackerTest, AnEventWithoutProcessIsNotKept) {
  Tracked tracked;
  EXPECT_EQ(tracked.See({.is_source = true}), "e");
  EXPECT_EQ(tracked.See({.parent = Id("a")}), "");
  EXPECT_EQ(tracked.size(), 0u);
}

TEST(LineageTrackerTest, OnlyLinkingEventsPassRelationsOn) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  EXPECT_EQ(tracked.See({.process = Id("b"), .parent = Id("a"), .links = false}), "");
  EXPECT_EQ(tracked.See({.process = Id("b"), .parent = Id("a")}), "cd");
}

TEST(LineageTrackerTest, AnEndedProcessIsForgottenAfterTheNextProcessEvent) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  EXPECT_EQ(tracked.See({.process = Id("a"), .links = false, .ends = true}), "e");
  EXPECT_EQ(tracked.See({.process = Id("b"), .parent = Id("a")}), "cd") << "started as its parent ended";
  EXPECT_EQ(tracked.See({.process = Id("c"), .parent = Id("a")}), "");
  EXPECT_EQ(tracked.See({.process = Id("d"), .parent = Id("b")}), "d");
}

TEST(LineageTrackerTest, AnyStepMakesAnEndFinal) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  tracked.See({.process = Id("a"), .links = false, .ends = true});
  EXPECT_EQ(tracked.See({.process = Id("a"), .links = false}), "e") << "no step";
  tracked.See({.process = Id("x"), .links = false, .steps = true});
  EXPECT_EQ(tracked.See({.process = Id("a"), .links = false}), "");
}

TEST(LineageTrackerTest, WhatAnEndedProcessBecomesAgainStays) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .links = false, .ends = true});
  EXPECT_EQ(tracked.See({.process = Id("a"), .is_source = true, .links = false, .steps = true}), "e");
  tracked.See({.process = Id("b")});
  EXPECT_EQ(tracked.See({.process = Id("a"), .links = false}), "e");
}

TEST(LineageTrackerTest, AnIdentityUsedAgainStartsAnew) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  tracked.See({.process = Id("a"), .links = false, .ends = true});
  EXPECT_EQ(tracked.See({.process = Id("a"), .parent = Id("init")}), "");
}

TEST(LineageTrackerTest, TheProcessNotHeardOfForLongestGoesFirst) {
  Tracked tracked(2);
  tracked.See({.process = Id("a"), .is_source = true});
  tracked.See({.process = Id("b"), .is_source = true});
  tracked.See({.process = Id("a")});
  tracked.See({.process = Id("c"), .is_source = true});
  EXPECT_EQ(tracked.size(), 2u);
  EXPECT_EQ(tracked.See({.process = Id("x"), .parent = Id("b")}), "");
  EXPECT_EQ(tracked.See({.process = Id("y"), .parent = Id("a")}), "cd");
}

TEST(LineageTrackerTest, RelationsAreIndependent) {
  LineageTracker tracker(std::vector<LineageKind>(130, LineageKind::kDescendant), 100);
  FrameBuffer frame(3, 0);
  frame.Append(0, Id("a"));
  tracker.Begin(FactsOf(frame, /*links=*/true));
  for (uint32_t i = 0; i < 130; ++i) tracker.Relate(i, i == 0 || i == 64 || i == 129);
  tracker.End();
  frame.Clear();
  frame.Append(0, Id("b"));
  frame.Append(1, Id("a"));
  tracker.Begin(FactsOf(frame, /*links=*/true));
  std::vector<uint32_t> related;
  for (uint32_t i = 0; i < 130; ++i) {
    if (tracker.Relate(i, false)) related.push_back(i);
  }
  tracker.End();
  EXPECT_THAT(related, ElementsAre(0u, 64u, 129u));
}

TEST(LineageTrackerTest, ANewSystemHasNoProcessOfTheOldOne) {
  Tracked tracked;
  tracked.See({.process = Id("a"), .is_source = true});
  EXPECT_EQ(tracked.See({.process = Id("b"), .parent = Id("a")}), "cd");
  EXPECT_EQ(tracked.See({.process = Id("b"), .resets = true}), "");
  EXPECT_EQ(tracked.size(), 0u);
  EXPECT_EQ(tracked.See({.process = Id("c"), .parent = Id("a")}), "");
}

TEST(LineageTrackerTest, NumbersAreIdentitiesByTheirValue) {
  Tracked tracked;
  tracked.See({.process = abi::Int(5), .is_source = true});
  EXPECT_EQ(tracked.See({.process = abi::Int(6), .parent = abi::Double(5)}), "cd");
}

}  // namespace
}  // namespace eqlc
