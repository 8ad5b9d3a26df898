// How the endpoint dialect compares values (docs/semantics.md sections 3.5 and 9), by both engines.
#include "tests/scenarios/endpoint_query.h"

namespace eqlc::scenarios {
namespace {

struct Case {
  const char* condition;
  const char* event;
  bool matches;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(EndpointMatches(std::string("any where ") + c.condition, {c.event}), c.matches ? "0" : "")
        << c.condition << "\n"
        << c.event;
  }
}

TEST(EndpointValues, FieldsAreComparedWithFields) {
  Check({
      {"a == b", R"({"a":"x","b":"x"})", true},
      {"a == b", R"({"a":"x","b":"X"})", false},
      {"a != b", R"({"a":"x","b":"X"})", true},
      {"a == b", R"({"a":["x","y"],"b":["z","y"]})", true},
      {"a != b", R"({"a":["x","y"],"b":["z","y"]})", false},
      {"a == b", R"({"a":"x"})", false},
      {"a != b", R"({"a":"x"})", true},
      {"a == b", R"({"n":1})", false},
      {"a != b", R"({"n":1})", true},
      {"not a == b", R"({"b":1})", true},
      {"a == b", R"({"a":5,"b":"5"})", true},
      {"a == b", R"({"a":true,"b":"true"})", true},
      {"length(a) == length(b)", R"({"a":"xy","b":"ab"})", true},
      {"a.x == a.y", R"({"a":[{"x":1,"y":2},{"x":2,"y":3}]})", true},
  });
}

TEST(EndpointValues, NumbersMeetIdsThatAreTexts) {
  Check({
      {"user.id == 0", R"({"user":{"id":"0"}})", true},
      {"user.id == 0", R"({"user":{"id":0}})", true},
      {"user.id == 0", R"({"user":{"id":"S-1-5-18"}})", false},
      {"user.id != 0", R"({"user":{"id":"S-1-5-18"}})", true},
      {"user.id != 0", R"({"n":1})", true},
      {"user.id >= 1000", R"({"user":{"id":"1000"}})", true},
      {"user.id >= 1000", R"({"user":{"id":"999"}})", false},
      {"user.id >= 1000", R"({"user":{"id":"70000"}})", true},
      {"user.id >= 1000", R"({"user":{"id":"root"}})", false},
      {"user.id in (0, 501)", R"({"user":{"id":"501"}})", true},
      {"user.id > \"1000000000\"", R"({"user":{"id":"2000"}})", true},
  });
}

TEST(EndpointValues, ConditionsOnNothingButUnknownCategories) {
  EXPECT_EQ(EndpointMatches(
                "api where process.Ext.api.name : \"Virtual*\"",
                {R"({"event":{"category":"api"},"process":{"Ext":{"api":{"name":"virtualalloc"}}}})",
                 R"({"event":{"category":["api","intrusion_detection"]},"process.Ext.api.name":"VirtualProtect"})",
                 R"({"event":{"category":"process"},"process.Ext.api.name":"VirtualProtect"})"}),
            "0 1");
}

}  // namespace
}  // namespace eqlc::scenarios
