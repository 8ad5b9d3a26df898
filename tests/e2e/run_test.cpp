// `eqlc run` as users meet it: what goes to stdout and what to stderr, exit codes, rulesets in files and in the cache.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "eqlc/limits.hpp"
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
using ::testing::Not;
using testing::RunProgram;
using testing::Shell;
using testing::TempFolder;

class Run : public ::testing::Test {
 protected:
  Finished RunOn(const std::string& events, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"run", "-r", rule_, folder_.Write("events.ndjson", events)});
    return Eqlc(more);
  }

  TempFolder folder_;
  std::string rule_ = folder_.Write("rules/cmd.eql", "process where process.name == \"cmd.exe\"");
};

TEST_F(Run, WritesAlertsToStdoutAndTheSummaryToStderr) {
  const Finished f = RunOn(Events());
  EXPECT_EQ(f.exit_code, 0) << f.err;
  const auto alert = nlohmann::json::parse(f.out);
  EXPECT_EQ(alert["event"]["kind"], "signal");
  EXPECT_EQ(alert["process"]["name"], "cmd.exe");
  EXPECT_EQ(alert["kibana.alert.rule.rule_id"].is_null() ? alert["kibana"]["alert"]["rule"]["rule_id"]
                                                         : alert["kibana.alert.rule.rule_id"],
            "cmd");
  EXPECT_THAT(f.err, HasSubstr("rules loaded"));
  EXPECT_THAT(f.err, HasSubstr("events/s"));
}

TEST_F(Run, GivesTheSameBytesTwice) { EXPECT_EQ(RunOn(Events()).out, RunOn(Events()).out); }

TEST_F(Run, EnginesAndThreadsGiveTheSameBytes) {
  const std::string out = RunOn(Events()).out;
  for (const char* option : {"--engine=interp", "--engine=native", "--engine=auto", "--compile-threads=1", "-O2"}) {
    EXPECT_EQ(RunOn(Events(), {option}).out, out) << option;
  }
  EXPECT_EQ(RunOn(Events(), {"--engine=fast"}).exit_code, 3);
  EXPECT_EQ(RunOn(Events(), {"--compile-threads=1000000"}).exit_code, 3);
}

TEST_F(Run, FailsOnAlertWhenAsked) {
  EXPECT_EQ(RunOn(Events(), {"--fail-on-alert"}).exit_code, 1);
  EXPECT_EQ(RunOn(std::string(kBash) + "\n", {"--fail-on-alert"}).exit_code, 0);
}

TEST_F(Run, NamesAndSkipsBrokenLines) {
  const Finished f = RunOn(fmt::format("{{\"broken\n{}\n[1]\nnot json\n", kCmd));
  EXPECT_EQ(f.exit_code, 0);
  EXPECT_THAT(f.err, HasSubstr("events.ndjson:1:"));
  EXPECT_THAT(f.err, HasSubstr("events.ndjson:3:"));
  EXPECT_THAT(f.err, HasSubstr("events.ndjson:4:"));
  EXPECT_THAT(f.err, ::testing::ContainsRegex("bad lines skipped +3"));
  EXPECT_THAT(f.out, HasSubstr("cmd.exe"));
}

TEST_F(Run, AcceptsAnEmptyInput) {
  const Finished f = RunOn("");
  EXPECT_EQ(f.exit_code, 0);
  EXPECT_EQ(f.out, "");
}

TEST_F(Run, NamesAMissingInputAndReadsTheOthers) {
  const Finished f = RunOn(Events(), {"/nonexistent/events.ndjson"});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("/nonexistent/events.ndjson"));
  EXPECT_THAT(f.out, HasSubstr("cmd.exe"));
}

TEST_F(Run, LeavesOutABadRuleAndRunsTheOthers) {
  const std::string bad = folder_.Write("rules/bad.eql", "process where (");
  const Finished f = RunOn(Events(), {"-r", bad});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("bad.eql:1:"));
  EXPECT_THAT(f.err, ::testing::ContainsRegex("rules left out +1"));
  EXPECT_THAT(f.out, HasSubstr("cmd.exe"));
}

TEST_F(Run, LoadsACompiledRuleset) {
  const std::string image = folder_.path() + "/rules.eqlc";
  ASSERT_EQ(Eqlc({"compile", rule_, "-o", image}).exit_code, 0);
  const std::string events = folder_.Write("events.ndjson", Events());
  EXPECT_EQ(Eqlc({"run", "-r", image, events}).out, RunOn(Events()).out);
}

