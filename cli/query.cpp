// eqlc query: one query over events, matched events out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.h"
#include "feed.h"

namespace eqlc::cli {
namespace {

struct QueryArgs {
  std::string query;
  std::vector<std::string> inputs;
  std::string size = "all";
  CompileOptions compile;
  SessionOptions session;
};

// An event query gives the event's line; a sequence or sample one object with keys and events.
std::string Render(const Alert& alert) {
  if (alert.rule.kind == RuleKind::kEvent) return std::string(alert.events[0]);
  std::string out = "{\"join_keys\":[";
  for (size_t i = 0; i < alert.join_keys.size(); ++i) out += (i ? "," : "") + alert.join_keys[i];
  out += "],\"events\":[";
  for (size_t i = 0; i < alert.events.size(); ++i) {
    if (i) out += ',';
    out += alert.events[i].empty() ? std::string_view(R"({"missing":true})") : alert.events[i];
  }
  return out + "]}";
}

class MatchPrinter : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    const std::string line = Render(alert);
    const bool written = fwrite(line.data(), 1, line.size(), stdout) == line.size() && fputc('\n', stdout) != EOF;
    return written ? Status() : Status(Error{"cannot write to standard output"});
  }

  Status Flush() override { return fflush(stdout) == 0 ? Status() : Status(Error{"cannot write to standard output"}); }
};

int Query(const QueryArgs& args) {
  CompileOptions options = args.compile;
  options.native_code = args.session.engine == Engine::kNative;
  const CompileResult result = Compile({{"<query>", args.query}}, options);
  PrintDiagnostics(result.diagnostics, stderr, /*all=*/true);
  if (HasErrors(result)) return kBad;
  MatchPrinter printer;
  Session session(result.program, printer, args.session);
  CatchInterrupts();
  Progress progress(TotalBytes(args.inputs));
  const FeedResult feed = Feed(args.inputs, session, progress);
  ReportFaults(feed, *result.program);
  if (feed.interrupted) return kInterrupted;
  return feed.bad_inputs > 0 || !feed.output_error.empty() ? kBad : kOk;
}

// "all" or a number.
std::string CheckSize(const std::string& text) {
  const bool number = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  return number || text == "all" ? "" : "a number or 'all'";
}

}  // namespace

void AddQuery(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<QueryArgs>();
  args->session.reorder_ns = kSortAll;
  args->session.match_order = MatchOrder::kAsListed;
  CLI::App* command = app.add_subcommand("query", "Run one query over events and print what matches");
  command->add_option("QUERY", args->query, "The EQL query")->required();
  command->add_option("FILES", args->inputs, "Events: NDJSON or JSON arrays, plain, .gz or .zst; - is stdin")
      ->required();
  command
      ->add_option("--size", args->size,
                   "How many matches there may be: the last ones; of a sample or before `head`, the first ones")
      ->check(CheckSize)
      ->capture_default_str()
      ->envname("EQLC_SIZE");
  AddEngineOptions(*command, args->compile, args->session.engine);
  AddEventOptions(*command, args->session);
  command->callback([args, &exit_code] {
    if (args->size != "all") args->session.size = std::stoul(args->size);
    exit_code = Query(*args);
  });
}

}  // namespace eqlc::cli
