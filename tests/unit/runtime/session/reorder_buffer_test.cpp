#include "runtime/session/reorder_buffer.h"

#include <gtest/gtest.h>

#include "eqlc/session.hpp"

namespace eqlc {
namespace {

// Pops everything that is due; the texts joined.
std::string Drain(ReorderBuffer& buffer, bool all) {
  std::string out;
  while (auto held = buffer.Pop(all)) out += *held;
  return out;
}

TEST(ReorderBuffer, HoldsEventsForTheWindow) {
  ReorderBuffer buffer(10);
  buffer.Push("b", 105, abi::Null());
  buffer.Push("a", 100, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "");
  buffer.Push("c", 110, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "a") << "110 - 10 is due, inclusively";
  EXPECT_EQ(Drain(buffer, true), "bc");
}

TEST(ReorderBuffer, SortAllHoldsEverything) {
  ReorderBuffer buffer(kSortAll);
  buffer.Push("b", INT64_MAX - 1, abi::Null());
  buffer.Push("a", INT64_MIN, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "");
  EXPECT_EQ(Drain(buffer, true), "ab");
}

TEST(ReorderBuffer, TiesGoByTiebreakerThenArrival) {
  ReorderBuffer buffer(kSortAll);
  buffer.Push("e", 1, abi::Null());
  buffer.Push("d", 1, abi::String("x"));
  buffer.Push("b", 1, abi::Int(2));
  buffer.Push("a", 1, abi::Double(1.5));
  buffer.Push("c", 1, abi::Int(2));
  EXPECT_EQ(Drain(buffer, true), "abcde");
}

TEST(ReorderBuffer, EventsWithoutTimestampComeLastOrAtOnce) {
  ReorderBuffer all(kSortAll);
  all.Push("b", std::nullopt, abi::Null());
  all.Push("a", 5, abi::Null());
  EXPECT_EQ(Drain(all, true), "ab");

  ReorderBuffer window(10);
  window.Push("a", 100, abi::Null());
  window.Push("b", std::nullopt, abi::Null());
  window.Push("c", 111, abi::Null());
  EXPECT_EQ(Drain(window, false), "ab");
}

}  // namespace
}  // namespace eqlc