TEST_F(Run, LoadsRulesetsWithMachineCode) {
  const std::string events = folder_.Write("events.ndjson", Events());
  for (const std::string cpu : {"native", "x86-64"}) {
    const std::string library = folder_.path() + "/rules.so";
    const Finished compiled = Eqlc({"compile", rule_, "-o", library, "--cpu", cpu});
    ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
    EXPECT_THAT(compiled.err, HasSubstr("rules.so: 1 rules, "));
    EXPECT_EQ(Eqlc({"run", "-r", library, events}).out, RunOn(Events()).out);
    // Also where nothing of the compiler is.
    const Finished embedded = RunProgram({EQLC_EMBED_LOADED, library}, "", Events());
    EXPECT_EQ(embedded.exit_code, 0) << embedded.err;
    EXPECT_THAT(embedded.out, HasSubstr(kCmd));
  }
  EXPECT_THAT(RunProgram({"/usr/bin/ldd", EQLC_EMBED_LOADED}).out, Not(HasSubstr("LLVM")));
}

// Until machine code is to be made that nobody kept, LLVM is not in the process.
TEST_F(Run, LoadsLlvmOnlyToMakeMachineCode) {
  const std::string library = folder_.path() + "/rules.so", cache = folder_.path() + "/cache";
  ASSERT_EQ(Eqlc({"compile", rule_, "-o", library}).exit_code, 0);
  const std::string events = folder_.Write("events.ndjson", Events());
  const auto loads_llvm = [](std::vector<std::string> args) {
    args.insert(args.begin(), {"/usr/bin/env", "LD_DEBUG=files", EQLC_COMMAND});
    const Finished f = RunProgram(args);
    EXPECT_EQ(f.exit_code, 0) << f.err;
    EXPECT_THAT(f.err, HasSubstr("libsimdjson"));
    return f.err.find("libLLVM") != std::string::npos;
  };
  EXPECT_FALSE(loads_llvm({"run", "-r", library, events}));
  EXPECT_FALSE(loads_llvm({"check", "--no-cache", rule_}));
  EXPECT_FALSE(loads_llvm({"run", "--engine", "interp", "-r", rule_, events}));
  EXPECT_TRUE(loads_llvm({"run", "--cache", cache, "-r", rule_, events}));
  EXPECT_FALSE(loads_llvm({"run", "--cache", cache, "-r", rule_, events}));
}

// As `cmake --install` places them.
TEST_F(Run, FindsTheLibraryThatMakesMachineCodeWhereItIsInstalled) {
  namespace fs = std::filesystem;
  const fs::path root = folder_.path(), command = root / "bin/eqlc", library = root / "lib/libeqlc_jit.so";
  fs::create_directory(root / "bin");
  fs::create_directory(root / "lib");
  fs::copy_file(EQLC_COMMAND, command);
  fs::copy_file(EQLC_JIT_LIBRARY_FILE, library);
  const std::string events = folder_.Write("events.ndjson", Events());
  const Finished f = RunProgram({"/usr/bin/env", "LD_DEBUG=files", command, "run", "--no-cache", "-r", rule_, events});
  EXPECT_EQ(f.exit_code, 0);
  EXPECT_EQ(f.out, RunOn(Events()).out);
  EXPECT_THAT(f.err, HasSubstr(library.string()));
}

TEST_F(Run, GoesOnWithoutTheLibraryThatMakesMachineCode) {
  const std::string events = folder_.Write("events.ndjson", Events());
  const auto run = [](std::vector<std::string> args) {
    args.insert(args.begin(), {"/usr/bin/env", "EQLC_JIT_LIBRARY=/nonexistent/jit.so", EQLC_COMMAND});
    return RunProgram(args);
  };
  for (const std::string& cache : {std::string("--no-cache"), "--cache=" + folder_.path() + "/cache"}) {
    const Finished f = run({"run", cache, "-r", rule_, events});
    EXPECT_EQ(f.exit_code, 0);
    EXPECT_EQ(f.out, RunOn(Events()).out);
    EXPECT_THAT(f.err, HasSubstr("cannot make machine code: /nonexistent/jit.so"));
    EXPECT_THAT(f.err, HasSubstr("the rules run in the interpreter"));
  }
  const Finished f = run({"compile", rule_, "-o", folder_.path() + "/rules.so"});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("cannot make machine code: /nonexistent/jit.so"));
}

