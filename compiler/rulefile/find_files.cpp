#include "compiler/rulefile/find_files.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "compiler/diag/diagnostics.h"
#include "eqlc/limits.hpp"
#include "runtime/abi/image.h"

namespace eqlc {
namespace {

namespace fs = std::filesystem;

std::string ErrnoText(int error) { return std::generic_category().message(error); }

bool EndsWith(const std::string& text, std::string_view suffix) {
  return text.size() > suffix.size() && text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

bool IsRuleFileName(const std::string& name) { return EndsWith(name, ".toml") || EndsWith(name, ".eql"); }

Diagnostic WithoutPosition(Code code, const std::string& path, std::string message) {
  const CodeInfo& info = GetCodeInfo(code);
  Diagnostic diagnostic;
  diagnostic.severity = info.severity;
  diagnostic.code = info.id;
  diagnostic.message = std::move(message);
  diagnostic.range.file = path;
  return diagnostic;
}

class FileFinder {
 public:
  void Add(const std::string& path) {
    pending_.push_back({path, true});
    while (!pending_.empty()) {
      const Candidate next = std::move(pending_.back());
      pending_.pop_back();
      Visit(next);
    }
  }

  FoundFiles Take() { return std::move(found_); }

 private:
  struct Candidate {
    std::string path;
    bool named;  // by the caller, rather than found in a directory
  };

  void Visit(const Candidate& candidate) {
    struct stat status;
    if (::stat(candidate.path.c_str(), &status) != 0) {
      if (candidate.named || IsRuleFileName(candidate.path)) Fail(candidate.path, ErrnoText(errno));
      return;
    }
    const bool directory = S_ISDIR(status.st_mode);
    // Pipes and devices below a directory would block or never end.
    if (!directory && !candidate.named && !(S_ISREG(status.st_mode) && IsRuleFileName(candidate.path))) return;
    if (!visited_.emplace(status.st_dev, status.st_ino).second) return;
    if (directory) {
      Enter(candidate.path);
    } else {
      found_.files.push_back(candidate.path);
      found_.stamps.push_back(StampOf(status));
    }
  }

  void Enter(const std::string& path) {
    std::error_code error;
    std::vector<std::string> entries;
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      entries.push_back(it->path().string());
    }
    if (error) Fail(path, error.message());
    // The stack hands out the last first.
    std::sort(entries.begin(), entries.end(), std::greater<>());
    for (std::string& entry : entries) pending_.push_back({std::move(entry), false});
  }

  void Fail(const std::string& path, const std::string& reason) {
    found_.diagnostics.push_back(UnreadableFile(path, reason));
  }

  std::vector<Candidate> pending_;
  std::set<std::pair<dev_t, ino_t>> visited_;
  FoundFiles found_;
};

// Closes on every way out.
struct FileDescriptor {
  int fd;
  ~FileDescriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

FoundFiles FindRuleFiles(const std::vector<std::string>& paths) {
  FileFinder finder;
  for (const std::string& path : paths) finder.Add(path);
  return finder.Take();
}

Result<std::string> ReadFile(const std::string& path, size_t limit) {
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) return Error{ErrnoText(errno)};
  std::string contents;
  char buffer[1 << 16];
  while (contents.size() <= limit) {
    const ssize_t count = ::read(file.fd, buffer, std::min(sizeof buffer, limit + 1 - contents.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{ErrnoText(errno)};
    if (count == 0) break;
    contents.append(buffer, static_cast<size_t>(count));
  }
  return contents;
}

Diagnostic UnreadableFile(const std::string& path, const std::string& reason) {
  return WithoutPosition(Code::kUnreadableFile, path, "cannot read: " + reason);
}

Diagnostic FileTooLarge(const std::string& path) {
  return WithoutPosition(Code::kRuleFileTooLarge, path,
                         fmt::format("the file is larger than {} bytes", limits::kMaxRuleFileBytes));
}

Diagnostic CompiledRuleset(const std::string& path) {
  Diagnostic diagnostic =
      WithoutPosition(Code::kCompiledRuleset, path, "this is a compiled ruleset, where rules are read as text");
  diagnostic.hints.push_back("`eqlc run -r` runs it by itself, if its name ends with .eqlc or .so");
  return diagnostic;
}

bool IsCompiledRuleset(std::string_view start) {
  const std::string_view image(abi::kImageMagic, sizeof abi::kImageMagic);
  return start.starts_with(std::string_view(ELFMAG, SELFMAG)) || start.starts_with(image);
}

}  // namespace eqlc
