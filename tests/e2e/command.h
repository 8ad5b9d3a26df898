// The command and some events for it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/support/subprocess.h"

namespace eqlc::testing {

inline constexpr const char* kCmd =
    R"({"@timestamp":"2026-01-01T00:00:00Z","event":{"category":"process"},"process":{"name":"cmd.exe"}})";
inline constexpr const char* kBash =
    R"({"@timestamp":"2026-01-01T00:00:01Z","event":{"category":"process"},"process":{"name":"bash"}})";

inline Finished Eqlc(std::vector<std::string> args, const std::string& input = "") {
  args.insert(args.begin(), EQLC_COMMAND);
  return RunProgram(args, "", input);
}

inline std::string Events() { return fmt::format("{}\n{}\n", kCmd, kBash); }

// As $EQLC in a command of the shell.
inline Finished Shell(const std::string& command) {
  return RunProgram({"/usr/bin/env", std::string("EQLC=") + EQLC_COMMAND, "/bin/bash", "-c", command});
}

}  // namespace eqlc::testing
