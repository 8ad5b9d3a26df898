#include "bench/table/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <fstream>

extern char** environ;

namespace eqlc::bench {

Child::Child(const std::vector<std::string>& argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a child that is gone is seen by its silence
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) return;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> args;
  for (const std::string& arg : argv) args.push_back(const_cast<char*>(arg.c_str()));
  args.push_back(nullptr);
  if (posix_spawnp(&pid_, args[0], &actions, nullptr, args.data(), environ) != 0) pid_ = -1;
  posix_spawn_file_actions_destroy(&actions);
  close(to[0]);
  close(from[1]);
  in_ = fdopen(to[1], "w");
  out_ = fdopen(from[0], "r");
}

Child::~Child() {
  if (in_ != nullptr) fclose(in_);
  if (out_ != nullptr) fclose(out_);
  int status = 0;
  if (pid_ > 0) waitpid(pid_, &status, 0);
}

void Child::WriteLine(const std::string& line) {
  if (in_ == nullptr) return;
  fputs((line + "\n").c_str(), in_);
  fflush(in_);
}

std::optional<std::string> Child::ReadLine() {
  std::string line;
  for (int c; out_ != nullptr && (c = fgetc(out_)) != EOF;) {
    if (c == '\n') return line;
    line += static_cast<char>(c);
  }
  return std::nullopt;
}

ChildFigures Child::ReadFigures() {
  ChildFigures figures;
  while (const std::optional<std::string> line = ReadLine()) {
    const size_t blank = line->find(' ');
    double value = 0;
    if (blank == std::string::npos) continue;
    std::from_chars(line->data() + blank + 1, line->data() + line->size(), value);
    figures[line->substr(0, blank)] = value;
  }
  return figures;
}

void WriteFile(const std::string& path, const std::string& contents) {
  std::ofstream(path, std::ios::binary) << contents;
}

}  // namespace eqlc::bench
