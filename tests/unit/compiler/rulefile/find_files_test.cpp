#include "compiler/rulefile/find_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/compiler/rulefile/temp_tree.h"

namespace eqlc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FindFilesTest : public testing::Test {
 protected:
  // Paths found below `names`, relative to the tree.
  std::vector<std::string> Find(const std::vector<std::string>& names) {
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back(name.empty() ? tree_.root() : tree_.Path(name));
    FoundFiles found = FindRuleFiles(paths);
    diagnostics_ = std::move(found.diagnostics);
    for (std::string& file : found.files) file.erase(0, tree_.root().size() + 1);
    return found.files;
  }

  TempTree tree_;
  std::vector<Diagnostic> diagnostics_;
};

TEST_F(FindFilesTest, RuleFilesInSortedOrder) {
  for (const char* name : {"b.toml", "a.eql", "c/d.toml", "c/a/z.toml", "C.toml", "note.md", "x.toml.bak", ".toml"}) {
    tree_.Write(name, "");
  }
  EXPECT_THAT(Find({""}), ElementsAre(".toml", "C.toml", "a.eql", "b.toml", "c/a/z.toml", "c/d.toml"));
  EXPECT_THAT(diagnostics_, IsEmpty());
}

TEST_F(FindFilesTest, PathsKeepTheirOrderAndCountOnce) {
  tree_.Write("d/a.toml", "");
  tree_.Write("d/b.toml", "");
  tree_.Write("plain.txt", "");
  EXPECT_THAT(Find({"plain.txt", "d/b.toml", "d", "d/a.toml", "d"}), ElementsAre("plain.txt", "d/b.toml", "d/a.toml"));
}

TEST_F(FindFilesTest, SymbolicLinks) {
  tree_.Write("real/a.toml", "");
  tree_.Link("..", "real/up");  // a loop
  tree_.Link("self", "self");   // one that leads nowhere
  tree_.Link("../real/a.toml", "x/b.toml");
  tree_.Link("gone", "real/broken.toml");
  EXPECT_THAT(Find({"x", "real"}), ElementsAre("x/b.toml"));  // the same file, found first under this name
  ASSERT_THAT(diagnostics_, SizeIs(1));
  EXPECT_EQ(diagnostics_[0].range.file, tree_.Path("real/broken.toml"));
  EXPECT_THAT(Find({"real"}), ElementsAre("real/a.toml"));
}

TEST_F(FindFilesTest, WhatIsNotThereIsReported) {
  EXPECT_THAT(Find({"missing", "also.toml"}), IsEmpty());
  ASSERT_THAT(diagnostics_, SizeIs(2));
  EXPECT_EQ(diagnostics_[0].code, "E0001");
  EXPECT_EQ(diagnostics_[0].severity, Severity::kError);
  EXPECT_EQ(diagnostics_[0].message, "cannot read: No such file or directory");
  EXPECT_EQ(diagnostics_[0].range.file, tree_.Path("missing"));
  EXPECT_EQ(diagnostics_[0].range.line, 0u);
}

TEST_F(FindFilesTest, PipesBelowADirectoryAreLeftAlone) {
  tree_.Write("a.toml", "");
  ASSERT_EQ(::mkfifo(tree_.Path("pipe.toml").c_str(), 0600), 0);
  EXPECT_THAT(Find({""}), ElementsAre("a.toml"));
}

TEST_F(FindFilesTest, ADirectoryMayBeNamedLikeAFile) {
  tree_.Write("d.toml/a.eql", "");
  EXPECT_THAT(Find({""}), ElementsAre("d.toml/a.eql"));
}

TEST_F(FindFilesTest, ReadStopsAfterTheLimit) {
  tree_.Write("f", std::string(200'000, 'x'));
  EXPECT_EQ(ReadFile(tree_.Path("f"), 200'000)->size(), 200'000u);
  EXPECT_EQ(ReadFile(tree_.Path("f"), 100'000)->size(), 100'001u);
  EXPECT_EQ(ReadFile("/dev/zero", 5)->size(), 6u);
}

TEST_F(FindFilesTest, ReadErrorsSayWhy) {
  EXPECT_EQ(ReadFile(tree_.Path("none"), 1).error().message, "No such file or directory");
  EXPECT_EQ(ReadFile(tree_.root(), 1).error().message, "Is a directory");
}

}  // namespace
}  // namespace eqlc
