#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "eqlc/diagnostic.hpp"

namespace eqlc {
namespace {

TEST(RenderJson, AllKeysOnOneLine) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::kWarning;
  diagnostic.code = "W0202";
  diagnostic.message = "never \"true\"\n";
  diagnostic.rule_id = "r";
  diagnostic.range = {"a.toml", 3, 7, 2, "text"};
  diagnostic.labels = {{{"b.toml", 1, 2, 3, "text"}, "there"}};
  diagnostic.hints = {"h1", "h2"};
  EXPECT_EQ(RenderJson(diagnostic),
            R"({"severity":"warning","code":"W0202","message":"never \"true\"\n","rule_id":"r",)"
            R"("file":"a.toml","line":3,"column":7,"length":2,)"
            R"("labels":[{"file":"b.toml","line":1,"column":2,"length":3,"text":"there"}],"hints":["h1","h2"]})");
}

TEST(RenderJson, EmptyListsStayLists) {
  const nlohmann::json json = nlohmann::json::parse(RenderJson(Diagnostic{}));
  EXPECT_EQ(json["labels"], nlohmann::json::array());
  EXPECT_EQ(json["hints"], nlohmann::json::array());
  EXPECT_EQ(json["line"], 0);
  EXPECT_EQ(json["severity"], "error");
}

TEST(RenderJson, BadBytesBecomeReplacementCharacters) {
  Diagnostic diagnostic;
  diagnostic.message = "caf\xE9";
  diagnostic.range.file = "\xFF.toml";
  const nlohmann::json json = nlohmann::json::parse(RenderJson(diagnostic));
  EXPECT_EQ(json["message"], "caf\uFFFD");
  EXPECT_EQ(json["file"], "\uFFFD.toml");
}

}  // namespace
}  // namespace eqlc