TEST_F(Run, RefusesADamagedRulesetWithMachineCode) {
  const std::string library = folder_.path() + "/rules.so";
  ASSERT_EQ(Eqlc({"compile", rule_, "-o", library}).exit_code, 0);
  std::filesystem::resize_file(library, std::filesystem::file_size(library) - 1);
  const Finished f = Eqlc({"run", "-r", library, folder_.Write("events.ndjson", Events())});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("rules.so': it does not end as a file that eqlc wrote"));
}

TEST_F(Run, SaysWhatItCannotCompileTo) {
  const Finished f = Eqlc({"compile", rule_, "-o", folder_.path() + "/rules.so", "--cpu", "abacus"});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("unknown processor 'abacus'"));
}

// It could not be told from rules again.
TEST_F(Run, RefusesToCompileToAnUnknownKindOfFile) {
  for (const std::string name : {"rules.eql", "rules.img", "ruleset", ".eqlc/rules"}) {
    const Finished f = Eqlc({"compile", rule_, "-o", folder_.path() + "/" + name});
    EXPECT_EQ(f.exit_code, 3) << name;
    EXPECT_THAT(f.err, HasSubstr("must end in .so or .o"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/" + name));
  }
}

// Its options were chosen when it was compiled; other rules beside it would be compiled now.
TEST_F(Run, RunsACompiledRulesetAsItIsAndAlone) {
  const std::string ruleset = folder_.path() + "/rules.eqlc";
  const std::string events = folder_.Write("events.ndjson", Events());
  ASSERT_EQ(Eqlc({"compile", rule_, "-o", ruleset}).exit_code, 0);
  ASSERT_EQ(Eqlc({"run", "-r", ruleset, events}).exit_code, 0);
  const Finished option = Eqlc({"run", "-r", ruleset, "--timestamp-field", "ts", events});
  EXPECT_EQ(option.exit_code, 3);
  EXPECT_THAT(option.err, HasSubstr("--timestamp-field is chosen when rules are compiled, and '" + ruleset + "' is"));
  const Finished beside = Eqlc({"run", "-r", rule_, "-r", ruleset, events});
  EXPECT_EQ(beside.exit_code, 3);
  EXPECT_THAT(beside.err, HasSubstr("a compiled ruleset is run by itself"));
}

TEST_F(Run, DoesNotWriteOverItsInput) {
  const std::string events = folder_.Write("events.ndjson", Events());
  const Finished f = Eqlc({"run", "-r", rule_, "-o", events, folder_.path()});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("it is the input '" + events + "'"));
  EXPECT_EQ(std::filesystem::file_size(events), Events().size());
}

// Unlike a standard output whose reader has seen enough.
TEST_F(Run, ReportsAPipeOfItsOwnThatNobodyReadsAnyMore) {
  const std::string events = folder_.path() + "/many.ndjson", pipe = folder_.path() + "/pipe";
  const Finished f = Shell(fmt::format(R"(mkfifo {0}; yes '{1}' | head -5000 > {2}; head -c 1 {0} > /dev/null &
"$EQLC" run -r {3} -o {0} {2})",
                                       pipe, kCmd, events, rule_));
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("cannot write alerts: Broken pipe"));
}

// Nobody who follows a file waits for the next event.
TEST_F(Run, WritesAlertsToFilesWhenTheInputFallsSilent) {
  const std::string pipe = folder_.path() + "/pipe", alerts = folder_.path() + "/alerts.ndjson";
  const Finished f = Shell(fmt::format(R"(mkfifo {0}; "$EQLC" run --quiet -r {1} -o {2} {0} & exec 9>{0}
echo '{3}' >&9; for i in $(seq 100); do test -s {2} && break; sleep 0.1; done; cat {2}; exec 9>&-; wait)",
                                       pipe, rule_, alerts, kCmd));
  EXPECT_THAT(f.out, HasSubstr("cmd.exe"));
}

// Of a stream whose events are as late as the clock; in a recording time stands still.
TEST_F(Run, GivesOutWhatWaitsWhenALiveStreamFallsSilent) {
  const std::string rule = folder_.Write("quiet.eql", "sequence with maxspan=1s [any where true] ![any where n == 2]");
  for (const bool live : {true, false}) {
    const std::string pipe = folder_.path() + (live ? "/live" : "/old"), alerts = pipe + ".ndjson";
    const Finished f =
        Shell(fmt::format(R"(mkfifo {0}; "$EQLC" run --quiet -r {1} -o {2} {0} & exec 9>{0}
echo '{{"@timestamp":{3},"n":1}}' >&9; for i in $(seq {4}); do test -s {2} && break; sleep 0.1; done; cat {2}; exec 9>&-
wait)",
                          pipe, rule, alerts, live ? "'$(date +%s000)'" : "1700000000000", live ? 100 : 20));
    EXPECT_EQ(!f.out.empty(), live) << f.err;
  }
}

