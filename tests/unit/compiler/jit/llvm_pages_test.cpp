#include "compiler/native/jit.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc {
namespace {

// Resident kilobytes of file pages.
long ResidentFilePages() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (long kilobytes = 0; word == "RssFile:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

TEST(LlvmPagesTest, LlvmRunsAgainAfterItsPagesWereReturned) {
  const std::vector<RuleText> rules = {{"a.eql", R"(process where process.name == "a")"}};
  for (int round = 0; round < 2; ++round) {
    // Showing assembly text runs LLVM and leaves its pages where they are.
    std::vector<Diagnostic> diagnostics;
    ASSERT_TRUE(Dump(rules, Stage::kAsm, {}, diagnostics)) << round;
    const long before = ResidentFilePages();
    ReturnLlvmPages();
    EXPECT_LT(ResidentFilePages(), before - 1'000) << "some megabytes of code ran";
  }
}

}  // namespace
}  // namespace eqlc
