#include "runtime/value/version.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

std::string Key(std::string_view text) {
  std::string key;
  AppendVersionKey(text, key);
  return key;
}

TEST(VersionTest, KeysOrderAsVersionsDo) {
  const std::vector<std::string> ascending = {
      "0",           "1-alpha",        "1",        "1.0.0-1", "1.0.0-2",     "1.0.0-10",
      "1.0.0-alpha", "1.0.0-alpha.1",  "1.0.0-rc", "1.0.0",   "1.0.0+build", "1.2",
      "1.2.0-alpha", "1.2.0",          "1.2.4",    "1.11.3",  "2.0",         "10.0.0-SNAPSHOT",
      "10.0.0",      "123456789012.0", "",         "01.2",    "1..2",        "bad"};
  for (size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(Key(ascending[i - 1]), Key(ascending[i])) << ascending[i - 1] << " and " << ascending[i];
  }
}

TEST(VersionTest, TheKeyIsAsDrawn) {
  EXPECT_EQ(Key("1.10.0-rc.2"), "011.0210.010!rc.$012");
  EXPECT_EQ(Key("1+a.b"), "011#+a.b");
  for (const char* text : {"1.", "-1", "1.0-", "1.0+", "1.0-a..b", "1.0 ", "v1.0"}) {
    EXPECT_EQ(Key(text), "~" + std::string(text)) << text;
  }
  const std::string longest(kMaxVersionBytes + 1, '1');
  EXPECT_EQ(Key(longest), "~" + longest);
}

}  // namespace
}  // namespace eqlc
