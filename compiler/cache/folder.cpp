#include "compiler/cache/folder.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <memory>
#include <tuple>
#include <vector>

#include "runtime/program/file.h"

namespace eqlc::cache {
namespace {

constexpr time_t kAbandonedAfter = 3600;  // seconds; writing an entry takes far less

struct EntryFile {
  time_t used_s;
  long used_ns;
  std::string path;
  uint64_t bytes;

  auto order() const { return std::tie(used_s, used_ns, path); }
};

// Of entries, finished or not.
std::vector<EntryFile> FilesOf(const std::string& folder) {
  std::vector<EntryFile> files;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(folder.c_str()), ::closedir);
  if (!directory) return files;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    struct stat status;
    std::string path = folder + "/" + entry->d_name;
    if (name.find(kEntrySuffix) == std::string_view::npos) continue;
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    files.push_back(
        {status.st_mtim.tv_sec, status.st_mtim.tv_nsec, std::move(path), static_cast<uint64_t>(status.st_size)});
  }
  return files;
}

bool IsFinished(const EntryFile& file) { return file.path.ends_with(kEntrySuffix); }

}  // namespace

Status MakeFolder(const std::string& path) {
  for (size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    ::mkdir(path.substr(0, at).c_str(), 0700);  // what exists is fine; what fails shows below
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return SystemError("cannot create the folder", path);
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return SystemError("cannot use the folder", path);
  if (!S_ISDIR(status.st_mode)) return Error{"'" + path + "' is no folder"};
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Error{"others may write to '" + path + "', and what is kept there is code"};
  }
  return {};
}

void KeepWithin(const std::string& path, uint64_t max_bytes) {
  std::vector<EntryFile> files = FilesOf(path);
  std::ranges::sort(files, {}, &EntryFile::order);
  uint64_t bytes = 0;
  for (const EntryFile& file : files) bytes += IsFinished(file) ? file.bytes : 0;
  const time_t now = ::time(nullptr);
  for (const EntryFile& file : files) {
    if (!IsFinished(file)) {
      if (now - file.used_s > kAbandonedAfter) ::unlink(file.path.c_str());
    } else if (bytes > max_bytes) {
      ::unlink(file.path.c_str());
      bytes -= file.bytes;
    }
  }
}

}  // namespace eqlc::cache
