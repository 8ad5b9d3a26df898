#include "runtime/alert/intersection.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

TEST(IntersectEvents, KeepsWhatAllShare) {
  const struct {
    const char* name;
    std::vector<std::string_view> events;
    const char* shared;
  } kCases[] = {
      {"scalars", {R"({"a":1,"b":"x","c":true})", R"({"c":true,"b":"y","a":1})"}, R"({"a":1,"c":true})"},
      {"objects",
       {R"({"h":{"n":"w","id":1},"p":{"n":"a"}})", R"({"h":{"n":"w","id":2},"p":{"n":"b"}})"},
       R"({"h":{"n":"w"}})"},
      {"arrays", {R"({"t":["a","b","c"]})", R"({"t":["c","x","a"]})"}, R"({"t":["a","c"]})"},
      {"arrays without common element", {R"({"t":["a"]})", R"({"t":["b"]})"}, "{}"},
      {"array and scalar", {R"({"t":["a"]})", R"({"t":"a"})"}, "{}"},
      {"array of arrays", {R"({"t":[[1],[2]]})", R"({"t":[[2],[3]]})"}, R"({"t":[[2]]})"},
      {"three", {R"({"a":1,"b":1})", R"({"a":1,"b":1})", R"({"a":1,"b":2})"}, R"({"a":1})"},
      {"blanks and escapes do not matter",
       {R"({"a":"x\u0041","t":[{"k":1}]})", "{ \"a\" : \"xA\", \"t\": [ { \"k\" : 1 } ] }"},
       R"({"a":"x\u0041","t":[{"k":1}]})"},
      {"null is nothing", {R"({"a":null})", R"({"a":null})"}, "{}"},
      {"a single event", {R"({"a":1,"b":null,"c":{}})"}, R"({"a":1})"},
      {"text and number", {R"({"a":"1"})", R"({"a":1})"}, "{}"},
      {"repeated key", {R"({"a":1,"a":1})", R"({"a":1})"}, R"({"a":1})"},
      {"spellings of a number", {R"({"a":1,"b":[10,2]})", R"({"a":1.0,"b":[1e1,3]})"}, R"({"a":1,"b":[10]})"},
      {"other numbers",
       {R"({"a":9007199254740993,"b":0.1})", R"({"a":9007199254740992,"b":0.10000000000000002})"},
       "{}"},
      {"huge numbers", {R"({"a":1e999})", R"({"a":1e999})"}, R"({"a":1e999})"},
      {"none", {}, "{}"},
      {"unreadable", {R"({"a":1})", "no json"}, "{}"},
  };
  for (const auto& c : kCases) EXPECT_EQ(IntersectEvents(c.events), c.shared) << c.name;
}

TEST(IntersectEvents, DeepAndWideEventsAreQuick) {
  std::string deep = std::string("{\"a\":") + std::string(500, '[') + "1" + std::string(500, ']') + "}";
  std::string nested;
  for (int i = 0; i < 500; ++i) nested += "{\"k\":";
  nested += "7" + std::string(500, '}');
  std::string wide = "{";
  for (int i = 0; i < 50'000; ++i) wide += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  wide += "\"end\":0}";
  for (const std::string& event : {deep, nested, wide}) {
    const std::string_view pair[] = {event, event};
    EXPECT_EQ(IntersectEvents(pair), event);
  }
}

}  // namespace
}  // namespace eqlc
