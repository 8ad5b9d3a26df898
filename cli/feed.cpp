#include "feed.h"

#include <fmt/format.h>
#include <signal.h>

#include <atomic>
#include <filesystem>

#include "command.h"
#include "runtime/source/line_reader.h"

namespace eqlc::cli {
namespace {

constexpr uint64_t kBadLinesShown = 20;

std::atomic<bool> interrupted{false};

void OnInterrupt(int signal_number) {
  interrupted.store(true);
  signal(signal_number, SIG_DFL);
}

// One run of Feed.
class Feeder {
 public:
  Feeder(Session& session, Progress& progress) : session_(session), progress_(progress) {}

  void FeedFile(const std::string& path);
  void Finish();
  void ReportInput(const std::string& what);

  FeedResult result;

 private:
  void FeedLine(const std::string& path, const InputLine& line);
  void ReportLine(const std::string& path, uint64_t number, const std::string& what);

  Session& session_;
  Progress& progress_;
  uint64_t bytes_before_ = 0;  // of the files before this one
  uint64_t bad_lines_ = 0;
};

void Feeder::ReportInput(const std::string& what) {
  ++result.bad_inputs;
  progress_.Clear();
  fmt::print(stderr, "eqlc: {}\n", what);
}

void Feeder::ReportLine(const std::string& path, uint64_t number, const std::string& what) {
  if (++bad_lines_ > kBadLinesShown) return;
  progress_.Clear();
  fmt::print(stderr, "{}:{}: {}; skipped\n", path, number, what);
  if (bad_lines_ == kBadLinesShown) fmt::print(stderr, "eqlc: further bad lines are only counted\n");
}

void Feeder::FeedLine(const std::string& path, const InputLine& line) {
  if (line.too_long) {
    ++result.long_lines;
    return ReportLine(path, line.number, "the line is longer than an event may be");
  }
  if (const Status status = session_.Push(line.text); !status) ReportLine(path, line.number, status.error().message);
  progress_.Update(session_.stats(), bytes_before_ + line.offset);
}

void Feeder::FeedFile(const std::string& path) {
  Result<LineReader> reader = LineReader::Open(path, &interrupted);
  if (!reader) return ReportInput(reader.error().message);
  InputLine line;
  uint64_t end = 0;
  while (true) {
    const Result<bool> more = reader->Next(line);
    if (!more) return ReportInput(more.error().message);
    if (!*more) break;
    FeedLine(path, line);
    end = line.offset + line.text.size();
  }
  bytes_before_ += end;
}

void Feeder::Finish() {
  const Status status = session_.Finish();
  progress_.Clear();
  if (!status) result.output_error = status.error().message;
  result.interrupted = interrupted.load();
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;  // without SA_RESTART, so that a blocked read returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

uint64_t TotalBytes(const std::vector<std::string>& paths) {
  const Result<std::vector<std::string>> files = ExpandInputPaths(paths);
  if (!files) return 0;
  uint64_t total = 0;
  for (const std::string& file : *files) {
    std::error_code failed;
    const uint64_t size = std::filesystem::file_size(file, failed);
    // Of a compressed file only the packed size is known, and progress counts unpacked bytes.
    if (failed || file.ends_with(".gz") || file.ends_with(".zst")) return 0;
    total += size;
  }
  return total;
}

FeedResult Feed(const std::vector<std::string>& paths, Session& session, Progress& progress) {
  Feeder feeder(session, progress);
  for (const std::string& path : paths) {
    if (interrupted.load()) break;
    const Result<std::vector<std::string>> files = ExpandInputPaths({path});
    if (!files) {
      feeder.ReportInput(files.error().message);
      continue;
    }
    for (const std::string& file : *files) feeder.FeedFile(file);
  }
  feeder.Finish();
  return feeder.result;
}

}  // namespace eqlc::cli
