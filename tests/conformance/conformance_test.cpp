// Every conformance case of the dialects that eqlc speaks is met, or docs/deviations.md says why not. A case that is
// listed there and met after all fails too, so that the list stays true.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/conformance/conformance_case.h"

namespace eqlc::conformance {
namespace {

class Conformance : public ::testing::TestWithParam<const char*> {};

TEST_P(Conformance, EveryCaseIsMetOrListed) {
  const char* root = std::getenv("EQLC_CONFORMANCE_DIR");
  if (!root) GTEST_SKIP() << "not run: EQLC_CONFORMANCE_DIR does not name the third-party cases";
  const Suite suite(std::string(root) + "/" + GetParam());
  const Deviations deviations(EQLC_SOURCE_DIR "/docs/deviations.md");
  size_t met = 0, listed = 0, other_dialect = 0, not_applicable = 0;
  for (const Json& test : suite.cases()) {
    const std::string id = test.at("id");
    if (!test.value("applicable", true)) {
      ++not_applicable;
      continue;
    }
    if (DialectOf(test) == Dialect::kPython) {
      ++other_dialect;
      continue;
    }
    const std::string failure = suite.Run(test);
    const bool deviates = deviations.Lists(id);
    met += failure.empty();
    listed += deviates;
    EXPECT_EQ(failure.empty(), !deviates) << id << ": " << (failure.empty() ? "listed as deviation, but met" : failure)
                                          << "\n  " << test.value("query", test.value("expression", ""));
  }
  fmt::print("{}: {} cases met, {} listed deviations, {} not applicable, {} of a dialect that is not built\n",
             GetParam(), met, listed, not_applicable, other_dialect);
  EXPECT_GT(met, 0u);
}

INSTANTIATE_TEST_SUITE_P(All, Conformance, ::testing::Values("elasticsearch", "python-eql"),
                         [](const auto& param_info) {
                           return std::string(param_info.param) == "elasticsearch" ? "Elasticsearch" : "PythonEql";
                         });

}  // namespace
}  // namespace eqlc::conformance
