// ExpandInputPaths of line_reader.h. Tested by tests/unit/runtime/source/expand_paths_test.cpp.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "runtime/source/line_reader.h"

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

// Links to folders are not followed, so there are no cycles.
Status AddFolder(const std::string& folder, std::vector<std::string>& files) {
  std::error_code code;
  fs::recursive_directory_iterator it(folder, code);
  const size_t first = files.size();
  for (; !code && it != fs::recursive_directory_iterator(); it.increment(code)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && IsEventFile(it->path().filename().string()))
      files.push_back(it->path().string());
  }
  if (code) return CannotRead(folder, code);
  if (files.size() == first) {
    return Error{"no event files in '" + folder + "' (*.ndjson, *.jsonl or *.json, also with .gz or .zst)"};
  }
  std::sort(files.begin() + static_cast<ptrdiff_t>(first), files.end());
  return {};
}

}  // namespace

Result<std::vector<std::string>> ExpandInputPaths(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code code;
    const fs::file_status status = path == "-" ? fs::file_status(fs::file_type::character) : fs::status(path, code);
    if (!fs::exists(status)) {
      return CannotRead(path, code ? code : std::make_error_code(std::errc::no_such_file_or_directory));
    }
    if (!fs::is_directory(status)) {
      files.push_back(path);
    } else if (Status added = AddFolder(path, files); !added) {
      return added.error();
    }
  }
  return files;
}

}  // namespace eqlc
