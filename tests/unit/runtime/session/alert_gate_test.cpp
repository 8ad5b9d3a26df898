#include "runtime/session/alert_gate.h"

#include <gtest/gtest.h>

#include <vector>

#include "runtime/support/slab.h"

namespace eqlc {
namespace {

TEST(AlertGate, KnowsARulesOwnAlerts) {
  EXPECT_TRUE(IsAlertOf(R"({"a":1,"kibana.alert.rule.uuid":"r"})", "r"));
  EXPECT_TRUE(IsAlertOf(R"({"kibana":{"alert":{"rule":{"uuid":"r"}}}})", "r"));
  EXPECT_TRUE(IsAlertOf(R"({"_index":"i","_id":"1","_source":{"kibana.alert":{"rule.uuid":["r"]}}})", "r"));
  // One that Kibana raised for the same rule.
  EXPECT_TRUE(IsAlertOf(R"({"kibana.alert.rule.uuid":"3f0c","kibana.alert.rule.rule_id":"r"})", "r"));
  EXPECT_FALSE(IsAlertOf(R"({"kibana.alert.rule.uuid":"q","kibana.alert.rule.rule_id":"q"})", "r"));
  EXPECT_FALSE(IsAlertOf(R"({"kibana.alert.rule.name":"r","message":"kibana.alert.rule.uuid"})", "r"));
  EXPECT_FALSE(IsAlertOf(R"({"a":1})", "r"));
  EXPECT_FALSE(IsAlertOf("", "r"));
  EXPECT_FALSE(MayBeAlert(R"({"a":1})"));
  EXPECT_TRUE(MayBeAlert(R"({"kibana.alert.rule.uuid":"r"})"));
}

TEST(AlertGate, AdmitsAGroupOfEventsOnceWhileAnEventIsDispatched) {
  SlabPool memory;
  EventRecord* a = EventRecord::Create(memory, "{}", 1);
  EventRecord* b = EventRecord::Create(memory, "{}", 2);
  const std::vector<EventRecord*> ab = {a, b}, ba = {b, a}, a_only = {a, nullptr};
  {
    AlertGate gate;
    EXPECT_TRUE(gate.Admits(7, ab));
    EXPECT_TRUE(gate.Admits(7, ba));
    EXPECT_TRUE(gate.Admits(7, a_only));
    EXPECT_FALSE(gate.Admits(7, ab));
    EXPECT_FALSE(gate.Admits(7, a_only));
    EXPECT_TRUE(gate.Admits(8, ab)) << "another rule";
    gate.BeginEvent();
    EXPECT_TRUE(gate.Admits(8, ab));
  }
  a->Unref();
  b->Unref();
}

// What it remembers stays alive, so that no other event takes its place.
TEST(AlertGate, KeepsTheEventsOfItsGroups) {
  SlabPool memory;
  AlertGate gate;
  EventRecord* a = EventRecord::Create(memory, "{}", 1);
  EXPECT_TRUE(gate.Admits(0, std::vector{a}));
  a->Unref();
  EventRecord* b = EventRecord::Create(memory, "{}", 1);
  EXPECT_TRUE(gate.Admits(0, std::vector{b}));
  b->Unref();
}

}  // namespace
}  // namespace eqlc
