// eqlc in another program, without the compiler and without files: the ruleset is an object that is linked in, made by
// `eqlc compile shell.eql --symbol shell_rules -o shell.o`. Links eqlc_runtime alone.
#include <cstdio>

#include "eqlc/program.hpp"
#include "eqlc/session.hpp"

extern "C" const eqlc::NativeRuleset shell_rules;

class Counter : public eqlc::AlertSink {
 public:
  eqlc::Status Write(const eqlc::Alert&) override {
    ++alerts;
    return {};
  }
  int alerts = 0;
};

int main() {
  const auto program = eqlc::Program::FromLinked(shell_rules);
  if (!program.ok()) {
    std::fprintf(stderr, "%s\n", program.error().message.c_str());
    return 1;
  }
  Counter counter;
  eqlc::Session session(*program, counter);
  for (const char* event : {R"({"event":{"category":"process"},"process":{"name":"CMD.EXE"}})",
                            R"({"event":{"category":"process"},"process":{"name":"notepad.exe"}})"}) {
    if (auto pushed = session.Push(event); !pushed.ok()) std::fprintf(stderr, "%s\n", pushed.error().message.c_str());
  }
  return session.Finish().ok() && counter.alerts == 1 ? 0 : 1;
}
