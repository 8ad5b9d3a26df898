/// \file
/// Session: runs a Program over a stream of events. Owns all mutable state and every limit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/alert.hpp"
#include "eqlc/limits.hpp"
#include "eqlc/program.hpp"

namespace eqlc {

/// How numbers in the timestamp field count. Text is ISO-8601, or a number in the same unit.
enum class TimestampUnit : uint8_t { kAuto, kSeconds, kMillis, kMicros, kNanos, kFiletime };

/// In what order the matches of a rule are reported.
enum class MatchOrder : uint8_t {
  /// Each at once, when the events so far decide it: for streams. Those that raise no alert are left out: on alerts of
  /// the same rule, and of the same events under another join key (docs/semantics.md sections 8.5 and 8.6).
  kAsDecided,
  /// As Elasticsearch lists them: sequences by their last event; samples by their keys, at Finish. For finite inputs
  /// that are sorted (kSortAll).
  kAsListed,
};

inline constexpr int64_t kSortAll = INT64_MAX;       ///< For SessionOptions::reorder_ns.
inline constexpr uint64_t kAllMatches = UINT64_MAX;  ///< For SessionOptions::size.

struct SessionOptions {
  Engine engine = Engine::kNative;
  bool use_index = true;  ///< false: every condition is evaluated for every event. Answers never depend on it.
  TimestampUnit timestamp_unit = TimestampUnit::kAuto;  ///< kAuto: by magnitude.
  /// Events are held back this long in event time and evaluated in order of timestamp, then tiebreaker, then arrival.
  /// 0: arrival order, at once. kSortAll: everything is held until Finish, whatever memory that takes; else events that
  /// together have more than max_state_bytes are evaluated before their time.
  int64_t reorder_ns = 0;
  /// Partial sequences beyond it are evicted, oldest first. Events that are held back may take as much again.
  size_t max_state_bytes = limits::kDefaultStateBytes;
  MatchOrder match_order = MatchOrder::kAsDecided;
  /// How many matches of a rule are reported: the last ones, by Finish; of a sample, or where the rule's first pipe is
  /// `head`, the first ones. The rule's pipes work on what is left.
  uint64_t size = kAllMatches;
  uint32_t max_samples_per_key = 1;  ///< Samples that one join key gives, at most limits::kMaxSamplesPerKey.
  /// How many threads PushLines may use, the caller's included; at most limits::kMaxThreads. Answers never depend on
  /// it. Others are started when there is work for them.
  uint32_t threads = 1;
};

/// What happened so far. All counters only grow.
struct SessionStats {
  uint64_t events = 0;            ///< Lines accepted as events.
  uint64_t bytes = 0;             ///< Bytes of all lines offered.
  uint64_t bad_events = 0;        ///< Lines that are not a JSON object, or beyond a limit.
  uint64_t alerts = 0;            ///< Matches given to the sink.
  uint64_t suppressed = 0;        ///< Matches kept back by a pipe or SessionOptions::size, or that raise no alert.
  uint64_t no_timestamp = 0;      ///< Events left out of sequences for want of a timestamp.
  uint64_t late_events = 0;       ///< Events evaluated after one with a later timestamp.
  uint64_t evicted_partials = 0;  ///< Partial sequences, and keys of samples, dropped for memory.
  uint64_t open_partials = 0;     ///< Now, not a counter. A key of a sample is one, complete or not.
  uint64_t state_bytes = 0;       ///< Now, not a counter.
  uint64_t sink_errors = 0;       ///< Failed writes, and flushes; of flushes that fail one after the other the first.
  int64_t newest_ns = INT64_MIN;  ///< Latest timestamp of an event, since the epoch; INT64_MIN: none had one.
  std::vector<uint64_t> alerts_per_rule;  ///< Index as in Program::rules().
};

/// A line that is no event.
struct BadLine {
  uint64_t number = 0;  ///< From 1, in the text that was pushed.
  std::string message;
};

/// What became of one PushLines, once all its events were evaluated and their alerts given to the sink.
struct LinesDone {
  std::string text;       ///< What was pushed: memory to use again.
  uint64_t newlines = 0;  ///< In `text`.
  std::vector<BadLine> bad_lines;
};

/// Must not call the session, nor throw.
using OnLinesDone = std::function<void(LinesDone&& done)>;

/// Evaluates events in arrival order: one at a time with Push, or many with PushLines, which may use several threads.
/// Other rules are another session; what is open in the old one stays there.
/// Thread-safety: none; a session may go from thread to thread, but is used by one at a time, its stats too. Sinks and
/// OnLinesDone are called by the caller's thread alone, a sink's AlertRenderer by any.
/// Memory that runs out (std::bad_alloc) leaves Push, PushLines and Finish, with what the event had begun lost; in
/// generated code of sequences it ends the process.
class Session {
 public:
  /// `sink` is not owned and must outlive the session. REQUIRES: `program` is not null.
  Session(std::shared_ptr<const Program> program, AlertSink& sink, SessionOptions options = {});
  /// What waits for Drain or Finish is lost.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Evaluates one event: a JSON object; white space around it does not count. The text is copied only if an alert or a
  /// partial sequence needs it. A line that is no event is counted and leaves the session as it was; the Error says
  /// why.
  Status Push(std::string_view json);

  /// Evaluates NDJSON: each line that is not blank, as Push does; the last needs no newline. With several threads
  /// events wait for their turn: they are evaluated, in order, by this or a later call, of Drain at the latest; the
  /// same goes for their alerts. Best given some limits::kChunkBytes at a time. `done` is told in order, too.
  void PushLines(std::string lines, OnLinesDone done = {});

  /// Evaluates all lines that wait, gives out all alerts and flushes the sink: for when the input falls silent.
  void Drain();

  /// Says that it is this late in event time, in nanoseconds since the epoch, as a later event would: releases events
  /// that are held back and matches that end with a missing event (`![ ]`), and gives out all alerts. For live streams
  /// that fall silent; events that come with earlier timestamps are late then.
  void AdvanceTime(int64_t timestamp_ns);

  /// End of input: releases pending matches (trailing `![ ]`, `tail`) and flushes the sink. Call once, at the end.
  Status Finish();

  const SessionStats& stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
