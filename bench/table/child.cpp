#include "bench/table/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <fstream>

extern char** environ;

namespace eqlc::bench {

static constexpr int kSilenceMs = 120'000;

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
  in_ = to[1];
  out_ = from[0];
}

Child::~Child() {
  if (in_ >= 0) close(in_);
  if (out_ >= 0) close(out_);
  int status = 0;
  if (pid_ > 0) waitpid(pid_, &status, 0);
}

void Child::WriteLine(const std::string& line) {
  const std::string text = line + "\n";
  for (size_t done = 0; done < text.size();) {
    const ssize_t written = write(in_, text.data() + done, text.size() - done);
    if (written <= 0) return;
    done += static_cast<size_t>(written);
  }
}

bool Child::Fill() {
  pollfd ready{out_, POLLIN, 0};
  char buffer[4096];
  if (poll(&ready, 1, kSilenceMs) <= 0) return false;
  const ssize_t size = read(out_, buffer, sizeof buffer);
  if (size <= 0) return false;
  unread_.append(buffer, static_cast<size_t>(size));
  return true;
}

std::optional<std::string> Child::ReadLine() {
  size_t end;
  while ((end = unread_.find('\n')) == std::string::npos) {
    if (!Fill()) return std::nullopt;
  }
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return line;
}

// The bytes never come here: what a process writes should not take processors from it.
void Child::DropOutput() {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  constexpr size_t kPipeBytes = 64u << 10;
  while (splice(out_, nullptr, nowhere, nullptr, kPipeBytes, 0) > 0) {
  }
  close(nowhere);
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

double Child::CpuSeconds() const {
  clockid_t clock;
  timespec now{};
  if (pid_ <= 0 || clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Child::MemoryBytes(const std::string& name) const { return MemoryBytesOf(std::to_string(pid_), name); }

double MemoryBytesOf(const std::string& process, const std::string& name) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string word; status >> word;) {
    if (double kilobytes = 0; word == name + ":" && status >> kilobytes) return 1024 * kilobytes;
  }
  return 0;
}

void WriteFile(const std::string& path, const std::string& contents) {
  std::ofstream(path, std::ios::binary) << contents;
}

}  // namespace eqlc::bench
