// eqlc run: rules over events, alerts out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "command.h"
#include "feed.h"
#include "runtime/sink/sink.h"
#include "runtime/source/expand_paths.h"
#include "say.h"
#include "summary.h"

namespace eqlc::cli {
namespace {

struct RunArgs {
  std::vector<std::string> rules;
  std::vector<std::string> inputs;
  std::string output = "-";
  std::string format = "ndjson";
  bool fail_on_alert = false;
  bool quiet = false;
  CompileOptions compile;
  SessionOptions session;
};

struct Loaded {
  std::shared_ptr<const Program> program;  // null: nothing to run
  RulesLoaded counts;
  bool complete = true;  // false: something that was asked for is missing
};

bool IsCompiled(const std::string& path) { return path.ends_with(".eqlc") || path.ends_with(".so"); }

// What was chosen when a ruleset was compiled.
constexpr const char* kOptionsOfCompilation[] = {"--dialect",          "--case-sensitive",       "--timestamp-field",
                                                 "--tiebreaker-field", "--event-category-field", "--schema",
                                                 "--strict-schema",    "--disable-pass"};

void CheckRules(const RunArgs& args, const CLI::App& command) {
  if (std::ranges::none_of(args.rules, IsCompiled)) return;
  if (args.rules.size() > 1) throw CLI::ValidationError("a compiled ruleset is run by itself, without other rules");
  for (const char* const name : kOptionsOfCompilation) {
    if (command.get_option(name)->count() == 0) continue;
    throw CLI::ValidationError(fmt::format("{} is chosen when rules are compiled, and '{}' is", name, args.rules[0]));
  }
}

// An output that is read as well would be emptied first.
std::string InputThatIs(const std::string& output, const std::vector<std::string>& inputs) {
  for (const std::string& file : ExpandInputPaths(inputs).files) {
    std::error_code failed;
    if (std::filesystem::equivalent(output, file, failed) && std::filesystem::is_regular_file(file, failed))
      return file;
  }
  return "";
}

// One compiled ruleset (`*.eqlc`, `*.so`), or rule files and folders to compile now.
Loaded LoadRules(const RunArgs& args) {
  if (IsCompiled(args.rules[0])) {
    Result<std::shared_ptr<const Program>> program = Program::Load(args.rules[0]);
    if (!program) {
      Say("eqlc: {}\n", program.error().message);
      return {};
    }
    const auto count = static_cast<uint32_t>((*program)->rules().size());
    return {std::move(program).value(), {count, 0, 0}};
  }
  CompileOptions options = args.compile;
  options.native_code = args.session.engine == Engine::kNative;
  CompileResult result = CompileFiles(args.rules, options);
  PrintDiagnostics(result.diagnostics, stderr, /*all=*/false);
  return {result.program,
          {static_cast<uint32_t>(result.program->rules().size()), result.rules_failed, result.other_rules},
          !HasErrors(result)};
}

int ExitCodeOf(const RunArgs& args, const Loaded& loaded, const SessionStats& stats, const FeedResult& feed) {
  if (feed.interrupted) return kInterrupted;
  if (!loaded.complete || loaded.program->rules().empty() || feed.bad_inputs > 0 || !feed.output_error.empty())
    return kBad;
  return args.fail_on_alert && stats.alerts > 0 ? kFindings : kOk;
}

int Run(const RunArgs& args) {
  const Loaded loaded = LoadRules(args);
  if (!loaded.program) return kBad;
  if (loaded.program->rules().empty()) Say("eqlc: no rules to run\n");
  std::unique_ptr<FILE, int (*)(FILE*)> file(nullptr, fclose);
  if (args.output != "-") {
    if (const std::string input = InputThatIs(args.output, args.inputs); !input.empty()) {
      Say("eqlc: cannot write '{}': it is the input '{}'\n", args.output, input);
      return kBad;
    }
    file.reset(fopen(args.output.c_str(), "wb"));
    if (!file) {
      Say("eqlc: cannot write '{}': {}\n", args.output, std::strerror(errno));
      return kBad;
    }
  }
  const std::unique_ptr<FileSink> sink = MakeSink(*ParseSinkFormat(args.format), file ? file.get() : stdout);
  Session session(loaded.program, *sink, args.session);
  CatchInterrupts();
  Progress progress(TotalBytes(args.inputs));
  FeedResult feed = Feed(args.inputs, session, progress);
  if (const Status closed = sink->Close(); !closed) feed.output_error = closed.error().message;
  ReportFaults(feed, *loaded.program);
  if (!args.quiet) PrintSummary(*loaded.program, loaded.counts, session.stats(), feed, progress.seconds());
  return ExitCodeOf(args, loaded, session.stats(), feed);
}

}  // namespace

void AddRun(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<RunArgs>();
  CLI::App* command = app.add_subcommand("run", "Run rules over events and print alerts");
  command
      ->add_option("-r,--rules", args->rules, "Rule file, folder, or compiled ruleset (*.eqlc, *.so); may be repeated")
      ->allow_extra_args(false)
      ->required()
      ->envname("EQLC_RULES");
  command->add_option("FILES", args->inputs, "Events: NDJSON or JSON arrays, plain, .gz or .zst; - is stdin")
      ->required();
  command->add_option("-o,--output", args->output, "Where alerts go; - is stdout")
      ->capture_default_str()
      ->envname("EQLC_OUTPUT");
  command->add_option("--format", args->format, "ndjson, json, table or csv")
      ->check(CLI::IsMember({"ndjson", "json", "table", "csv"}))
      ->capture_default_str()
      ->envname("EQLC_FORMAT");
  command->add_flag("--fail-on-alert", args->fail_on_alert, "Exit with 1 when there is an alert")
      ->envname("EQLC_FAIL_ON_ALERT");
  command->add_flag("--quiet", args->quiet, "No summary")->envname("EQLC_QUIET");
  AddEngineOptions(*command, args->compile, args->session.engine);
  AddCacheOptions(*command, args->compile);
  AddEventOptions(*command, args->session);
  AddReorderOption(*command, args->session);
  command->callback([args, command, &exit_code] {
    CheckRules(*args, *command);
    exit_code = Run(*args);
  });
}

}  // namespace eqlc::cli
