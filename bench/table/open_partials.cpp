#include "bench/table/open_partials.h"

#include <fmt/format.h>

#include "bench/table/answers.h"
#include "bench/table/child.h"
#include "bench/table/partial_stream.h"
#include "eqlc/compile.hpp"

namespace eqlc::bench {

int OpenPartials(size_t count) {
  AnswerSink sink;
  SessionOptions options;
  options.max_state_bytes = size_t{4} << 30;
  Session session(Compile({PartialStream::Rule()}).program, sink, options);
  PartialStream stream;
  (void)session.Push(stream.OpenForGood()).ok();  // what a session allocates once is there before the count begins
  const double before = MemoryBytesOf("self", "VmRSS");
  double text = 0;
  for (size_t i = 1; i < count; ++i) {
    const std::string_view event = stream.OpenForGood();
    text += static_cast<double>(event.size());
    (void)session.Push(event).ok();
  }
  const SessionStats& stats = session.stats();
  fmt::print("partials {}\nresident_bytes {}\n", stats.open_partials, MemoryBytesOf("self", "VmRSS") - before);
  fmt::print("text_bytes {}\nstate_bytes {}\n", text, stats.state_bytes);
  return 0;
}

}  // namespace eqlc::bench
