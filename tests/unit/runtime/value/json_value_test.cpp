#include "runtime/value/json_value.h"

#include <gtest/gtest.h>

#include "runtime/value/json.h"

namespace eqlc {
namespace {

class JsonValueTest : public ::testing::Test {
 protected:
  std::string Read(std::string_view json) { return ToJson(FromJson(json, scratch_)); }
  std::string Member(std::string_view json, std::string_view name) {
    return ToJson(At(abi::Json(json), abi::String(name), scratch_));
  }
  std::string Element(std::string_view json, int64_t index) {
    return ToJson(At(abi::Json(json), abi::Int(index), scratch_));
  }

  Scratch scratch_;
};

TEST_F(JsonValueTest, ReadsScalarsAndKeepsTheRest) {
  for (const std::string_view json : {"1", "1.5", "true", "false", "null", "\"a\"", "[1, 2]", "{\"a\": 1}"}) {
    EXPECT_EQ(Read(json), json);
  }
  EXPECT_EQ(FromJson(R"("a\u00e9\n")", scratch_).text(), "a\u00e9\n");
  for (const std::string_view broken : {"", "tru", "\"", "nul", "-", "x", R"("\q")"}) EXPECT_EQ(Read(broken), "null");
}

TEST_F(JsonValueTest, FindsElementsAndMembers) {
  EXPECT_EQ(Element("[1, \"a\", [2]]", 1), "\"a\"");
  EXPECT_EQ(Element("[1, \"a\", [2]]", 2), "[2]");
  EXPECT_EQ(Element("[1]", 1), "null");
  EXPECT_EQ(Element("[1]", -1), "null");
  EXPECT_EQ(Element("{\"0\": 1}", 0), "null");
  EXPECT_EQ(Member(R"({"a":1,"b":{"c":2}})", "b"), R"({"c":2})");
  EXPECT_EQ(Member(R"({"a":1})", "x"), "null");
  EXPECT_EQ(Member("[1]", "0"), "null");
  EXPECT_TRUE(At(abi::String("abc"), abi::Int(0), scratch_).is_null());
}

TEST_F(JsonValueTest, CountsAndTells) {
  EXPECT_EQ(CountItems(abi::Json("[1, [2, 3], {}]")), 3u);
  EXPECT_EQ(CountItems(abi::Json("{}")), 0u);
  EXPECT_TRUE(IsList(abi::Json("[]")));
  EXPECT_FALSE(IsList(abi::Json("{}")));
  EXPECT_FALSE(IsList(abi::String("[]")));
}

TEST_F(JsonValueTest, Truth) {
  EXPECT_EQ(Truth(abi::Null()), Tri::kNull);
  for (const abi::Value& value : {abi::Bool(false), abi::Int(0), abi::Double(0), abi::String(""), abi::Json("[ ]")}) {
    EXPECT_EQ(Truth(value), Tri::kFalse) << ToJson(value);
  }
  for (const abi::Value& value :
       {abi::Bool(true), abi::Int(-1), abi::Double(0.5), abi::String("0"), abi::Json("[0]")}) {
    EXPECT_EQ(Truth(value), Tri::kTrue) << ToJson(value);
  }
}

std::string Canonical(std::string_view json, bool fold = false) {
  std::string out;
  AppendCanonical(out, json, fold);
  return out;
}

TEST_F(JsonValueTest, EqualListsAndObjectsHaveOneText) {
  EXPECT_EQ(Canonical("[ \"\\u0061\" ,\t1.0, -0.0,1e2, true,\nnull, [] , {} ]"), R"(["a",1,0,100,true,null,[],{}])");
  EXPECT_EQ(Canonical(R"({"A" : ["B\"]","\\"]})", true), R"({"a":["b\"]","\\"]})");
  EXPECT_EQ(Canonical(R"({"A":["B"]})"), R"({"A":["B"]})");
  EXPECT_EQ(Canonical(R"("\u0068")"), R"("h")");
  EXPECT_EQ(Canonical("[0.1,12345678901234567890,1.5e300]"), "[0.1,12345678901234567890,1.5e+300]");
}

// Whatever it is given, it ends.
TEST_F(JsonValueTest, TextThatIsNoJsonHasSomeText) {
  for (const std::string_view text : {"", "\"", "\"\\", "[\"a", "]:,}", "nul", "1.e", "\x01\xFF"}) Canonical(text);
}

// A token is read once, however far it is to the next one that ends a word: a million would take hours.
TEST_F(JsonValueTest, NestingTakesLinearTime) {
  const std::string open(1'000'000, '[');
  EXPECT_EQ(Canonical(open), open);
  EXPECT_EQ(Canonical("[1, " + open), "[1," + open);
}

}  // namespace
}  // namespace eqlc
