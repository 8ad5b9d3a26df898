// The other verbs as users meet them: exit codes, what goes to stdout and what to stderr, and inputs that are not as
// they should be.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/command.h"
#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using testing::Eqlc;
using testing::Events;
using testing::Finished;
using ::testing::HasSubstr;
using testing::kBash;
using testing::kCmd;
using testing::RunProgram;
using testing::Shell;
using testing::TempFolder;

TEST(Command, WithoutVerbIsAUsageError) { EXPECT_EQ(Eqlc({}).exit_code, 3); }

TEST(Command, NamesAWordThatIsNoVerb) {
  const Finished f = Eqlc({"chec", "rules"});
  EXPECT_EQ(f.exit_code, 3);
  EXPECT_THAT(f.err, HasSubstr("there is no verb 'chec'; there are run, query, "));
}

TEST(Command, NamesWhatAnOptionTakes) {
  const Finished f = Eqlc({"dump", "--stage=parse", "-q", "any where true"});
  EXPECT_EQ(f.exit_code, 3);
  EXPECT_THAT(f.err, HasSubstr("parse not in {asm,ast,index,ir,llvm,typed}"));
}

TEST(Command, EndsWellWhenItsReaderHasSeenEnough) {
  const Finished f =
      Shell(R"(yes '{"a":1}' | head -200000 | "$EQLC" query 'any where a == 1' - | head -1; echo ${PIPESTATUS[2]})");
  EXPECT_EQ(f.out, "{\"a\":1}\n0\n");
}

TEST(Command, AClosedInputIsOneThatCannotBeRead) {
  const Finished f = Shell(R"("$EQLC" query 'any where true' - <&-)");
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("cannot read 'standard input': Bad file descriptor"));
}

TEST(Command, HelpAndVersionSucceed) {
  EXPECT_EQ(Eqlc({"--help"}).exit_code, 0);
  EXPECT_THAT(Eqlc({"--version"}).out, HasSubstr("eqlc 0."));
}

// Output that nobody gets is a fault, whatever else there is to say.
TEST(Command, ReportsAFullStandardOutput) {
  const auto into_full = [](const std::string& args) {
    return RunProgram({"/bin/sh", "-c", std::string(EQLC_COMMAND) + " " + args + " >/dev/full"});
  };
  for (const std::string args : {"eval 1", "explain", "--help", "check -q 'any where true'"}) {
    const Finished f = into_full(args);
    EXPECT_EQ(f.exit_code, 2) << args;
    EXPECT_THAT(f.err, HasSubstr("No space left on device")) << args;
  }
  const Finished findings = into_full("check -q 'any where ('");
  EXPECT_EQ(findings.exit_code, 1);
  EXPECT_THAT(findings.err, HasSubstr("No space left on device"));
}

TEST(Query, PrintsMatchingLinesAsTheyStood) {
  const Finished f = Eqlc({"query", "process where process.name == \"cmd.exe\"", "-"}, Events());
  EXPECT_EQ(f.exit_code, 0) << f.err;
  EXPECT_EQ(f.out, std::string(kCmd) + "\n");
}

TEST(Query, PrintsSequencesAsObjects) {
  const Finished f =
      Eqlc({"query", "sequence with maxspan=1s [process where process.name == \"cmd.exe\"] [process where true]", "-"},
           Events());
  EXPECT_EQ(f.out, fmt::format("{{\"join_keys\":[],\"events\":[{},{}]}}\n", kCmd, kBash));
}

TEST(Query, MarksMissingPlaces) {
  const Finished f = Eqlc(
      {"query", "sequence with maxspan=1s [process where process.name == \"bash\"] ![file where true]", "-"}, Events());
  EXPECT_EQ(f.out, fmt::format("{{\"join_keys\":[],\"events\":[{},{{\"missing\":true}}]}}\n", kBash));
}

TEST(Query, SortsByTimestamp) {
  const Finished f = Eqlc({"query", "process where true", "-"}, fmt::format("{}\n{}\n", kBash, kCmd));
  EXPECT_EQ(f.out, Events());
}

TEST(Query, SizeKeepsTheLast) {
  EXPECT_EQ(Eqlc({"query", "process where true", "--size", "1", "-"}, Events()).out, std::string(kBash) + "\n");
}

