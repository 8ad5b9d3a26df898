// Runs a program over text with PushLines and keeps all that can be seen of it, so that runs can be compared.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/session.hpp"

namespace eqlc::testing {

struct LinesRun {
  std::vector<std::string> alerts;     // as RecordingSink
  std::vector<std::string> bad_lines;  // "number: message"; lines are counted over all chunks
  std::string stats;
  std::string error;  // of Finish
};

// Line by line, with Push.
LinesRun RunSequentially(const std::shared_ptr<const Program>& program, const SessionOptions& options,
                         std::string_view text);
// In chunks of 1 to 2 * `lines` - 1 lines, with as many threads as `options` say. `rendered`: into a RenderedSink.
LinesRun RunInChunks(const std::shared_ptr<const Program>& program, const SessionOptions& options,
                     std::string_view text, size_t lines, bool rendered);

// Chunks of some so many lines and 1, 2, 3 and 8 threads give what RunSequentially does, to sinks with and without
// renderer. Returns that.
LinesRun ExpectSameInParallel(const std::shared_ptr<const Program>& program, SessionOptions options,
                              std::string_view text, const std::vector<size_t>& lines = {1, 2, 7});

}  // namespace eqlc::testing
