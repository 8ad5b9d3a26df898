// eqlc in another program, without the compiler: load a ruleset that `eqlc compile -o rules.so` made, push events from
// standard input, take alerts. Links eqlc_runtime alone.
#include <cstdio>
#include <iostream>
#include <string>

#include "eqlc/program.hpp"
#include "eqlc/session.hpp"

class Printer : public eqlc::AlertSink {
 public:
  eqlc::Status Write(const eqlc::Alert& alert) override {
    std::cout << alert.rule.id << ": " << alert.events.back() << '\n';
    return {};
  }
};

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: embed_loaded RULESET < EVENTS\n");
    return 2;
  }
  const auto program = eqlc::Program::Load(argv[1]);
  if (!program.ok()) {
    std::fprintf(stderr, "%s\n", program.error().message.c_str());
    return 1;
  }
  Printer printer;
  eqlc::Session session(*program, printer);
  for (std::string line; std::getline(std::cin, line);) {
    if (auto pushed = session.Push(line); !pushed.ok()) std::fprintf(stderr, "%s\n", pushed.error().message.c_str());
  }
  return session.Finish().ok() ? 0 : 1;
}
