// The command `eqlc`. One file per verb; this one only dispatches.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "command.h"
#include "config.h"

namespace {

// Text written to stdout may still fail when it is flushed: a full disk must not look like success, nor like findings
// or bad rules alone.
int FlushStdout(int exit_code) {
  const bool known = ferror(stdout) != 0;  // whoever wrote has reported it, and chosen the exit code
  if (fflush(stdout) == 0 || known) return exit_code;
  perror("eqlc: writing to standard output");
  return exit_code == eqlc::cli::kOk ? eqlc::cli::kBad : exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace eqlc::cli;
  signal(SIGPIPE, SIG_DFL);  // a reader that goes away ends us quietly, as for any filter
  CLI::App app{"eqlc compiles EQL detection rules to native code and runs them over events.", "eqlc"};
  app.set_version_flag("--version", EQLC_VERSION);
  AddConfig(app);
  app.require_subcommand(1);
  int exit_code = kOk;
  for (AddCommand add : {AddRun, AddQuery, AddEval, AddCheck, AddCompile, AddDump, AddExplain, AddBench})
    add(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? FlushStdout(kOk) : kUsage;
  } catch (const std::exception& e) {
    fprintf(stderr, "eqlc: %s\n", e.what());
    return kBad;
  }
  return FlushStdout(exit_code);
}
