// eqlc in another program: compile a rule, push events, take alerts.
#include <cstdio>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"

class Printer : public eqlc::AlertSink {
 public:
  eqlc::Status Write(const eqlc::Alert& alert) override {
    std::printf("%.*s: %.*s\n", int(alert.rule.name.size()), alert.rule.name.data(), int(alert.events.back().size()),
                alert.events.back().data());
    return {};
  }
};

int main() {
  const auto compiled =
      eqlc::Compile({{"shell.eql", R"(process where process.name in~ ("cmd.exe", "powershell.exe"))"}});
  for (const auto& diagnostic : compiled.diagnostics) std::fputs(RenderText(diagnostic, false).c_str(), stderr);

  Printer printer;
  eqlc::Session session(compiled.program, printer);
  for (const char* event : {R"({"event":{"category":"process"},"process":{"name":"CMD.EXE"}})",
                            R"({"event":{"category":"process"},"process":{"name":"notepad.exe"}})"}) {
    if (auto pushed = session.Push(event); !pushed.ok()) std::fprintf(stderr, "%s\n", pushed.error().message.c_str());
  }
  return session.Finish().ok() && session.stats().alerts == 1 ? 0 : 1;
}
