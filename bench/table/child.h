// Child: another process that this one talks with, line by line, through its standard streams.
#pragma once

#include <sys/types.h>

#include <cstdio>
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
  // Without the newline; nothing at the end of its output.
  std::optional<std::string> ReadLine();
  // All lines `name value` that are left.
  ChildFigures ReadFigures();

 private:
  pid_t pid_ = -1;
  FILE* in_ = nullptr;   // its standard input
  FILE* out_ = nullptr;  // its standard output
};

// A file for another process to read.
void WriteFile(const std::string& path, const std::string& contents);

}  // namespace eqlc::bench
