// Tested by tests/unit/runtime/source/expand_paths_test.cpp.
#include "runtime/source/expand_paths.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace eqlc {
namespace {

namespace fs = std::filesystem;

bool IsEventFile(std::string_view name) {
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  return name.ends_with(".ndjson") || name.ends_with(".jsonl") || name.ends_with(".json");
}

Error CannotRead(const std::string& path, const std::error_code& code) {
  return Error{"cannot read '" + path + "': " + code.message()};
}

// Appends the event files below a folder, in any order. Links to folders are not followed, so there are no cycles.
void AddFilesBelow(const std::string& folder, InputFiles& found) {
  std::error_code code;
  for (fs::directory_iterator it(folder, code); !code && it != fs::directory_iterator(); it.increment(code)) {
    std::error_code ignored;
    const std::string path = it->path().string();
    if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
      AddFilesBelow(path, found);
    } else if (it->is_regular_file(ignored) && IsEventFile(it->path().filename().string())) {
      found.files.push_back(path);
    }
  }
  if (code) found.errors.push_back(CannotRead(folder, code));
}

void AddFolder(const std::string& folder, InputFiles& found) {
  const size_t first = found.files.size(), errors = found.errors.size();
  AddFilesBelow(folder, found);
  if (found.files.size() == first && found.errors.size() == errors) {
    found.errors.push_back(
        Error{"no event files in '" + folder + "' (*.ndjson, *.jsonl or *.json, also with .gz or .zst)"});
  }
  std::sort(found.files.begin() + static_cast<ptrdiff_t>(first), found.files.end());
}

}  // namespace

InputFiles ExpandInputPaths(const std::vector<std::string>& paths) {
  InputFiles found;
  for (const std::string& path : paths) {
    std::error_code code;
    const fs::file_status status = path == "-" ? fs::file_status(fs::file_type::character) : fs::status(path, code);
    if (!fs::exists(status)) {
      found.errors.push_back(
          CannotRead(path, code ? code : std::make_error_code(std::errc::no_such_file_or_directory)));
    } else if (fs::is_directory(status)) {
      AddFolder(path, found);
    } else {
      found.files.push_back(path);
    }
  }
  return found;
}

}  // namespace eqlc
