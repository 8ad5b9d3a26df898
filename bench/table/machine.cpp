#include "bench/table/machine.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace eqlc::bench {
namespace {

#ifdef __clang__
constexpr const char* kCompiler = "Clang " __clang_version__;
#else
constexpr const char* kCompiler = "GCC " __VERSION__;
#endif

// What stands behind `name` and a separator in a file of such lines; empty when nothing does.
std::string ValueOf(const char* path, const std::string& name, char separator) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    const size_t at = line.find_first_not_of(" \t\"", line.find(separator) + 1);
    if (at != std::string::npos) return line.substr(at, line.find_last_not_of("\"") + 1 - at);
  }
  return "";
}

}  // namespace

std::vector<std::pair<std::string, std::string>> DescribeMachine() {
  utsname system{};
  uname(&system);
  double load = 0;
  getloadavg(&load, 1);
  return {
      {"processor", fmt::format("{}, {} processors", ValueOf("/proc/cpuinfo", "model name", ':'),
                                std::thread::hardware_concurrency())},
      {"memory", ValueOf("/proc/meminfo", "MemTotal", ':')},
      {"system", fmt::format("{}, Linux {}", ValueOf("/etc/os-release", "PRETTY_NAME", '='), system.release)},
      {"load at the start", fmt::format("{:.2f}", load)},
      {"built with", fmt::format("{}; simdjson {}.{}.{}, {}", kCompiler, int{simdjson::SIMDJSON_VERSION_MAJOR},
                                 int{simdjson::SIMDJSON_VERSION_MINOR}, int{simdjson::SIMDJSON_VERSION_REVISION},
                                 simdjson::get_active_implementation()->name())},
  };
}

}  // namespace eqlc::bench
