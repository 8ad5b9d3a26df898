// What a figure depends on besides the program.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace eqlc::bench {

// Processor, system, load, compiler and libraries: what, with what.
std::vector<std::pair<std::string, std::string>> DescribeMachine();

}  // namespace eqlc::bench
