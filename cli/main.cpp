// The command `eqlc`. One file per verb; this one only dispatches.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>

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

// Files that are opened must not take the place of a standard stream that the caller has closed. What stands there
// instead can be neither read nor written, which is reported as for any other.
void ReserveStandardStreams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) == -1) open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// CLI11 says of a word that is no verb that one is missing.
void CheckVerb(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::string verbs;
  for (const CLI::App* verb : app.get_subcommands(nullptr)) {
    if (verb->get_name() == argv[1]) return;
    verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
  }
  throw CLI::ValidationError(std::string("there is no verb '") + argv[1] + "'; there are " + verbs);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace eqlc::cli;
  ReserveStandardStreams();
  signal(SIGPIPE, [](int) { _exit(kOk); });  // a reader that has seen enough
  CLI::App app{"eqlc compiles EQL detection rules to native code and runs them over events.", "eqlc"};
  app.set_version_flag("--version", EQLC_VERSION);
  AddConfig(app);
  app.require_subcommand(1);
  int exit_code = kOk;
  for (AddCommand add : {AddRun, AddQuery, AddEval, AddCheck, AddCompile, AddDump, AddExplain, AddBench})
    add(app, exit_code);
  try {
    CheckVerb(app, argc, argv);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? FlushStdout(kOk) : kUsage;
  } catch (const std::exception& e) {
    fprintf(stderr, "eqlc: %s\n", e.what());
    return kBad;
  }
  return FlushStdout(exit_code);
}
