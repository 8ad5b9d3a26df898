// ExpandInputPaths: which files an input's paths stand for.
#pragma once

#include <string>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc {

struct InputFiles {
  std::vector<std::string> files;
  std::vector<Error> errors;  // what is not there, cannot be read or holds no events; files has the rest
};

// Replaces folders by the event files below them (`.ndjson`, `.jsonl`, `.json`, each also with `.gz` or `.zst`), in
// sorted order; other paths stay as they are. Thread-safety: safe together.
InputFiles ExpandInputPaths(const std::vector<std::string>& paths);

}  // namespace eqlc
