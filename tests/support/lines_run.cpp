#include "tests/support/lines_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "runtime/source/line_splitter.h"
#include "tests/support/recording_sink.h"

namespace eqlc::testing {
namespace {

std::string ToText(const SessionStats& s) {
  return fmt::format(
      "events {} bytes {} bad {} alerts {} suppressed {} no timestamp {} late {} evicted {} open {} state {} "
      "sink errors {} per rule {}",
      s.events, s.bytes, s.bad_events, s.alerts, s.suppressed, s.no_timestamp, s.late_events, s.evicted_partials,
      s.open_partials, s.state_bytes, s.sink_errors, fmt::join(s.alerts_per_rule, ","));
}

void FinishRun(Session& session, RecordingSink& sink, LinesRun& run) {
  if (const Status status = session.Finish(); !status) run.error = status.error().message;
  run.stats = ToText(session.stats());
  run.alerts = std::move(sink.alerts);
}

// Up to `lines` lines of `text` from `at`, which moves behind them.
std::string TakeLines(std::string_view text, size_t lines, size_t& at) {
  size_t end = at;
  for (size_t i = 0; i < lines && end < text.size(); ++i) {
    const size_t newline = text.find('\n', end);
    end = newline == std::string_view::npos ? text.size() : newline + 1;
  }
  const std::string taken(text.substr(at, end - at));
  at = end;
  return taken;
}

}  // namespace

LinesRun RunSequentially(const std::shared_ptr<const Program>& program, const SessionOptions& options,
                         std::string_view text) {
  LinesRun run;
  RecordingSink sink;
  Session session(program, sink, options);
  LineSplitter lines(text);
  for (std::string_view line; lines.Next(line);) {
    const Status status = session.Push(line);
    if (!status) run.bad_lines.push_back(fmt::format("{}: {}", lines.number(), status.error().message));
  }
  FinishRun(session, sink, run);
  return run;
}

LinesRun RunInChunks(const std::shared_ptr<const Program>& program, const SessionOptions& options,
                     std::string_view text, size_t lines, bool rendered) {
  LinesRun run;
  RecordingSink plain_sink;
  RenderedSink rendered_sink;
  RecordingSink& sink = rendered ? rendered_sink : plain_sink;
  Session session(program, sink, options);
  uint64_t lines_before = 0;
  size_t at = 0;
  for (size_t i = 0; at < text.size(); ++i) {
    const std::string chunk = TakeLines(text, 1 + i * 7 % (2 * lines - 1), at);
    session.PushLines(chunk, [&, chunk](LinesDone&& done) {
      EXPECT_EQ(done.text, chunk) << "chunks are done in order";
      for (const BadLine& bad : done.bad_lines) {
        run.bad_lines.push_back(fmt::format("{}: {}", lines_before + bad.number, bad.message));
      }
      lines_before += done.newlines;
    });
    if (i % 50 == 49) session.Drain();
  }
  FinishRun(session, sink, run);
  return run;
}

LinesRun ExpectSameInParallel(const std::shared_ptr<const Program>& program, SessionOptions options,
                              std::string_view text, const std::vector<size_t>& lines) {
  LinesRun expected = RunSequentially(program, options, text);
  for (const size_t in_chunk : lines) {
    for (const uint32_t threads : {1, 2, 3, 8}) {
      SCOPED_TRACE(fmt::format("{} threads, chunks of some {} lines", threads, in_chunk));
      options.threads = threads;
      const bool rendered = threads != 3;
      const LinesRun run = RunInChunks(program, options, text, in_chunk, rendered);
      EXPECT_TRUE(run.alerts == expected.alerts) << run.alerts.size() << " alerts, not " << expected.alerts.size();
      EXPECT_EQ(run.bad_lines, expected.bad_lines);
      EXPECT_EQ(run.stats, expected.stats);
      EXPECT_EQ(run.error, expected.error);
    }
  }
  return expected;
}

}  // namespace eqlc::testing
