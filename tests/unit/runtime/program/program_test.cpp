#include "eqlc/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/program/program.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::ImageBuilder;
using testing::TempFolder;

std::shared_ptr<const Program> Example(std::string_view field) {
  ImageBuilder b;
  b.Rule(RuleKind::kEvent, {b.Condition(b.Leaf(b.Field(field)))});
  auto image = Image::Parse(b.Build());
  EXPECT_TRUE(image.ok());
  auto program = LinkProgram(std::move(*image), nullptr);
  EXPECT_TRUE(program.ok());
  return *program;
}

std::string LoadError(const std::string& path) {
  const auto program = Program::Load(path);
  return program.ok() ? "" : program.error().message;
}

std::string_view Text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(ProgramTest, LoadsWhatItSaved) {
  const TempFolder folder;
  const auto program = Example("a.b");
  ASSERT_TRUE(program->Save(folder.path("rules.eqlc")).ok());
  const auto loaded = Program::Load(folder.path("rules.eqlc"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_TRUE(std::ranges::equal((*loaded)->image(), program->image()));
  EXPECT_EQ((*loaded)->fields(), program->fields());
  EXPECT_EQ((*loaded)->rules()[0].id, "rule-0");
}

TEST(ProgramTest, ReplacesAnOldFileAndLeavesNothingElse) {
  const TempFolder folder;
  ASSERT_TRUE(Example("a")->Save(folder.path("rules")).ok());
  ASSERT_TRUE(Example("b")->Save(folder.path("rules")).ok());
  EXPECT_EQ((*Program::Load(folder.path("rules")))->fields()[0], "b");
  const std::filesystem::directory_iterator files(folder.path(""));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(ProgramTest, SaysWhyItCannotSave) {
  const TempFolder folder;
  EXPECT_THAT(Example("a")->Save(folder.path("no/such/folder")).error().message, HasSubstr("No such file"));
  std::filesystem::create_directory(folder.path("taken"));
  EXPECT_FALSE(Example("a")->Save(folder.path("taken")).ok());
  const std::filesystem::directory_iterator files(folder.path(""));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(ProgramTest, RefusesForeignAndDamagedFiles) {
  const TempFolder folder;
  const std::string whole(Text(Example("a")->image()));
  EXPECT_THAT(LoadError(folder.path("missing")), HasSubstr("cannot open"));
  EXPECT_THAT(LoadError(folder.path("")), HasSubstr("cannot read"));
  EXPECT_THAT(LoadError(folder.Write("empty", "")), HasSubstr("not a program image"));
  EXPECT_THAT(LoadError(folder.Write("text", "some text")), HasSubstr("not a program image"));
  EXPECT_THAT(LoadError(folder.Write("long text", std::string(100'000, 'x'))), HasSubstr("not a program image"));
  EXPECT_THAT(LoadError(folder.Write("magic", whole.substr(0, 8))), HasSubstr("cut off"));
  EXPECT_THAT(LoadError(folder.Write("cut", whole.substr(0, whole.size() - 1))), HasSubstr("damaged"));
  EXPECT_THAT(LoadError(folder.Write("longer", whole + "x")), HasSubstr("damaged"));
  EXPECT_THAT(LoadError(folder.Write("longer", whole + whole)), HasSubstr("damaged"));
  std::string flipped = whole;
  flipped.back() ^= 1;
  EXPECT_THAT(LoadError(folder.Write("flipped", flipped)), HasSubstr("checksum"));
  std::string huge = whole;
  huge.replace(offsetof(abi::ImageHeader, size), 8, 8, '\x7F');
  EXPECT_THAT(LoadError(folder.Write("huge", huge)), HasSubstr("too large"));
}

}  // namespace
}  // namespace eqlc
