// The rule index of the runtime, with requirements as the compiler derives them.
#include "runtime/match/rule_index.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "eqlc/compile.hpp"
#include "eqlc/limits.hpp"
#include "runtime/event/decoder.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Rules 0..7 ask for process.name p0..p7, the last ones as given.
class RuleIndexTest : public ::testing::Test {
 protected:
  void Load(const std::vector<const char*>& queries) {
    std::vector<RuleText> rules;
    for (int i = 0; i < 8; ++i) {
      rules.push_back({fmt::format("p{}.eql", i), fmt::format(R"(process where process.name : "p{}")", i)});
    }
    for (const char* query : queries) rules.push_back({fmt::format("{}.eql", rules.size()), query});
    program_ = Compile(rules, {.native_code = false}).program;
    ASSERT_EQ(program_->rules().size(), rules.size());
    ASSERT_TRUE(RuleIndex::IsUseful(program_->impl()));
    index_.emplace(program_->impl());
    decoder_.emplace(program_->fields());
    frame_.emplace(program_->fields().size(), program_->impl().image.header().leaf_count);
  }

  std::vector<abi::ConditionId> Candidates(const std::string& json) {
    EXPECT_TRUE(decoder_->Decode(json, *frame_).ok()) << json;
    return index_->Candidates(frame_->frame());
  }

  std::shared_ptr<const Program> program_;
  std::optional<RuleIndex> index_;
  std::optional<Decoder> decoder_;
  std::optional<FrameBuffer> frame_;
};

TEST_F(RuleIndexTest, LeavesConditionsWhoseValuesAreThere) {
  Load({});
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.name": "P3"})"), ElementsAre(3));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.name": ["p1", "x", "p2"]})"), ElementsAre(1, 2));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.name": "x"})"), IsEmpty());
  EXPECT_THAT(Candidates(R"({"event.category": "process"})"), IsEmpty());
  EXPECT_THAT(Candidates(R"({"event.category": "file", "process.name": "p3"})"), IsEmpty());
  EXPECT_THAT(Candidates(R"({"process.name": "p3"})"), IsEmpty());
}

TEST_F(RuleIndexTest, AlwaysLeavesConditionsWithoutRequirement) {
  Load({R"(any where not process.name == "p1")"});
  EXPECT_THAT(Candidates("{}"), ElementsAre(8));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.name": "p1"})"), ElementsAre(1, 8));
}

TEST_F(RuleIndexTest, SearchesPatternsOnlyForWhatIsStillAlive) {
  Load({R"(process where user.name == "root" and process.args : "*secret*")"});
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.args": "a secret"})"), IsEmpty());
  EXPECT_EQ(index_->counters().scanned, 0u);
  const std::string root = R"({"event.category": "process", "user.name": "root", "process.args": ["x", "a SECRET"]})";
  EXPECT_THAT(Candidates(root), ElementsAre(8));
  EXPECT_EQ(index_->counters().scanned, 2u);
}

TEST_F(RuleIndexTest, AsksNothingOfEventsWithoutARareField) {
  Load({R"(any where event.kind == "signal" and alert.name != null)"});
  EXPECT_THAT(Candidates(R"({"event.category": "file", "event.kind": "event"})"), IsEmpty());
  EXPECT_EQ(index_->counters().questions, 0u);
  EXPECT_THAT(Candidates(R"({"event.category": "file", "event.kind": "signal", "alert.name": "x"})"), ElementsAre(8));
  EXPECT_EQ(index_->counters().questions, 1u);
}

TEST_F(RuleIndexTest, AsksFirstWhatDecidesAboutMost) {
  Load({R"(file where a == "1" and z == 1)", R"(file where b == "1" and z == 2)", R"(file where c == "1" and z == 3)"});
  EXPECT_THAT(Candidates(R"({"event.category": "file", "a": "1", "b": "1", "c": "1", "z": 4})"), IsEmpty());
  EXPECT_EQ(index_->counters().questions, 1u) << "z kills all three";
  EXPECT_THAT(Candidates(R"({"event.category": "file", "a": "1", "b": "1", "c": "1", "z": 2})"), ElementsAre(9));
  EXPECT_EQ(index_->counters().questions, 3u) << "z, then b";
}