TEST_F(Run, LosesNothingWhenNobodyReadsItsWords) {
  const std::string bad = folder_.Write("bad.ndjson", "bad\n"), good = folder_.Write("good.ndjson", Events());
  for (const char* gone : {"2>/dev/full", "2>&-", "2> >(true)"}) {
    const Finished f =
        Shell(fmt::format(R"((cat {0}; sleep 0.2; cat {0} {1}) | "$EQLC" run -r {2} - {3})", bad, good, rule_, gone));
    EXPECT_EQ(f.exit_code, 0) << gone;
    EXPECT_THAT(f.out, HasSubstr("cmd.exe")) << gone;
  }
}

TEST_F(Run, HasNothingToDoWithoutRules) {
  folder_.Write("none/readme.txt", "no rules here");
  const std::string events = folder_.Write("events.ndjson", Events());
  const Finished f = Eqlc({"run", "-r", folder_.path() + "/none", events});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("no rules to run"));
}

// But for what is remembered of rule files one by one.
ptrdiff_t EntriesIn(const std::string& cache) {
  return std::ranges::count_if(std::filesystem::directory_iterator(cache), [](const auto& file) {
    return file.path().stem().string().find('-') == std::string::npos;
  });
}

TEST_F(Run, KeepsWhatItCompiled) {
  const std::string cache = folder_.path() + "/cache";
  const std::string first = RunOn(Events(), {"--cache", cache}).out;
  EXPECT_EQ(EntriesIn(cache), 1);
  EXPECT_EQ(RunOn(Events(), {"--cache", cache}).out, first);
  EXPECT_EQ(RunOn(Events(), {"--no-cache"}).out, first);
  EXPECT_EQ(EntriesIn(cache), 1);
  EXPECT_EQ(RunOn(Events(), {"--cache", cache, "--engine", "interp"}).out, first);
  EXPECT_EQ(EntriesIn(cache), 2);
}

// Findings are part of what is kept.
TEST_F(Run, SaysAgainWhatItFoundInRules) {
  const std::string cache = folder_.path() + "/cache";
  const std::string bad = folder_.Write("rules/bad.eql", "process where (");
  const Finished first = Eqlc({"check", "--cache", cache, bad, rule_});
  const Finished second = Eqlc({"check", "--cache", cache, bad, rule_});
  EXPECT_EQ(first.exit_code, 1);
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(EntriesIn(cache), 1);
}

TEST_F(Run, RefusesADamagedRuleset) {
  const std::string image = folder_.Write("damaged.eqlc", "EQLCIMG\nnot really");
  const Finished f = Eqlc({"run", "-r", image, folder_.Write("events.ndjson", Events())});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("damaged.eqlc"));
}

TEST_F(Run, ReportsAFullDisk) {
  const Finished f = RunOn(Events(), {"-o", "/dev/full"});
  EXPECT_EQ(f.exit_code, 2);
  EXPECT_THAT(f.err, HasSubstr("No space left on device"));
}

TEST_F(Run, KeepsTerminalCodesOutOfFiles) {
  const Finished f = RunOn(Events());
  EXPECT_THAT(f.err, Not(HasSubstr("\x1b[")));
}

// A sample alerts once per key, as it comes about, with a building block for each event and a shell.
TEST_F(Run, AlertsOnSamples) {
  rule_ = folder_.Write("rules/sample.eql", "sample by k [any where n == 1] [any where n == 2]");
  const std::string events = R"({"k":"b","n":2,"@timestamp":"2026-01-01T00:00:09Z"}
{"k":"a","n":1}
{"k":"b","n":1,"@timestamp":"2026-01-01T00:00:05Z"}
{"k":"b","n":2}
{"k":"a","n":2}
)";
  const Finished f = RunOn(events);
  EXPECT_EQ(f.exit_code, 0) << f.err;
  std::istringstream lines(f.out);
  std::vector<nlohmann::json> alerts;
  for (std::string line; std::getline(lines, line);) alerts.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(alerts.size(), 6u);
  EXPECT_EQ(alerts[0]["n"], 1) << "in the order of the query's items";
  EXPECT_EQ(alerts[1]["n"], 2);
  EXPECT_EQ(alerts[2]["k"], "b");
  EXPECT_EQ(alerts[5]["k"], "a");
  EXPECT_EQ(f.out, RunOn(events, {"--engine=interp"}).out);
}

