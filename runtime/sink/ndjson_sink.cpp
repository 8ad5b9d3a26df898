#include "runtime/sink/ndjson_sink.h"

namespace eqlc {

std::string NdjsonSink::Record(const Alert& alert, bool) {
  std::string lines;
  for (const AlertDocument& document : builder_.Build(alert)) {
    lines += document.json;
    lines += '\n';
  }
  return lines;
}

}  // namespace eqlc
