#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/source/line_reader.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TempFolder;

TEST(ExpandInputPathsTest, ReplacesFoldersByTheirEventFiles) {
  const TempFolder folder;
  for (const char* name :
       {"in/b.ndjson", "in/a.jsonl.gz", "in/sub/c.json.zst", "in/d.txt", "in/e.gz", "in/json", "other.txt"}) {
    folder.Write(name, "");
  }
  const auto paths = ExpandInputPaths({"-", folder.path("other.txt"), folder.path("in")});
  ASSERT_TRUE(paths.ok());
  EXPECT_THAT(*paths, ElementsAre("-", folder.path("other.txt"), folder.path("in/a.jsonl.gz"),
                                  folder.path("in/b.ndjson"), folder.path("in/sub/c.json.zst")));
}

TEST(ExpandInputPathsTest, SaysWhatIsMissing) {
  const TempFolder folder;
  folder.Write("empty/readme.txt", "");
  const auto missing = ExpandInputPaths({folder.path("missing")});
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("missing': No such file or directory"));
  const auto empty = ExpandInputPaths({folder.path("empty")});
  ASSERT_FALSE(empty.ok());
  EXPECT_THAT(empty.error().message, HasSubstr("no event files in"));
}

}  // namespace
}  // namespace eqlc
