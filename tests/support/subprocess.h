// Runs a program and waits for it, with its output captured. For tests of the command.
#pragma once

#include <string>
#include <vector>

namespace eqlc::testing {

struct Finished {
  int exit_code = -1;  // 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

// `folder` becomes the working directory; "" stays. No shell is involved; stdin is `input`.
Finished RunProgram(const std::vector<std::string>& argv, const std::string& folder = "",
                    const std::string& input = "");

// The verbs that the help of the command `eqlc` lists.
std::vector<std::string> Verbs(const std::string& command);

}  // namespace eqlc::testing
