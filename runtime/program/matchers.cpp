// Which node gets which matcher. Tested by tests/unit/runtime/program/link_test.cpp.
#include "runtime/program/matchers.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace eqlc {
namespace {

constexpr std::string_view kCidrFunction = "cidrMatch";

std::vector<std::string_view> Texts(std::span<const abi::Value> constants) {
  std::vector<std::string_view> texts;
  texts.reserve(constants.size());
  for (const abi::Value& c : constants) texts.push_back(c.text());
  return texts;
}

// A constant of another type makes the call null; the function itself says so.
bool TakesCidrSet(const Function* function, std::span<const abi::Value> constants) {
  return function != nullptr && function->name == kCidrFunction && !constants.empty() &&
         std::all_of(constants.begin(), constants.end(), [](const abi::Value& c) { return c.is_string(); });
}

// Stores a matcher and gives its address.
template <typename T>
const void* Keep(std::vector<std::unique_ptr<T>>& store, std::unique_ptr<T> matcher) {
  store.push_back(std::move(matcher));
  return store.back().get();
}

}  // namespace

Status Matchers::Add(abi::ExprId id, const abi::ExprNode& node, const Function* function,
                     std::span<const abi::Value> constants) {
  const bool fold = (node.flags & abi::kFold) != 0;
  const bool python = (node.flags & abi::kPython) != 0;
  const void* matcher = nullptr;
  if (node.op == abi::Op::kIn) {
    matcher = Keep(value_sets_, std::make_unique<ValueSet>(constants, fold, python));
  } else if (node.op == abi::Op::kLike) {
    matcher = Keep(glob_sets_, std::make_unique<GlobSet>(Texts(constants), fold, python));
  } else if (node.op == abi::Op::kRegex) {
    auto set = python ? RegexSet::CompilePython(Texts(constants), fold) : RegexSet::Compile(Texts(constants), fold);
    if (!set) return set.error();
    matcher = Keep(regex_sets_, std::move(*set));
  } else if (node.op == abi::Op::kCall && TakesCidrSet(function, constants)) {
    auto set = CidrSet::Create(Texts(constants));
    if (!set) return set.error();
    matcher = Keep(cidr_sets_, std::make_unique<CidrSet>(std::move(*set)));
  }
  if (matcher == nullptr) return {};
  if (by_expr_.size() <= id) Resize(size_t{id} + 1);
  by_expr_[id] = matcher;
  return {};
}

}  // namespace eqlc
