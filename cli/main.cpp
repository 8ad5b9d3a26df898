// The command `eqlc`. One file per verb; this one only dispatches.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include "command.h"
#include "compiler/support/heap.h"
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

// A reader of standard output that goes away has seen enough. Any other pipe is an output that failed, which whoever
// writes to it hears of.
void OnBrokenPipe(int) {
  pollfd output{STDOUT_FILENO, 0, 0};
  if (poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0) _exit(eqlc::cli::kOk);
}

// The first word that is no option, nor the value of one that stands before verbs; null: there is none.
const char* FindVerb(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-') return argv[i];
    if (std::strcmp(argv[i], "--config") == 0) ++i;
  }
  return nullptr;
}

// CLI11 says of a word that is no verb that one is missing, and it reads the environment for the options of all verbs,
// of which others than the chosen one may not take the same values.
void ChooseVerb(CLI::App& app, const char* chosen) {
  if (chosen == nullptr) return;
  std::string verbs;
  bool known = false;
  for (CLI::App* verb : app.get_subcommands(nullptr)) {
    verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
    known |= verb->get_name() == chosen;
    if (verb->get_name() == chosen) continue;
    for (CLI::Option* option : verb->get_options()) option->envname("");
  }
  if (!known) throw CLI::ValidationError(std::string("there is no verb '") + chosen + "'; there are " + verbs);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace eqlc::cli;
  ReserveStandardStreams();
  eqlc::GrowHeapAhead();
  signal(SIGPIPE, OnBrokenPipe);
  CLI::App app{"eqlc compiles EQL detection rules to native code and runs them over events.", "eqlc"};
  app.set_version_flag("--version", EQLC_VERSION);
  AddConfig(app);
  app.require_subcommand(1);
  int exit_code = kOk;
  for (AddCommand add : {AddRun, AddQuery, AddEval, AddCheck, AddCompile, AddDump, AddExplain, AddBench})
    add(app, exit_code);
  try {
    ChooseVerb(app, FindVerb(argc, argv));
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? FlushStdout(kOk) : kUsage;
  } catch (const std::exception& e) {
    fprintf(stderr, "eqlc: %s\n", e.what());
    return kBad;
  }
  return FlushStdout(exit_code);
}
