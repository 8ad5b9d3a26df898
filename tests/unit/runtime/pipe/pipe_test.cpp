#include "runtime/pipe/pipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using abi::ImagePipe;
using abi::PipeKind;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

constexpr uint64_t kMany = UINT64_MAX;

ImagePipe Head(uint64_t n) { return {PipeKind::kHead, 0, 0, 0, n}; }
ImagePipe Tail(uint64_t n) { return {PipeKind::kTail, 0, 0, 0, n}; }

// `head` and `tail` read nothing of the program.
const Program::Impl& EmptyProgram() {
  static const auto program = LinkProgram(Image::Parse(testing::ImageBuilder().Build()).value(), nullptr).value();
  return program->impl();
}

SlabPool& Memory() {
  static SlabPool memory;
  return memory;
}

// A row whose one event is the number `n`.
PipeRow Row(int n) {
  EventRecord* record = EventRecord::Create(Memory(), std::to_string(n), 0);
  PipeRow row(std::vector<EventRecord*>{record}, {});
  record->Unref();
  return row;
}

struct Output {
  std::string at_once;
  std::string at_end;
};

Output RunChain(PipeChain& chain, int rows) {
  Output output;
  const auto into = [](std::string& text) {
    return [&text](const PipeRow& row) { (text += row.events()[0]->json()) += ' '; };
  };
  for (int i = 1; i <= rows; ++i) chain.Push(Row(i), into(output.at_once));
  chain.Finish(into(output.at_end));
  return output;
}

TEST(PipeTest, HeadAndTailOverRealRows) {
  const struct {
    std::vector<ImagePipe> pipes;
    int rows;
    const char* at_once;
    const char* at_end;
  } kCases[] = {
      {{}, 3, "1 2 3 ", ""},
      {{Head(2)}, 4, "1 2 ", ""},
      {{Head(9)}, 2, "1 2 ", ""},
      {{Head(0)}, 2, "", ""},
      {{Tail(2)}, 4, "", "3 4 "},
      {{Tail(9)}, 2, "", "1 2 "},
      {{Tail(0)}, 2, "", ""},
      {{Tail(kMany)}, 3, "", "1 2 3 "},
      {{Head(4), Head(2)}, 9, "1 2 ", ""},
      {{Tail(4), Tail(2)}, 9, "", "8 9 "},
      {{Tail(2), Tail(4)}, 9, "", "8 9 "},
      {{Head(10), Tail(7)}, 12, "", "4 5 6 7 8 9 10 "},
      {{Head(10), Tail(7)}, 8, "", "2 3 4 5 6 7 8 "},
      {{Tail(5), Head(2)}, 9, "", "5 6 "},
      {{Tail(5), Head(3), Tail(1)}, 9, "", "7 "},
      {{Head(3), Tail(2), Head(1)}, 9, "", "2 "},
  };
  for (const auto& c : kCases) {
    PipeChain chain(EmptyProgram(), c.pipes, Memory());
    const Output output = RunChain(chain, c.rows);
    EXPECT_EQ(output.at_once, c.at_once);
    EXPECT_EQ(output.at_end, c.at_end);
    EXPECT_EQ(chain.held_bytes(), 0u);
  }
}

TEST(PipeTest, CountsWhatIsKeptBack) {
  PipeChain chain(EmptyProgram(), std::vector{Head(5), Tail(2)}, Memory());
  RunChain(chain, 9);
  EXPECT_EQ(chain.suppressed(), 7u);
  EXPECT_EQ(chain.dropped(), 0u);
}

TEST(PipeTest, DoneOnceALeadingHeadIsUsedUp) {
  PipeChain head(EmptyProgram(), std::vector{Head(2), Tail(1)}, Memory());
  const auto ignore = [](const PipeRow&) {};
  EXPECT_FALSE(head.done());
  head.Push(Row(1), ignore);
  EXPECT_FALSE(head.done());
  head.Push(Row(2), ignore);
  EXPECT_TRUE(head.done());
  PipeChain tail(EmptyProgram(), std::vector{Tail(1), Head(0)}, Memory());
  EXPECT_FALSE(tail.done());
}

TEST(PipeTest, TailHoldsNoMoreThanItsBytes) {
  const size_t row_bytes = Row(1).bytes();
  PipeChain chain(EmptyProgram(), std::vector{Tail(kMany)}, Memory(), 3 * row_bytes);
  EXPECT_EQ(RunChain(chain, 9).at_end, "7 8 9 ");
  EXPECT_EQ(chain.dropped(), 6u);
}

// `n` rows of different hosts with names of a kilobyte through a pipe without arguments: what it held before the end.
size_t HeldForHosts(PipeChain& chain, int n, std::string& out) {
  const auto into = [&](const PipeRow& row) { out += row.events()[0]->json(); };
  for (int i = 1; i <= n; ++i) {
    const std::string host = std::to_string(i) + std::string(1'000, 'h');
    EventRecord* record = EventRecord::Create(Memory(), "{\"hostname\":\"" + host + "\"}", 1);
    PipeRow row(std::vector<EventRecord*>{record}, {});
    record->Unref();
    chain.Push(std::move(row), into);
  }
  const size_t held = chain.held_bytes();
  chain.Finish(into);
  return held;
}

TEST(PipeTest, CountsChargeTheirHostsAndGiveThemBack) {
  for (const PipeKind kind : {PipeKind::kCount, PipeKind::kUniqueCount}) {
    const ImagePipe count = {kind, 0, 0, 0, 0};
    PipeChain free(EmptyProgram(), std::vector{count}, Memory());
    std::string out;
    EXPECT_GT(HeldForHosts(free, 100, out), 100'000u);
    EXPECT_THAT(out, HasSubstr("\"total_hosts\":100"));
    EXPECT_EQ(free.held_bytes(), 0u);
    // No more hosts than there is room for, but all rows; and what comes behind has the room again.
    PipeChain bounded(EmptyProgram(), std::vector{count, Tail(kMany)}, Memory(), 10'000);
    out.clear();
    EXPECT_LT(HeldForHosts(bounded, 100, out), 12'000u);
    EXPECT_THAT(out, HasSubstr("\"count\":100"));
    EXPECT_THAT(out, ContainsRegex("\"total_hosts\":(9|10)[,}]"));
    EXPECT_EQ(bounded.held_bytes(), 0u);
    EXPECT_EQ(bounded.dropped(), 0u);
  }
}

TEST(PipeTest, RowsOwnTheirEvents) {
  EventRecord* record = EventRecord::Create(Memory(), "{}", 7);
  const std::vector<EventRecord*> events = {record, nullptr, record};
  const std::vector<std::string> keys = {"\"x\"", "null"};
  PipeRow row(events, keys);
  record->Unref();
  PipeRow moved(std::move(row));
  EXPECT_EQ(moved.events()[0]->json(), "{}");
  EXPECT_EQ(moved.events()[1], nullptr);
  EXPECT_EQ(moved.join_keys()[0], "\"x\"");
}

}  // namespace
}  // namespace eqlc
