#include "compiler/cache/folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <ctime>

#include "tests/support/temp_folder.h"

namespace eqlc::cache {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Names(const TempFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("")))
    names.push_back(entry.path().filename());
  return names;
}

// A file that was last used so many seconds ago.
void Write(const TempFolder& folder, const std::string& name, size_t bytes, time_t age) {
  const std::string path = folder.Write(name, std::string(bytes, 'x'));
  const timespec at{::time(nullptr) - age, 0};
  const timespec times[2] = {at, at};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

TEST(CacheFolder, IsMadeForItsOwnerAlone) {
  const TempFolder folder;
  const std::string path = folder.path("new/and/deep");
  ASSERT_TRUE(MakeFolder(path).ok());
  ASSERT_TRUE(MakeFolder(path).ok()) << "one that is there is fine";
  struct stat status;
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST(CacheFolder, IsRefusedWhenOthersMayWriteToIt) {
  const TempFolder folder;
  ASSERT_EQ(::chmod(folder.path("").c_str(), 0777), 0);
  EXPECT_THAT(MakeFolder(folder.path("")).error().message, HasSubstr("others may write"));
}

TEST(CacheFolder, SaysWhyThereIsNone) {
  const TempFolder folder;
  const std::string file = folder.Write("file", "");
  EXPECT_THAT(MakeFolder(file).error().message, HasSubstr("no folder"));
  EXPECT_THAT(MakeFolder(file + "/below").error().message, HasSubstr("cannot create"));
  EXPECT_FALSE(MakeFolder("").ok());
}

TEST(CacheFolder, TheLeastRecentlyUsedGoFirst) {
  const TempFolder folder;
  Write(folder, "a.eqlc-entry", 100, 10);
  Write(folder, "b.eqlc-entry", 100, 30);
  Write(folder, "c.eqlc-entry", 100, 20);
  Write(folder, "unrelated", 1000, 40);
  KeepWithin(folder.path(""), 300);
  EXPECT_THAT(Names(folder), UnorderedElementsAre("a.eqlc-entry", "b.eqlc-entry", "c.eqlc-entry", "unrelated"));
  KeepWithin(folder.path(""), 250);
  EXPECT_THAT(Names(folder), UnorderedElementsAre("a.eqlc-entry", "c.eqlc-entry", "unrelated"));
  KeepWithin(folder.path(""), 99);
  EXPECT_THAT(Names(folder), UnorderedElementsAre("unrelated"));
}

TEST(CacheFolder, WhatKilledWritersLeftGoesAfterAWhile) {
  const TempFolder folder;
  Write(folder, "a.eqlc-entry.tmp1-1", 100, 7200);
  Write(folder, "a.eqlc-entry.tmp2-1.o", 100, 10);
  KeepWithin(folder.path(""), 0);
  EXPECT_THAT(Names(folder), UnorderedElementsAre("a.eqlc-entry.tmp2-1.o"));
  KeepWithin(folder.path("none"), 0);
}

}  // namespace
}  // namespace eqlc::cache
