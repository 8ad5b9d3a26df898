// RulesUnderTest: IR built by hand, then evaluated by generated code and by the interpreter.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/native/jit.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/interp/interp.h"
#include "runtime/program/program.h"

namespace eqlc::testing {

using abi::ExprId;
using abi::Op;

inline ir::Literal LiteralOf(std::string_view text) { return {abi::ValueKind::kString, 0, std::string(text)}; }
inline ir::Literal LiteralOf(int64_t number) { return {abi::ValueKind::kInt, number, ""}; }
inline ir::Literal LiteralOf(bool truth) { return {abi::ValueKind::kBool, truth, ""}; }
inline ir::Literal LiteralOf(double number) { return {abi::ValueKind::kDouble, abi::Double(number).payload.i64, ""}; }

// Expressions and conditions of one module.
class RulesUnderTest {
 public:
  ExprId Field(std::string_view path) { return module_.Make(Op::kField, {}, module_.Field(path)); }
  template <typename T>
  ExprId Const(T value) {
    return module_.Make(Op::kConst, {}, module_.AddLiteral(LiteralOf(value)));
  }
  ExprId Text(std::string_view text) { return Const(text); }
  ExprId Make(Op op, const std::vector<ExprId>& args, uint8_t flags = 0) {
    return module_.Make(op, args, abi::kNone, flags);
  }
  // A field against texts: kIn, kLike, kRegex.
  ExprId Match(Op op, std::string_view field, const std::vector<std::string>& texts, uint8_t flags = 0) {
    std::vector<ExprId> args = {Field(field)};
    for (const std::string& text : texts) args.push_back(Text(text));
    return Make(op, args, flags);
  }
  ExprId Call(std::string_view function, const std::vector<ExprId>& args, uint8_t flags = 0) {
    return module_.Make(Op::kCall, args, module_.Function(function), flags);
  }
  ExprId Leaf(ExprId argument) { return module_.Make(Op::kLeaf, {&argument, 1}, module_.leaf_count()); }
  abi::ConditionId Condition(ExprId root) { return module_.AddCondition(root); }
  abi::ConditionId LeafCondition(ExprId argument) { return Condition(Leaf(argument)); }
  ir::Module& module() { return module_; }

  // Compiles and links what was added.
  void Build(OptLevel level) {
    if (module_.fields().empty()) module_.Field("unused");
    auto image = Image::Parse(ir::WriteImage(module_));
    ASSERT_TRUE(image.ok()) << image.error().message;
    auto program = LinkProgram(std::move(*image), nullptr);
    ASSERT_TRUE(program.ok()) << program.error().message;
    program_ = *program;
    auto native = JitCompile(module_, {.level = level});
    ASSERT_TRUE(native.ok()) << native.error().message;
    native_ = std::move(*native);
  }

  FrameBuffer NewFrame() const { return {module_.fields().size(), module_.leaf_count()}; }
  const Program::Impl& program() const { return program_->impl(); }
  abi::NativeTables native() const { return native_->tables(); }
  bool Native(abi::ConditionId condition, FrameBuffer& frame) const {
    const abi::ProgramTables tables = program().tables();
    return native().conditions[condition].load()(&frame.frame(), &tables);
  }
  bool Interpreted(abi::ConditionId condition, FrameBuffer& frame) const {
    return EvalCondition(program(), frame.frame(), condition);
  }

 private:
  ir::Module module_;
  std::shared_ptr<const Program> program_;
  std::unique_ptr<NativeCode> native_;
};

// "a value of each kind" in tests: a field and what it holds.
struct FieldValue {
  std::string_view field;
  abi::Value value;
};

inline void Fill(RulesUnderTest& rules, FrameBuffer& frame, const std::vector<FieldValue>& values) {
  frame.Clear();
  for (const FieldValue& v : values) ASSERT_TRUE(frame.Append(rules.module().Field(v.field), v.value));
}

}  // namespace eqlc::testing
