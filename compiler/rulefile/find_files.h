// From the paths on a command line to the rule files below them.
// Tested by tests/unit/compiler/rulefile/find_files_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/rulefile/file_stamp.h"
#include "eqlc/diagnostic.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

struct FoundFiles {
  std::vector<std::string> files;
  std::vector<FileStamp> stamps;        // of the files
  std::vector<Diagnostic> diagnostics;  // what cannot be read
};

// A path that is no directory is taken as it is. Directories give their *.toml and *.eql files, depth first, names in
// byte order; symbolic links are followed, each directory and file is visited once.
FoundFiles FindRuleFiles(const std::vector<std::string>& paths);

// The file's bytes, at most `limit` + 1 of them, so that the caller can tell a file that is too large.
Result<std::string> ReadFile(const std::string& path, size_t limit);

// Diagnostics of a file as a whole, without position.
Diagnostic UnreadableFile(const std::string& path, const std::string& reason);
Diagnostic FileTooLarge(const std::string& path);
Diagnostic CompiledRuleset(const std::string& path);

// Whether a file that begins so was written by `eqlc compile`, or is an object of another kind.
bool IsCompiledRuleset(std::string_view start);

}  // namespace eqlc
