#include "runtime/sink/json_sink.h"

#include "runtime/alert/alert_document.h"

namespace eqlc {
namespace {

constexpr std::string_view kSeparator = ",\n";

// Each document behind a separator, as if another stood before it.
class Elements final : public AlertRenderer {
 public:
  explicit Elements(std::span<const RuleInfo> rules) : builder_(rules) {}

  void Render(const Alert& alert, std::string& out) const override {
    for (const AlertDocument& document : builder_.Build(alert)) {
      out += kSeparator;
      out += document.json;
    }
  }

 private:
  AlertDocumentBuilder builder_;
};

}  // namespace

std::unique_ptr<const AlertRenderer> JsonSink::MakeRenderer(std::span<const RuleInfo> rules) const {
  return std::make_unique<Elements>(rules);
}

std::string_view JsonSink::Record(std::string_view text, bool first) {
  return first ? text.substr(kSeparator.find('\n')) : text;
}

}  // namespace eqlc
