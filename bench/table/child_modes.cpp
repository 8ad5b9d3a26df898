#include "bench/table/child_modes.h"

#include <fmt/format.h>
#include <time.h>

#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "bench/table/answers.h"
#include "bench/table/partial_stream.h"
#include "eqlc/compile.hpp"

namespace eqlc::bench {
namespace {

// Of the process, all threads: what starts in the background until the first match is part of the start.
double ProcessSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// VmRSS: now; VmHWM: at most until now.
double MemoryBytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (double kilobytes = 0; word == name + ":" && status >> kilobytes) return 1024 * kilobytes;
  }
  return 0;
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The first match ends the start.
int PushUntilMatch(const std::shared_ptr<const Program>& program, const std::string& event) {
  AnswerSink sink;
  Session session(program, sink);
  (void)session.Push(event).ok();
  fmt::print("seconds {}\nmatched {}\n", ProcessSeconds(), sink.answers().alerts);
  fmt::print("rules {}\nresident_bytes {}\npeak_bytes {}\n", program->rules().size(), MemoryBytes("VmRSS"),
             MemoryBytes("VmHWM"));
  return 0;
}

}  // namespace

int ColdStart(const std::string& list, const std::string& event) {
  const std::string text = ReadAll(event);
  std::vector<std::string> files;
  std::ifstream in(list);
  for (std::string file; std::getline(in, file);) files.push_back(file);
  return PushUntilMatch(CompileFiles(files).program, text);
}

int WarmStart(const std::string& ruleset, const std::string& event) {
  const std::string text = ReadAll(event);
  const Result<std::shared_ptr<const Program>> program = Program::Load(ruleset);
  return program ? PushUntilMatch(*program, text) : 2;
}

int OpenPartials(size_t count) {
  AnswerSink sink;
  SessionOptions options;
  options.max_state_bytes = size_t{4} << 30;
  Session session(Compile({PartialStream::Rule()}).program, sink, options);
  PartialStream stream;
  (void)session.Push(stream.Open()).ok();
  const double before = MemoryBytes("VmRSS");
  double text = 0;
  for (size_t i = 1; i < count; ++i) {
    const std::string_view event = stream.Open();
    text += static_cast<double>(event.size());
    (void)session.Push(event).ok();
  }
  const SessionStats& stats = session.stats();
  fmt::print("partials {}\nresident_bytes {}\n", stats.open_partials, MemoryBytes("VmRSS") - before);
  fmt::print("text_bytes {}\nstate_bytes {}\n", text, stats.state_bytes);
  return 0;
}

}  // namespace eqlc::bench
