// Every conformance case of the dialects that eqlc speaks is met, or docs/deviations.md says why not. A case that is
// listed there and met after all fails too, so that the list stays true.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/conformance/conformance_case.h"

namespace eqlc::conformance {
namespace {

struct Cases {
  const char* name;
  const char* folder;
  const char* file;
};

class Conformance : public ::testing::TestWithParam<Cases> {};

TEST_P(Conformance, EveryCaseIsMetOrListed) {
  const char* root = std::getenv("EQLC_CONFORMANCE_DIR");
  if (!root) GTEST_SKIP() << "not run: EQLC_CONFORMANCE_DIR does not name the third-party cases";
  const Suite suite(std::string(root) + "/" + GetParam().folder, GetParam().file);
  const Deviations deviations(EQLC_SOURCE_DIR "/docs/deviations.md");
  size_t met = 0, listed = 0, not_applicable = 0;
  for (const Json& test : suite.cases()) {
    const std::string id = test.at("id");
    if (!test.value("applicable", true)) {
      ++not_applicable;
      continue;
    }
    const std::string failure = suite.Run(test);
    const bool deviates = deviations.Lists(id);
    met += failure.empty();
    listed += deviates;
    EXPECT_EQ(failure.empty(), !deviates) << id << ": " << (failure.empty() ? "listed as deviation, but met" : failure)
                                          << "\n  " << test.value("query", test.value("expression", ""));
  }
  fmt::print("{}: {} of {} cases met, {} listed deviations, {} not applicable\n", GetParam().name, met,
             suite.cases().size() - not_applicable, listed, not_applicable);
  EXPECT_GT(met, 0u);
}

INSTANTIATE_TEST_SUITE_P(All, Conformance,
                         ::testing::Values(Cases{"Elasticsearch", "elasticsearch", "cases.ndjson"},
                                           Cases{"PythonEql", "python-eql", "cases.ndjson"},
                                           Cases{"Analytics", "python-eql", "analytics.ndjson"}),
                         [](const auto& param_info) { return std::string(param_info.param.name); });

}  // namespace
}  // namespace eqlc::conformance
