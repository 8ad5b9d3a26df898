// A leaf over one field is true when one of the field's values makes it true, so a test that every such value passes is
// a clause. Operators that give null for null at least ask for the field to be there.
// Tested by tests/unit/compiler/index/requirement_test.cpp.
#include "compiler/index/leaf_tests.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/index/factor.h"
#include "compiler/index/regex_factors.h"
#include "eqlc/limits.hpp"
#include "runtime/value/regex_parse.h"
#include "runtime/value/regex_python.h"
#include "runtime/value/utf8.h"

namespace eqlc::index {
namespace {

using abi::ExprId;
using abi::ExprNode;
using abi::Op;

// One literal part of a glob that every match has: between wildcards at `begin` and `end`.
Factor PartOf(std::string_view glob, size_t begin, size_t end) {
  std::string text(glob.substr(begin, end - begin));
  if (begin == 0) return {TestKind::kPrefix, 0, std::move(text)};
  if (end == glob.size()) return {TestKind::kSuffix, 0, std::move(text)};
  if (begin == 1 && glob[0] == '?') return {TestKind::kPrefix, 1, std::move(text)};
  return {TestKind::kContains, 0, std::move(text)};
}

// The best part; kPresent when no part is long enough. REQUIRES: the glob has a wildcard.
Factor FactorOf(std::string_view glob) {
  Factor best;
  // Parts of a pattern that is no UTF-8 match symbol by symbol, not byte by byte.
  if (!utf8::IsValid(glob)) return best;
  for (size_t begin = 0; begin <= glob.size();) {
    const size_t end = std::min(glob.find_first_of("*?", begin), glob.size());
    Factor part = PartOf(glob, begin, end);
    if (IsUsable(part) && (best.kind == TestKind::kPresent || Worth(part) > Worth(best))) best = std::move(part);
    begin = end + 1;
  }
  return best;
}

class LeafReader {
 public:
  LeafReader(ir::Module& module, ExprId argument)
      : module_(module), node_(module.expr(argument)), args_(module.args(argument)) {}

  std::optional<Clause> Read() {
    if (args_.empty() || module_.expr(args_[0]).op != Op::kField) return std::nullopt;
    field_ = module_.expr(args_[0]).aux;
    if (!CanProbe(module_, field_)) return std::nullopt;
    switch (node_.op) {
      case Op::kEq:
      case Op::kIn:
        return Equal();
      case Op::kLike:
        return Like();
      case Op::kCall:
        return Call();
      case Op::kLt:
      case Op::kLe:
      case Op::kGt:
      case Op::kGe:
        return Present();
      case Op::kRegex:
        return Regex();
      default:
        return std::nullopt;
    }
  }

 private:
  Clause Present() const { return {{field_, TestKind::kPresent}}; }

  // The constant behind argument `i`, or null when it is none.
  const ir::Literal* Constant(size_t i) const {
    const ExprNode& node = module_.expr(args_[i]);
    return node.op == Op::kConst ? &module_.literals()[node.aux] : nullptr;
  }

  std::optional<Clause> Equal() const {
    Clause clause;
    for (size_t i = 1; i < args_.size(); ++i) {
      const ir::Literal* literal = Constant(i);
      if (literal == nullptr) return std::nullopt;
      if (literal->kind == abi::ValueKind::kNull) {
        if ((node_.flags & abi::kPython) != 0) return std::nullopt;  // python-eql's null equals null
        continue;                                                    // equals nothing
      }
      clause.push_back({field_, TestKind::kEqual, 0, module_.expr(args_[i]).aux});
    }
    return Close(std::move(clause));
  }

  Clause Like() {
    Clause clause;
    for (size_t i = 1; i < args_.size(); ++i) {
      const abi::LiteralId glob = module_.expr(args_[i]).aux;
      const std::string text = module_.literals()[glob].text;
      if (text.find_first_of("*?") == std::string::npos) {
        clause.push_back({field_, TestKind::kEqual, 0, glob});
      } else {
        clause.push_back(TestOf(FactorOf(text)));
      }
    }
    return Close(std::move(clause));
  }

  // Patterns that cannot be read are refused elsewhere.
  Clause Regex() {
    Clause clause;
    for (size_t i = 1; i < args_.size(); ++i) {
      const std::string& pattern = module_.literals()[module_.expr(args_[i]).aux].text;
      const std::vector<Factor> factors = FactorsOfRegex(pattern);
      if (factors.empty() || clause.size() + factors.size() > limits::kMaxTestsPerClause) return Present();
      for (const Factor& factor : factors) clause.push_back(TestOf(factor));
    }
    return Close(std::move(clause));
  }

  std::vector<Factor> FactorsOfRegex(const std::string& pattern) const {
    const Result<std::string> lucene =
        (node_.flags & abi::kPython) != 0 ? regex::FromPython(pattern) : Result<std::string>(pattern);
    if (!lucene) return {};
    const Result<regex::Tree> tree = regex::Parse(*lucene, (node_.flags & abi::kFold) != 0);
    return tree ? FactorsOf(*tree) : std::vector<Factor>();
  }

  Test TestOf(const Factor& factor) {
    if (factor.kind == TestKind::kPresent) return {field_, TestKind::kPresent};
    ir::Literal literal{.kind = abi::ValueKind::kString, .i64 = 0, .text = factor.text};
    return {field_, factor.kind, factor.skip, module_.AddLiteral(std::move(literal))};
  }

  std::optional<Clause> Call() {
    const std::string_view name = module_.functions()[node_.aux];
    if (name == "cidrMatch") return Present();
    TestKind kind = TestKind::kPresent;
    if (name == "startsWith") kind = TestKind::kPrefix;
    if (name == "endsWith") kind = TestKind::kSuffix;
    if (name == "stringContains") kind = TestKind::kContains;
    if (kind == TestKind::kPresent || args_.size() != 2) return std::nullopt;
    const ir::Literal* literal = Constant(1);
    if (literal == nullptr || literal->kind != abi::ValueKind::kString) return std::nullopt;
    const Factor factor{kind, 0, literal->text};
    if (!IsUsable(factor)) return Present();
    return Clause{{field_, kind, 0, module_.expr(args_[1]).aux}};
  }

  // Presence includes all other tests.
  Clause Close(Clause clause) const {
    const auto is_present = [](const Test& test) { return test.kind == TestKind::kPresent; };
    if (clause.empty() || std::ranges::any_of(clause, is_present)) return Present();
    std::ranges::sort(clause);
    const auto repeated = std::ranges::unique(clause);
    clause.erase(repeated.begin(), repeated.end());
    return clause;
  }

  ir::Module& module_;
  const ExprNode node_;
  const std::span<const ExprId> args_;
  abi::FieldId field_ = abi::kNone;
};

}  // namespace

// Values that are in the frame before conditions are asked for. Arrays and objects, which whole fields may hold, equal
// no literal and are no text.
bool CanProbe(const ir::Module& module, abi::FieldId field) {
  const abi::FieldRole role = module.field_refs()[field].role;
  return role == abi::FieldRole::kValue || role == abi::FieldRole::kWhole || role == abi::FieldRole::kLineage;
}

std::optional<Clause> LeafTests(ir::Module& module, ExprId leaf) {
  return LeafReader(module, module.args(leaf)[0]).Read();
}

}  // namespace eqlc::index