TEST(Query, SizeCountsFromWhereTheFirstPipeDoes) {
  EXPECT_EQ(Eqlc({"query", "process where true | head 2", "--size", "1", "-"}, Events()).out, std::string(kCmd) + "\n");
}

TEST(Query, ListsSamplesByKey) {
  const std::string events = R"({"k":"b","n":1}
{"k":"b","n":2}
{"k":"a","n":3}
{"k":"a","n":4}
{"k":"a","n":5}
)";
  const std::vector<std::string> query = {"query", "sample by k [any where n > 0] [any where n >= 4]", "-"};
  EXPECT_EQ(Eqlc(query, events).out, R"({"join_keys":["a"],"events":[{"k":"a","n":3},{"k":"a","n":4}]})"
                                     "\n");
  std::vector<std::string> two = query;
  two.insert(two.end(), {"--max-samples-per-key", "2"});
  EXPECT_EQ(Eqlc(two, events).out, R"({"join_keys":["a"],"events":[{"k":"a","n":3},{"k":"a","n":4}]}
{"join_keys":["a"],"events":[{"k":"a","n":3},{"k":"a","n":5}]}
)");
  two.back() = "0";
  EXPECT_EQ(Eqlc(two, events).exit_code, 3);
}

TEST(Query, TakesSchemaFiles) {
  const TempFolder folder;
  std::ofstream(folder.path() + "/a.json") << R"({"peer": "ip"})";
  std::ofstream(folder.path() + "/b.json") << R"({"mappings": {"properties": {"seen": {"type": "date"}}}})";
  const std::vector<std::string> schema = {"--schema", folder.path() + "/a.json", "--schema",
                                           folder.path() + "/b.json"};
  const auto query = [&](std::vector<std::string> args, const std::string& input) {
    args.insert(args.begin(), "query");
    args.insert(args.end(), schema.begin(), schema.end());
    args.push_back("-");
    return Eqlc(args, input);
  };
  const std::string event = R"({"peer":"10.1.1.1","seen":"2026-01-01T10:00:00Z"})";
  EXPECT_EQ(query({R"(any where peer == "10.0.0.0/8" and seen == "2026-01-01")"}, event).out, event + "\n");
  EXPECT_THAT(query({"any where per == null", "--strict-schema"}, event).err, HasSubstr("did you mean [peer]"));
  EXPECT_EQ(Eqlc({"query", "any where true", "--schema", folder.path() + "/none.json", "-"}, event).exit_code, 3);
  EXPECT_EQ(Eqlc({"query", "any where true", "--strict-schema", "-"}, event).exit_code, 3) << "without a schema";
}

TEST(Query, ReportsABadQueryWithItsPlace) {
  const Finished f = Eqlc({"query", "process where process.name = \"x\"", "-"}, Events());
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("<query>:1:28: error[E0101]"));
  EXPECT_THAT(f.err, HasSubstr("use `==`"));
  EXPECT_EQ(f.out, "");
}

TEST(Eval, PrintsJson) {
  EXPECT_EQ(Eqlc({"eval", "length(\"abc\") + 1"}).out, "4\n");
  EXPECT_EQ(Eqlc({"eval", "concat(\"a\", null)"}).out, "null\n");
  EXPECT_EQ(Eqlc({"eval", "substring(\"hello\", -2)"}).out, "\"lo\"\n");
  EXPECT_EQ(Eqlc({"eval", "process.name"}).exit_code, 2);
}

TEST(Check, CountsAndExits) {
  const TempFolder folder;
  folder.Write("good.eql", "process where true");
  EXPECT_EQ(Eqlc({"check", folder.path()}).exit_code, 0);
  folder.Write("bad.eql", "process where foo(1) == 2");
  const Finished f = Eqlc({"check", folder.path()});
  EXPECT_EQ(f.exit_code, 1);
  EXPECT_THAT(f.out, HasSubstr("Unknown function [foo]"));
  EXPECT_THAT(f.out, HasSubstr("2 rules, 1 fine, 1 with errors, 0 with warnings"));
}

TEST(Check, PrintsJsonLines) {
  const Finished f = Eqlc({"check", "-q", "process where foo(1) == 2", "--format", "json"});
  const auto diagnostic = nlohmann::json::parse(f.out);
  EXPECT_EQ(diagnostic["code"], "E0201");
  EXPECT_EQ(diagnostic["line"], 1);
  EXPECT_EQ(diagnostic["column"], 15);
}

