#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace eqlc::testing {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// In the child: standard streams become files, so that no pipe can fill up and block.
[[noreturn]] void Exec(const std::vector<std::string>& argv, const std::string& folder, const TempFolder& streams) {
  auto redirect = [&](const char* name, int flags, int fd) {
    const int file = open((streams.path() + "/" + name).c_str(), flags, 0600);
    if (file < 0 || dup2(file, fd) < 0) _exit(126);
  };
  redirect("in", O_RDONLY, STDIN_FILENO);
  redirect("out", O_WRONLY | O_CREAT, STDOUT_FILENO);
  redirect("err", O_WRONLY | O_CREAT, STDERR_FILENO);
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
  std::vector<char*> args;
  for (const std::string& arg : argv) args.push_back(const_cast<char*>(arg.c_str()));
  args.push_back(nullptr);
  execv(args[0], args.data());
  _exit(127);
}

}  // namespace

Finished RunProgram(const std::vector<std::string>& argv, const std::string& folder, const std::string& input) {
  const TempFolder streams;
  streams.Write("in", input);
  const pid_t child = fork();
  if (child == 0) Exec(argv, folder, streams);
  int status = 0;
  waitpid(child, &status, 0);
  Finished finished;
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  finished.out = ReadAll(streams.path() + "/out");
  finished.err = ReadAll(streams.path() + "/err");
  return finished;
}

std::vector<std::string> Verbs(const std::string& command) {
  std::istringstream help(RunProgram({command, "--help"}).out);
  std::vector<std::string> verbs;
  bool listed = false;
  for (std::string line; std::getline(help, line);) {
    if (listed && line.size() > 2 && line[0] == ' ' && line[2] != ' ') {
      verbs.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    listed = listed || line == "Subcommands:";
  }
  return verbs;
}

}  // namespace eqlc::testing
