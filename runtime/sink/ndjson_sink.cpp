#include "runtime/sink/ndjson_sink.h"

#include "runtime/alert/alert_document.h"

namespace eqlc {
namespace {

class Lines final : public AlertRenderer {
 public:
  explicit Lines(std::span<const RuleInfo> rules) : builder_(rules) {}

  void Render(const Alert& alert, std::string& out) const override {
    for (const AlertDocument& document : builder_.Build(alert)) {
      out += document.json;
      out += '\n';
    }
  }

 private:
  AlertDocumentBuilder builder_;
};

}  // namespace

std::unique_ptr<const AlertRenderer> NdjsonSink::MakeRenderer(std::span<const RuleInfo> rules) const {
  return std::make_unique<Lines>(rules);
}

}  // namespace eqlc