TEST(Check, NamesAMissingFile) {
  const Finished f = Eqlc({"check", "/nonexistent/rule.toml"});
  EXPECT_EQ(f.exit_code, 1);
  EXPECT_THAT(f.out, HasSubstr("/nonexistent/rule.toml"));
  EXPECT_THAT(f.out, HasSubstr("No such file"));
}

TEST(Dump, OnlyErrorsDecideTheExitCode) {
  const std::string suspect = "process where process.name == \"a*\"";
  const Finished warned = Eqlc({"dump", "--stage", "ast", "-q", suspect});
  EXPECT_EQ(warned.exit_code, 0);
  EXPECT_THAT(warned.out, HasSubstr("field process.name"));
  EXPECT_THAT(warned.err, HasSubstr("<query>:1:31: warning[W"));
  const TempFolder folder;
  const Finished file = Eqlc({"dump", folder.Write("rule.eql", suspect)});
  EXPECT_EQ(file.exit_code, 0) << file.err;
  EXPECT_EQ(file.err, "");
  EXPECT_EQ(Eqlc({"dump", "--stage", "ast", "-q", "process where ("}).exit_code, 2);
}

// Nothing runs.
TEST(Dump, HasNoOptionsOfEngines) {
  EXPECT_EQ(Eqlc({"dump", "-q", "process where true", "--stage=llvm", "-O2"}).exit_code, 0);
  for (const char* option : {"--engine=interp", "--perf-map", "--gdb"}) {
    EXPECT_EQ(Eqlc({"dump", "-q", "process where true", option}).exit_code, 3) << option;
  }
}

TEST(Options, RefuseWhatMeansNothing) {
  for (const char* option : {"--timestamp-field=", "--event-category-field=", "--reorder=-5s"}) {
    EXPECT_EQ(Eqlc({"run", "-r", "rules", option, "-"}).exit_code, 3) << option;
  }
}

TEST(Check, WantsRules) {
  const TempFolder folder;
  const Finished f = Eqlc({"check", folder.path()});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("no rules to check"));
}

TEST(Bench, PrintsEveryStageBesideAStockParser) {
  const TempFolder folder;
  folder.Write("cmd.eql", "process where process.name == \"cmd.exe\"");
  folder.Write("events.ndjson", Events());
  const Finished f =
      Eqlc({"bench", "-r", folder.path() + "/cmd.eql", folder.path() + "/events.ndjson", "--rounds", "1"});
  EXPECT_EQ(f.exit_code, 0) << f.err;
  for (const char* stage : {"structural scan", "reference walk", "decode + match", "whole run", "1 alerts",
                            "1 of 1 rules are evaluated", "  cmd"}) {
    EXPECT_THAT(f.out, HasSubstr(stage));
  }
  EXPECT_EQ(Eqlc({"bench", "-r", folder.path() + "/cmd.eql", folder.path() + "/no.ndjson"}).exit_code, 2);
}

TEST(Bench, GrowsTheRules) {
  const TempFolder folder;
  folder.Write("cmd.eql", "process where process.name == \"cmd.exe\"");
  folder.Write("events.ndjson", Events());
  const Finished f =
      Eqlc({"bench", "-r", folder.path() + "/cmd.eql", folder.path() + "/events.ndjson", "--rounds", "1", "--scale"});
  EXPECT_EQ(f.exit_code, 0) << f.err;
  for (const char* rules : {"\n      1 ", "\n     10 ", "\n    100 ", "\n   1000 ", "\n  10000 "}) {
    EXPECT_THAT(f.out, HasSubstr(rules));
  }
}

TEST(Index, ChangesNoAlert) {
  const TempFolder folder;
  std::vector<std::string> args = {"run", "--quiet", "-", "--index", "on"};
  for (int i = 0; i < 20; ++i) {
    const std::string name = fmt::format("r{}.eql", i);
    folder.Write(name, fmt::format("process where process.name : (\"cmd*\", \"p{}\")", i));
    args.insert(args.begin() + 1, {"-r", folder.path() + "/" + name});
  }
  const Finished with = Eqlc(args, Events());
  args.back() = "off";
  const Finished without = Eqlc(args, Events());
  EXPECT_EQ(with.exit_code, 0) << with.err;
  EXPECT_EQ(with.out, without.out);
  EXPECT_EQ(std::count(with.out.begin(), with.out.end(), '\n'), 20);
}

}  // namespace
}  // namespace eqlc
