#include "feed.h"

#include <signal.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "command.h"
#include "runtime/source/chunk_reader.h"
#include "runtime/source/expand_paths.h"
#include "say.h"

namespace eqlc::cli {
namespace {

constexpr uint64_t kBadLinesShown = 20;
constexpr int64_t kMaxBehindNs = 600'000'000'000;  // of a live stream, ten minutes: agents collect, clocks differ

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
  // The input that a chunk comes from.
  struct File {
    std::string path;
    uint64_t bytes_before;   // of the files before this one
    uint64_t next_line = 1;  // behind the chunks that are done
  };

  void Idle();
  InputChunk EmptyChunk();
  void FeedChunk(const std::shared_ptr<File>& file, InputChunk chunk);
  void FeedDone(File& file, const InputChunk& chunk, LinesDone done);
  void ReportLine(const std::string& path, uint64_t number, const std::string& what);

  Session& session_;
  Progress& progress_;
  uint64_t bytes_before_ = 0;
  uint64_t bad_lines_ = 0;
  uint64_t events_before_idle_ = 0;
  int64_t behind_ns_ = 0;          // how far event time was behind the clock then
  std::vector<std::string> free_;  // memory for chunks
};

void Feeder::ReportInput(const std::string& what) {
  session_.Drain();  // whose lines come before
  ++result.bad_inputs;
  progress_.Clear();
  Say("eqlc: {}\n", what);
}

void Feeder::ReportLine(const std::string& path, uint64_t number, const std::string& what) {
  if (++bad_lines_ > kBadLinesShown) return;
  progress_.Clear();
  Say("{}:{}: {}; skipped\n", path, number, what);
  if (bad_lines_ == kBadLinesShown) Say("eqlc: further bad lines are only counted\n");
}

void Feeder::FeedFile(const std::string& path) {
  Result<ChunkReader> reader = ChunkReader::Open(path, &interrupted, [this] { Idle(); });
  if (!reader) return ReportInput(reader.error().message);
  const auto file = std::make_shared<File>(File{path, bytes_before_});
  while (true) {
    InputChunk chunk = EmptyChunk();
    const Result<bool> more = reader->Next(chunk);
    if (!more) return ReportInput(more.error().message);
    if (!*more) break;
    bytes_before_ = file->bytes_before + chunk.end;
    FeedChunk(file, std::move(chunk));
  }
}

// In a stream whose events come as they happen, time goes on when none comes. In a recording that somebody writes into
// a pipe it does not.
void Feeder::Idle() {
  session_.Drain();
  const SessionStats& stats = session_.stats();
  if (stats.newest_ns == INT64_MIN) return;
  const int64_t now_ns = std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
  if (stats.events != events_before_idle_) {
    events_before_idle_ = stats.events;
    if (__builtin_sub_overflow(now_ns, stats.newest_ns, &behind_ns_)) behind_ns_ = INT64_MAX;
  }
  if (behind_ns_ >= -kMaxBehindNs && behind_ns_ <= kMaxBehindNs) session_.AdvanceTime(now_ns - behind_ns_);
}

InputChunk Feeder::EmptyChunk() {
  InputChunk chunk;
  if (free_.empty()) return chunk;
  chunk.lines = std::move(free_.back());
  free_.pop_back();
  return chunk;
}

void Feeder::FeedChunk(const std::shared_ptr<File>& file, InputChunk chunk) {
  if (chunk.too_long) {
    session_.Drain();
    ++result.long_lines;
    const uint64_t number = chunk.places.empty() ? file->next_line++ : chunk.places[0].number;
    return ReportLine(file->path, number, "the line is longer than an event may be");
  }
  std::string lines = std::move(chunk.lines);
  session_.PushLines(std::move(lines), [this, file, chunk = std::move(chunk)](LinesDone&& done) {
    FeedDone(*file, chunk, std::move(done));
  });
}

void Feeder::FeedDone(File& file, const InputChunk& chunk, LinesDone done) {
  for (const BadLine& bad : done.bad_lines) {
    const bool placed = !chunk.places.empty();
    ReportLine(file.path, placed ? chunk.places[bad.number - 1].number : file.next_line + bad.number - 1, bad.message);
  }
  file.next_line += done.newlines;
  free_.push_back(std::move(done.text));
  progress_.Update(session_.stats(), file.bytes_before + chunk.end);
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
  uint64_t total = 0;
  for (const std::string& file : ExpandInputPaths(paths).files) {
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
    const InputFiles found = ExpandInputPaths({path});
    for (const Error& error : found.errors) feeder.ReportInput(error.message);
    for (const std::string& file : found.files) feeder.FeedFile(file);
  }
  feeder.Finish();
  return feeder.result;
}

void ReportFaults(const FeedResult& feed, const Program& program) {
  if (!feed.output_error.empty()) Say("eqlc: {}\n", feed.output_error);
  if (const std::string failed = program.native_progress().error; !failed.empty()) {
    Say("eqlc: {}; rules ran in the interpreter\n", failed);
  }
}

}  // namespace eqlc::cli
