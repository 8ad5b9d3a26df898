// What a query gives of its matches: SessionOptions::size, the pipes `head` and `tail`, and all of them together
// (docs/semantics.md section 7).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"

namespace eqlc {
namespace {

// The numbers of each match's last event.
class NumberSink : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    const std::string_view last = alert.events.back();
    if (!numbers.empty()) numbers += ' ';
    numbers += last.substr(5, last.find_first_of(",}") - 5);  // {"n":7,...
    return {};
  }
  std::string numbers;
};

std::string Numbers(const std::string& query, uint64_t size, const std::vector<std::string>& events) {
  const CompileResult compiled = Compile({{"query.eql", query}}, {.native_code = false});
  if (compiled.rules_failed > 0) return RenderText(compiled.diagnostics[0], false);
  NumberSink sink;
  Session session(compiled.program, sink, {.reorder_ns = kSortAll, .match_order = MatchOrder::kAsListed, .size = size});
  for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok());
  EXPECT_TRUE(session.Finish().ok());
  return sink.numbers;
}

// Eight events; as a sequence of two they make eight pairs with one more in front.
std::vector<std::string> Events(int first) {
  std::vector<std::string> events;
  for (int i = first; i < 8; ++i) events.push_back(fmt::format(R"({{"n":{},"@timestamp":{}}})", i, 1000 + i));
  return events;
}

struct Case {
  const char* pipes;
  uint64_t size;
  const char* numbers;
};

constexpr Case kCases[] = {
    {"", kAllMatches, "0 1 2 3 4 5 6 7"},
    {"| head 3", kAllMatches, "0 1 2"},
    {"| tail 3", kAllMatches, "5 6 7"},
    {"| head 20", kAllMatches, "0 1 2 3 4 5 6 7"},
    {"| head 0", kAllMatches, ""},
    {"| tail 0", kAllMatches, ""},
    {"| head 1 + 2 * 2", kAllMatches, "0 1 2 3 4"},
    // One after the other, on the rows that are there.
    {"| head 5 | head 2", kAllMatches, "0 1"},
    {"| tail 5 | tail 2", kAllMatches, "6 7"},
    {"| tail 2 | tail 5", kAllMatches, "6 7"},
    {"| head 5 | tail 2", kAllMatches, "3 4"},
    {"| tail 5 | head 2", kAllMatches, "3 4"},
    {"| head 10 | tail 7", kAllMatches, "1 2 3 4 5 6 7"},
    {"| head 6 | tail 4 | head 2", kAllMatches, "2 3"},
    // A size counts from the end, or from where the first pipe counts.
    {"", 3, "5 6 7"},
    {"", 0, ""},
    {"", 10, "0 1 2 3 4 5 6 7"},
    {"| head 20", 3, "0 1 2"},
    {"| tail 20", 3, "5 6 7"},
    {"| head 2", 3, "0 1"},
    {"| head 6 | tail 2", 4, "2 3"},
    {"| tail 6 | head 2", 4, "4 5"},
};

TEST(ResultSizeTest, OfEventQueries) {
  for (const Case& c : kCases) {
    EXPECT_EQ(Numbers(fmt::format("any where true {}", c.pipes), c.size, Events(0)), c.numbers)
        << c.pipes << " " << c.size;
  }
}

TEST(ResultSizeTest, OfSequences) {
  for (const Case& c : kCases) {
    const std::string query = fmt::format("sequence [any where true] [any where true] {}", c.pipes);
    EXPECT_EQ(Numbers(query, c.size, Events(-1)), c.numbers) << c.pipes << " " << c.size;
  }
}

TEST(ResultSizeTest, OfSequencesThatEndMissing) {
  // By their last event, not by when it was certain that nothing follows.
  const std::vector<std::string> events = {
      R"({"n":0,"@timestamp":1000,"k":"x","a":true})", R"({"n":1,"@timestamp":2000,"k":"y","a":true})",
      R"({"n":2,"@timestamp":3000,"k":"y","b":true})", R"({"n":3,"@timestamp":4000,"k":"x","b":true})",
      R"({"n":4,"@timestamp":90000})"};
  const CompileResult compiled =
      Compile({{"query.eql", "sequence by k with maxspan=10s [any where a] [any where b] ![any where c] | tail 1"}},
              {.native_code = false});
  for (const MatchOrder order : {MatchOrder::kAsDecided, MatchOrder::kAsListed}) {
    class KeySink : public AlertSink {
     public:
      Status Write(const Alert& alert) override { return keys += alert.join_keys[0], Status(); }
      std::string keys;
    } sink;
    Session session(compiled.program, sink, {.timestamp_unit = TimestampUnit::kMillis, .match_order = order});
    for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok());
    EXPECT_TRUE(session.Finish().ok());
    EXPECT_EQ(sink.keys, order == MatchOrder::kAsListed ? "\"x\"" : "\"y\"");
  }
}

TEST(ResultSizeTest, OfSamplesIsTheFirstKeys) {
  const std::vector<std::string> events = {R"({"n":0,"k":"c"})", R"({"n":1,"k":"c"})", R"({"n":2,"k":"b"})",
                                           R"({"n":3,"k":"b"})", R"({"n":4,"k":"a"})", R"({"n":5,"k":"a"})"};
  const std::string query = "sample by k [any where true] [any where true]";
  EXPECT_EQ(Numbers(query, kAllMatches, events), "5 3 1");
  EXPECT_EQ(Numbers(query, 2, events), "5 3");
}

TEST(ResultSizeTest, ArgumentsAreWholeNumbersFromZero) {
  for (const char* pipe : {"head -1", "head 1.5", "head \"1\"", "tail 1 - 2", "head", "head 1, 2", "head null"}) {
    EXPECT_NE(Numbers(fmt::format("any where true | {}", pipe), kAllMatches, {}).find("error[E03"), std::string::npos)
        << pipe;
  }
}

}  // namespace
}  // namespace eqlc
