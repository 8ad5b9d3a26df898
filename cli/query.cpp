// eqlc query: one query over events, matched events out.
#include <fmt/format.h>

#include <deque>
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

// An event query gives the event's line; a sequence one object with keys and events.
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

// Prints matches; with a size keeps the last so many, as Elasticsearch's `tail` position does.
class MatchPrinter : public AlertSink {
 public:
  explicit MatchPrinter(size_t size) : size_(size) {}

  Status Write(const Alert& alert) override {
    if (size_ == SIZE_MAX) return Print(Render(alert));
    kept_.push_back(Render(alert));
    if (kept_.size() > size_) kept_.pop_front();
    return {};
  }

  Status Flush() override {
    for (const std::string& line : kept_) {
      if (Status printed = Print(line); !printed) return printed;
    }
    kept_.clear();
    return fflush(stdout) == 0 ? Status() : Status(Error{"cannot write to standard output"});
  }

 private:
  Status Print(const std::string& line) {
    const bool written = fwrite(line.data(), 1, line.size(), stdout) == line.size() && fputc('\n', stdout) != EOF;
    return written ? Status() : Status(Error{"cannot write to standard output"});
  }

  size_t size_;
  std::deque<std::string> kept_;
};

int Query(const QueryArgs& args, size_t size) {
  CompileOptions options = args.compile;
  options.native_code = args.session.engine == Engine::kNative;
  const CompileResult result = Compile({{"<query>", args.query}}, options);
  PrintDiagnostics(result.diagnostics, stderr, /*all=*/true);
  if (HasErrors(result)) return kBad;
  MatchPrinter printer(size);
  Session session(result.program, printer, args.session);
  CatchInterrupts();
  Progress progress(TotalBytes(args.inputs));
  const FeedResult feed = Feed(args.inputs, session, progress);
  if (feed.interrupted) return kInterrupted;
  if (!feed.output_error.empty()) fmt::print(stderr, "eqlc: {}\n", feed.output_error);
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
  CLI::App* command = app.add_subcommand("query", "Run one query over events and print what matches, in order of time");
  command->add_option("QUERY", args->query, "The EQL query")->required();
  command->add_option("FILES", args->inputs, "Events: NDJSON or JSON arrays, plain, .gz or .zst; - is stdin")
      ->required();
  command->add_option("--size", args->size, "Print only the last so many matches")
      ->check(CheckSize)
      ->capture_default_str()
      ->envname("EQLC_SIZE");
  AddEngineOptions(*command, args->compile, args->session.engine);
  AddEventOptions(*command, args->session);
  command->callback(
      [args, &exit_code] { exit_code = Query(*args, args->size == "all" ? SIZE_MAX : std::stoul(args->size)); });
}

}  // namespace eqlc::cli
