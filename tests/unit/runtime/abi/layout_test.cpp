// The layout that generated code and stored images rely on. A change here needs a new kNativeVersion or kImageVersion.
#include <gtest/gtest.h>

#include <cstddef>
#include <type_traits>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/abi/image.h"
#include "runtime/abi/native.h"
#include "runtime/abi/sequence.h"
#include "runtime/abi/value.h"

namespace eqlc::abi {
namespace {

template <typename T>
constexpr bool IsPlain() {
  return std::is_standard_layout_v<T> && std::is_trivially_copyable_v<T>;
}

TEST(LayoutTest, Value) {
  static_assert(IsPlain<Value>());
  EXPECT_EQ(offsetof(Value, payload), 0u);
  EXPECT_EQ(offsetof(Value, size), 8u);
  EXPECT_EQ(offsetof(Value, kind), 12u);
  EXPECT_EQ(sizeof(Value), 16u);
  EXPECT_EQ(static_cast<int>(ValueKind::kNull), 0);
  EXPECT_EQ(static_cast<int>(ValueKind::kBool), 1);
  EXPECT_EQ(static_cast<int>(ValueKind::kInt), 2);
  EXPECT_EQ(static_cast<int>(ValueKind::kUint), 3);
  EXPECT_EQ(static_cast<int>(ValueKind::kDouble), 4);
  EXPECT_EQ(static_cast<int>(ValueKind::kString), 5);
  EXPECT_EQ(static_cast<int>(ValueKind::kJson), 6);
}

TEST(LayoutTest, EveryIntegerHasOneRepresentation) {
  EXPECT_EQ(Uint(7).kind, ValueKind::kInt);
  EXPECT_EQ(Uint(uint64_t{INT64_MAX}).kind, ValueKind::kInt);
  EXPECT_EQ(Uint(uint64_t{1} << 63).kind, ValueKind::kUint);
}

TEST(LayoutTest, Frame) {
  static_assert(IsPlain<FieldSlot>() && IsPlain<EventFrame>());
  EXPECT_EQ(offsetof(FieldSlot, first), 0u);
  EXPECT_EQ(offsetof(FieldSlot, count), 4u);
  EXPECT_EQ(offsetof(FieldSlot, capacity), 8u);
  EXPECT_EQ(sizeof(FieldSlot), 16u);
  EXPECT_EQ(offsetof(EventFrame, slots), 0u);
  EXPECT_EQ(offsetof(EventFrame, values), 8u);
  EXPECT_EQ(offsetof(EventFrame, memo), 16u);
  EXPECT_EQ(offsetof(EventFrame, scratch), 24u);
  EXPECT_EQ(offsetof(EventFrame, epoch), 32u);
  EXPECT_EQ(offsetof(EventFrame, elements), 40u);
  EXPECT_EQ(offsetof(EventFrame, present), 48u);
  EXPECT_EQ(sizeof(EventFrame), 56u);
}

TEST(LayoutTest, Sequences) {
  static_assert(IsPlain<KeyState>());
  EXPECT_EQ(offsetof(KeyState, links), 0u);
  EXPECT_EQ(offsetof(KeyState, next), 16u);
  EXPECT_EQ(offsetof(KeyState, slots), 40u);
  EXPECT_EQ(sizeof(KeyState), 40u + sizeof(EventNode*));
}

TEST(LayoutTest, Tables) {
  EXPECT_EQ(offsetof(ProgramTables, literals), 0u);
  EXPECT_EQ(offsetof(ProgramTables, matchers), 8u);
  EXPECT_EQ(offsetof(ProgramTables, functions), 16u);
  EXPECT_EQ(offsetof(NativeTables, conditions), 0u);
  EXPECT_EQ(offsetof(NativeTables, advance), 8u);
}

TEST(LayoutTest, Expressions) {
  static_assert(IsPlain<ExprNode>());
  EXPECT_EQ(offsetof(ExprNode, op), 0u);
  EXPECT_EQ(offsetof(ExprNode, flags), 1u);
  EXPECT_EQ(offsetof(ExprNode, aux), 4u);
  EXPECT_EQ(offsetof(ExprNode, first_arg), 8u);
  EXPECT_EQ(offsetof(ExprNode, arg_count), 12u);
  EXPECT_FALSE(IsCondition(Op::kCall));
  EXPECT_TRUE(IsCondition(Op::kLeaf));
  EXPECT_TRUE(IsCondition(Op::kAny));
}

TEST(LayoutTest, Image) {
  EXPECT_EQ(offsetof(ImageHeader, magic), 0u);
  EXPECT_EQ(offsetof(ImageHeader, version), 8u);
  EXPECT_EQ(offsetof(ImageHeader, header_size), 12u);
  EXPECT_EQ(offsetof(ImageHeader, size), 16u);
  EXPECT_EQ(offsetof(ImageHeader, checksum), 24u);
  EXPECT_EQ(offsetof(ImageHeader, leaf_count), 32u);
  EXPECT_EQ(offsetof(ImageHeader, timestamp_field), 36u);
  EXPECT_EQ(offsetof(ImageHeader, tiebreaker_field), 40u);
  EXPECT_EQ(offsetof(ImageHeader, fields), 48u);
#define X(name, type) static_assert(IsPlain<type>() && alignof(type) <= 8);
  EQLC_IMAGE_SECTIONS(X)
#undef X
#define X(name, type) +1
  EXPECT_EQ(sizeof(ImageHeader), 48u + sizeof(ImageSection) * (EQLC_IMAGE_SECTIONS(X)));
#undef X
}

TEST(LayoutTest, ImageRecords) {
  EXPECT_EQ(sizeof(ImageString), 8u);
  EXPECT_EQ(sizeof(ImageLiteral), 16u);
  EXPECT_EQ(offsetof(ImageLiteral, kind), 12u);
  EXPECT_EQ(offsetof(ImageRule, risk_score), 40u);
  EXPECT_EQ(offsetof(ImageRule, kind), 44u);
  EXPECT_EQ(offsetof(ImageRule, until_first), 45u);
  EXPECT_EQ(offsetof(ImageRule, first_item), 48u);
  EXPECT_EQ(offsetof(ImageRule, maxspan_ns), 64u);
  EXPECT_EQ(sizeof(ImageRule), 80u);
  EXPECT_EQ(sizeof(ImageItem), 16u);
  EXPECT_EQ(offsetof(ImageItem, runs), 8u);
  EXPECT_EQ(offsetof(ImageItem, missing), 10u);
  EXPECT_EQ(offsetof(ImageItem, fork), 11u);
  EXPECT_EQ(offsetof(ImageItem, residual), 12u);
  EXPECT_EQ(sizeof(ImageKey), 12u);
  EXPECT_EQ(sizeof(ImageField), 28u);
  EXPECT_EQ(offsetof(ImageField, role), 16u);
  EXPECT_EQ(sizeof(ImageScope), 8u);
  EXPECT_EQ(sizeof(ImageComputed), 16u);
  EXPECT_EQ(sizeof(ImageProcessModel), 28u);
  EXPECT_EQ(sizeof(ImageLineage), 16u);
  EXPECT_EQ(sizeof(ImagePipe), 24u);
}

}  // namespace
}  // namespace eqlc::abi