// Some chunks of events, with lines between them that are none.
std::string ManyEvents(bool as_array) {
  std::string text = as_array ? "[\n" : "";
  for (int i = 0; text.size() < 10 * limits::kChunkBytes; ++i) {
    if (i % 1'000 == 77) text += as_array ? "nonsense,\n" : "nonsense\n\n";
    text += fmt::format(
        R"({{"@timestamp":{},"i":{},"event":{{"category":"process"}},"process":{{"name":"{}","args":"{}"}}}})",
        1'700'000'000 + i, i, i % 50 == 0 ? "cmd.exe" : "bash", std::string(static_cast<size_t>(i % 700), 'x'));
    text += as_array ? ",\n" : "\n";
  }
  return text + (as_array ? "{}]\n" : "");
}

// What a run printed, but for how long it took.
std::string WithoutTimes(const std::string& err) {
  std::istringstream lines(err);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("throughput") == std::string::npos) kept += line + '\n';
  }
  return kept;
}

TEST_F(Run, GivesTheSameBytesForAnyNumberOfThreads) {
  folder_.Write(
      "rules/sequence.eql",
      "sequence with maxspan=10m [process where process.name == \"cmd.exe\"] [process where i == 1 or i > 200]");
  rule_ = folder_.path() + "/rules";
  const std::string second = folder_.Write("second.ndjson", Events() + "again nonsense\n" + kCmd);
  for (const bool as_array : {false, true}) {
    const std::string events = ManyEvents(as_array);
    const Finished one = RunOn(events, {"-j", "1", second});
    EXPECT_EQ(one.exit_code, 0) << one.err;
    EXPECT_THAT(one.err, HasSubstr(as_array ? "events.ndjson:79: " : "events.ndjson:78: "));
    EXPECT_THAT(one.err, HasSubstr("second.ndjson:3: "));
    for (const char* jobs : {"2", "3", "8"}) {
      const Finished many = RunOn(events, {"-j", jobs, second});
      EXPECT_EQ(many.exit_code, 0) << many.err;
      EXPECT_TRUE(many.out == one.out) << jobs;
      EXPECT_EQ(WithoutTimes(many.err), WithoutTimes(one.err)) << jobs;
    }
  }
  EXPECT_EQ(RunOn("", {"-j", "0"}).exit_code, 3);
  const Finished full = RunOn(ManyEvents(false), {"-j", "4", "-o", "/dev/full"});
  EXPECT_EQ(full.exit_code, 2);
  EXPECT_THAT(full.err, HasSubstr("No space left on device"));
}

// The command reads an event from a pipe that never ends and gets a Ctrl-C: what it said on stderr.
std::string Interrupted(const TempFolder& folder, std::vector<std::string> args, const char* out) {
  const std::string fifo = folder.path() + "/fifo", err = folder.path() + "/err";
  EXPECT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  args.insert(args.begin(), EQLC_COMMAND);
  args.push_back(fifo);
  std::vector<char*> argv;
  for (std::string& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (!freopen(err.c_str(), "w", stderr) || !freopen(out, "w", stdout)) _exit(126);
    execv(EQLC_COMMAND, argv.data());
    _exit(127);
  }
  std::ofstream writer(fifo);  // blocks until eqlc opens the other end
  writer << kCmd << "\n" << std::flush;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  kill(child, SIGINT);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 130);
  std::ifstream in(err);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The summary still comes, and soon.
TEST_F(Run, EndsCleanlyOnInterrupt) {
  const std::string text = Interrupted(folder_, {"run", "-j", "4", "-r", rule_}, "/dev/null");
  EXPECT_THAT(text, HasSubstr("Interrupted"));
  EXPECT_THAT(text, ::testing::ContainsRegex("alerts +1"));
}

// An interrupt does not hide that what was found could not be written.
TEST(Query, ReportsAFullDiskWhenInterrupted) {
  const TempFolder folder;
  EXPECT_THAT(Interrupted(folder, {"query", "process where true"}, "/dev/full"),
              HasSubstr("cannot write to standard output"));
}

}  // namespace
}  // namespace eqlc
