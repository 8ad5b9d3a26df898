// Array searches and residuals are compiled, not left to the interpreter; the scenarios and the differential tests say
// that the answers are the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/native/jit.h"
#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc {
namespace {

TEST(SearchCode, EveryConditionAndTransitionIsCompiled) {
  ir::Module module;
  for (const char* query : {
           "any where _arraysearch(a, $e, $e.x == 1 and not _arraysearch($e.b, $f, $f.y : \"z*\" and $f.w == $e.w))",
           "any where not _arraysearch(a, $e, length($e.x) > 3) or descendant of [any where c regex \"x+\"]",
           "sequence by k [any where a == 1] as e [any where startswith~(b, e.b) or _arraysearch(s, $x, $x.n == e.n)]",
           "sequence [any where a == 1] with runs=2 as e [any where b == e.b] with runs=2 as f [any where b == f.b]",
       }) {
    EXPECT_THAT(testing::AddRule(query, module, Dialect::kEndpoint), ::testing::IsEmpty()) << query;
  }
  ASSERT_EQ(ir::Verify(module), "");
  for (const OptLevel level : {OptLevel::kO0, OptLevel::kO1, OptLevel::kO2}) {
    const auto native = JitCompile(module, {.level = level});
    ASSERT_TRUE(native.ok()) << native.error().message;
    for (size_t i = 0; i < module.conditions().size(); ++i) EXPECT_NE((*native)->tables().conditions[i], nullptr) << i;
    EXPECT_NE((*native)->tables().advance[2], nullptr);
    EXPECT_NE((*native)->tables().advance[3], nullptr);
  }
}

}  // namespace
}  // namespace eqlc