TEST_F(RuleIndexTest, AsksOnceAboutPatternsAndWholeValuesOfAField) {
  Load({R"(file where path : ("c:\\x", "d:\\*", "7"))"});
  EXPECT_THAT(Candidates(R"({"event.category": "file", "path": "C:\\X"})"), ElementsAre(8));
  EXPECT_EQ(index_->counters().questions, 1u);
  EXPECT_THAT(Candidates(R"({"event.category": "file", "path": ["no", "d:\\y"]})"), ElementsAre(8));
  EXPECT_THAT(Candidates(R"({"event.category": "file", "path": 7})"), ElementsAre(8)) << "by chance alike, or equal";
  EXPECT_THAT(Candidates(R"({"event.category": "file", "path": [8, true]})"), IsEmpty());
}

TEST_F(RuleIndexTest, ConvertsAsEqualityDoes) {
  Load({R"(process where pid == 4)", R"(process where code == "4")", R"(process where flag == true)"});
  EXPECT_THAT(Candidates(R"({"event.category": "process", "pid": "4.0"})"), ElementsAre(8));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "pid": 4.0, "code": 4})"), ElementsAre(8, 9));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "flag": "true"})"), ElementsAre(10));
  EXPECT_THAT(Candidates(R"({"event.category": "process", "flag": false, "pid": 5})"), IsEmpty());
}

TEST_F(RuleIndexTest, KeepsOnePartitionASignature) {
  Load({R"(file where file.name == "x")"});
  for (int i = 0; i < 3; ++i) {
    Candidates(R"({"event.category": "process", "process.name": "p3"})");
    Candidates(fmt::format(R"({{"event.category": "unheard of {}"}})", i));
    Candidates(R"({"event.category": ["file", "process"]})");
  }
  EXPECT_EQ(index_->partition_count(), 3u);
}

// What fields an event has decides about most conditions before a value is looked at.
TEST_F(RuleIndexTest, AsksNothingAboutFieldsThatEventsLack) {
  Load({R"(process where user.name == "root" and process.args : "*secret*")", R"(process where user.id == "0")"});
  EXPECT_THAT(Candidates(R"({"event.category": "process", "process.args": "a secret"})"), IsEmpty());
  EXPECT_EQ(index_->counters().questions, 0u);
  EXPECT_THAT(Candidates(R"({"event.category": "process", "user.id": "0"})"), ElementsAre(9));
  EXPECT_EQ(index_->counters().questions, 1u);
  const std::string root = R"({"event.category": "process", "user.name": "root", "process.args": "a secret"})";
  EXPECT_THAT(Candidates(root), ElementsAre(8));
  EXPECT_EQ(index_->counters().questions, 3u);
}

// What events of one kind teach is forgotten when it is too much, and the answers stay the same.
TEST_F(RuleIndexTest, BoundsWhatItRemembers) {
  std::vector<std::string> texts;
  std::vector<const char*> queries;
  for (int i = 0; i < 10; ++i) texts.push_back(fmt::format(R"(process where f{0} == "k" and g : "*part{0}*")", i));
  for (const std::string& text : texts) queries.push_back(text.c_str());
  Load(queries);
  const std::string filler(200, 'x');
  size_t most = 0;
  for (uint32_t round = 0; round < 60'000; ++round) {
    std::string event = fmt::format(R"({{"event.category": "process", "g": "part{} {} {}")", round % 10, filler, round);
    std::vector<abi::ConditionId> expected;
    for (uint32_t i = 0; i < 10; ++i) {
      if ((round >> i & 1) == 0) continue;
      event += fmt::format(R"(, "f{}": "k")", i);
      if (round % 10 == i) expected.push_back(8 + i);
    }
    ASSERT_EQ(Candidates(event + "}"), expected) << event;
    most = std::max(most, index_->bytes());
  }
  EXPECT_GT(most, limits::kMaxAutomatonBytes);  // the memory was full at times
  EXPECT_LT(most, 2 * limits::kMaxAutomatonBytes + (1u << 20));
}

TEST_F(RuleIndexTest, MakesNoStepTwice) {
  Load({R"(process where user.name == "root" and process.args : ("*secret*", "pass*"))"});
  const std::string event = R"({"event.category": "process", "user.name": "ROOT", "process.args": ["x", "A Secret"]})";
  EXPECT_THAT(Candidates(event), ElementsAre(8));
  const MatchCounters first = index_->counters();
  EXPECT_GT(first.steps, 0u);
  EXPECT_EQ(first.scanned, 2u);
  EXPECT_THAT(Candidates(event), ElementsAre(8));
  EXPECT_EQ(index_->counters().steps, first.steps);
  EXPECT_EQ(index_->counters().scanned, first.scanned);
  EXPECT_EQ(index_->counters().questions, 2 * first.questions);
}

