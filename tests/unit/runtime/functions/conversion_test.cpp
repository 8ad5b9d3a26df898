// The hidden functions, which no query can name.
#include <gtest/gtest.h>

#include <string>

#include "runtime/functions/function.h"
#include "runtime/value/json.h"

namespace eqlc {
namespace {

std::string Call(std::string_view name, const abi::Value& value) {
  const Function* function = FindFunction(name);
  if (function == nullptr || !function->hidden) return "no such function";
  Scratch scratch;
  return ToJson(CallFunction(*function, {scratch, false}, {&value, 1}));
}

TEST(ConversionTest, HiddenFunctionsAreNotListed) {
  for (const Function* function : Functions()) EXPECT_FALSE(function->hidden) << function->name;
}

TEST(ConversionTest, Dates) {
  EXPECT_EQ(Call("dateMillis", abi::String("2026-01-02T03:04:05.0069Z")), "1767323045006");
  EXPECT_EQ(Call("dateMillis", abi::Int(5)), "5");
  EXPECT_EQ(Call("dateMillis", abi::String("x")), "null");
  EXPECT_EQ(Call("dateMillis", abi::Null()), "null");
  EXPECT_EQ(Call("dateNanos", abi::String("2026-01-02T03:04:05.000000001Z")), "1767323045000000001");
  EXPECT_EQ(Call("dateNanos", abi::String("9999-01-01")), "null");
}

TEST(ConversionTest, Addresses) {
  EXPECT_EQ(Call("ipOrder", abi::String("10.0.0.1")), "\"00000000000000000000ffff0a000001\"");
  EXPECT_EQ(Call("ipOrder", abi::String("::ffff:10.0.0.1")), Call("ipOrder", abi::String("10.0.0.1")));
  EXPECT_EQ(Call("ipOrder", abi::String("10.0.0.0/8")), "null");
  EXPECT_EQ(Call("ipOrder", abi::Int(1)), "null");
}

TEST(ConversionTest, Versions) {
  EXPECT_EQ(Call("versionOrder", abi::String("1.2")), "\"011.012#\"");
  EXPECT_EQ(Call("versionOrder", abi::Double(1.5)), "\"011.015#\"");
  EXPECT_EQ(Call("versionOrder", abi::String("x")), "\"~x\"");
}

}  // namespace
}  // namespace eqlc
