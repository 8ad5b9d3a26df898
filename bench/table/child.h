// Child: another process that this one talks with, line by line, through its standard streams.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace eqlc::bench {

using ChildFigures = std::map<std::string, double>;

// Thread-safety: none.
class Child {
 public:
  // The program is searched for in PATH. What it says on stderr is dropped.
  explicit Child(const std::vector<std::string>& argv);
  // Closes its input and waits for its end.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void WriteLine(const std::string& line);
  // Without the newline; nothing at the end of its output, or when it has been silent for two minutes.
  std::optional<std::string> ReadLine();
  // Reads to the end of its output, at next to no cost.
  void DropOutput();
  // All lines `name value` that are left.
  ChildFigures ReadFigures();

  // Processor time it has had, all threads together. REQUIRES: it runs.
  double CpuSeconds() const;
  // A line of /proc/PID/status: VmRSS is resident now, VmHWM at most until now. REQUIRES: it runs.
  double MemoryBytes(const std::string& name) const;

 private:
  // Waits for more output; false when there is none.
  bool Fill();

  pid_t pid_ = -1;
  int in_ = -1;   // its standard input
  int out_ = -1;  // its standard output
  std::string unread_;
};

// Of a process, `self` or a number, as Child::MemoryBytes.
double MemoryBytesOf(const std::string& process, const std::string& name);

// A file for another process to read.
void WriteFile(const std::string& path, const std::string& contents);

}  // namespace eqlc::bench
