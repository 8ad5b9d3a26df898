#include "runtime/sink/json_sink.h"

namespace eqlc {

std::string JsonSink::Record(const Alert& alert, bool first) {
  std::string text;
  for (const AlertDocument& document : builder_.Build(alert)) {
    text += first ? "\n" : ",\n";
    text += document.json;
    first = false;
  }
  return text;
}

}  // namespace eqlc
