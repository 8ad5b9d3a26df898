#include "runtime/source/expand_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TempFolder;

TEST(ExpandInputPathsTest, ReplacesFoldersByTheirEventFiles) {
  const TempFolder folder;
  for (const char* name :
       {"in/b.ndjson", "in/a.jsonl.gz", "in/sub/c.json.zst", "in/d.txt", "in/e.gz", "in/json", "other.txt"}) {
    folder.Write(name, "");
  }
  const InputFiles found = ExpandInputPaths({"-", folder.path("other.txt"), folder.path("in")});
  EXPECT_THAT(found.errors, IsEmpty());
  EXPECT_THAT(found.files, ElementsAre("-", folder.path("other.txt"), folder.path("in/a.jsonl.gz"),
                                       folder.path("in/b.ndjson"), folder.path("in/sub/c.json.zst")));
}

TEST(ExpandInputPathsTest, SaysWhatIsMissingAndGivesTheRest) {
  const TempFolder folder;
  folder.Write("empty/readme.txt", "");
  folder.Write("in/a.ndjson", "");
  const InputFiles found = ExpandInputPaths({folder.path("missing"), folder.path("empty"), folder.path("in")});
  EXPECT_THAT(found.errors, ElementsAre(Field(&Error::message, HasSubstr("missing': No such file or directory")),
                                        Field(&Error::message, HasSubstr("no event files in"))));
  EXPECT_THAT(found.files, ElementsAre(folder.path("in/a.ndjson")));
}

TEST(ExpandInputPathsTest, DoesNotFollowLinksToFolders) {
  const TempFolder folder;
  folder.Write("in/a.ndjson", "");
  std::filesystem::create_directory_symlink(folder.path("in"), folder.path("in/loop"));
  const InputFiles found = ExpandInputPaths({folder.path("in")});
  EXPECT_THAT(found.errors, IsEmpty());
  EXPECT_THAT(found.files, ElementsAre(folder.path("in/a.ndjson")));
}

}  // namespace
}  // namespace eqlc