// A signature holds several values a field, and tells them apart from none.
TEST_F(RuleIndexTest, TellsSignaturesApart) {
  Load({R"(any where event.type == "a" and x == 1)", R"(any where event.type == "b" and x == 1)",
        R"(file where event.type == "c" and x == 1)"});
  const char* const categories[] = {R"(["process", "file"])", R"(["file", "process"])", R"("file")", R"("other")"};
  for (const char* category : categories) {
    const bool is_file = std::string_view(category).find("file") != std::string_view::npos;
    const std::string begin = fmt::format(R"({{"event.category": {}, "x": 1)", category);
    EXPECT_THAT(Candidates(begin + "}"), IsEmpty()) << category;
    EXPECT_THAT(Candidates(begin + R"(, "event.type": ["b", "z", "a", "b"]})"), ElementsAre(8, 9)) << category;
    if (!is_file) continue;
    EXPECT_THAT(Candidates(begin + R"(, "event.type": ["c", "a"]})"), ElementsAre(8, 10)) << category;
  }
  EXPECT_GT(index_->partition_count(), 8u) << "none was too long for a partition of its own";
}

TEST_F(RuleIndexTest, OnlyWhatIsAwaitedIsEvaluated) {
  Load({});
  EXPECT_TRUE(decoder_->Decode(R"({"event.category": "process", "process.name": ["p1", "p2"]})", *frame_).ok());
  AwaitedConditions awaited(program_->impl().image.conditions().size());
  ConditionMatcher matcher(program_->impl(), Engine::kInterpreter, /*use_index=*/true);
  EXPECT_THAT(matcher.Match(frame_->frame()), ElementsAre(1, 2));
  EXPECT_THAT(matcher.Match(frame_->frame(), &awaited), IsEmpty());
  awaited.Add(2);
  awaited.Add(2);
  awaited.Remove(2);
  EXPECT_THAT(matcher.Match(frame_->frame(), &awaited), ElementsAre(2));
  ConditionMatcher without_index(program_->impl(), Engine::kInterpreter, /*use_index=*/false);
  EXPECT_THAT(without_index.Match(frame_->frame(), &awaited), ElementsAre(1, 2)) << "it evaluates everything";
}

// More values of interest than a signature holds: answered all the same, without a partition of its own.
TEST_F(RuleIndexTest, AnswersForCrowdedSignatures) {
  Load({});
  std::string many = "\"process\"";
  for (int i = 0; i < 64; ++i) many += ", \"process\"";
  EXPECT_THAT(Candidates("{\"event.category\": [" + many + "], \"process.name\": \"p5\"}"), ElementsAre(5));
  EXPECT_EQ(index_->partition_count(), 0u);
}

// Whoever writes the events must not decide how much memory the index takes.
TEST_F(RuleIndexTest, BoundsItsPartitions) {
  std::vector<std::string> texts;
  for (int i = 0; i < 10; ++i) texts.push_back(fmt::format(R"(process where kind == "k{}" and process.name : "k")", i));
  Load({texts[0].c_str(), texts[1].c_str(), texts[2].c_str(), texts[3].c_str(), texts[4].c_str(), texts[5].c_str(),
        texts[6].c_str(), texts[7].c_str(), texts[8].c_str(), texts[9].c_str()});
  for (uint32_t mask = 0; mask < 1024; ++mask) {
    std::string kinds = "\"none\"";
    std::vector<abi::ConditionId> expected;
    for (uint32_t i = 0; i < 10; ++i) {
      if ((mask >> i & 1) == 0) continue;
      kinds += fmt::format(", \"k{}\"", i);
      expected.push_back(8 + i);
    }
    const std::string event =
        fmt::format(R"({{"event.category": "process", "process.name": "k", "kind": [{}]}})", kinds);
    EXPECT_EQ(Candidates(event), expected) << event;
  }
  EXPECT_THAT(index_->partition_count(), limits::kMaxPartitions);
}

}  // namespace
}  // namespace eqlc
