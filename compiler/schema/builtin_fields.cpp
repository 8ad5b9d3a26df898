// Tested by tests/unit/compiler/schema/field_catalog_test.cpp.
#include "compiler/schema/builtin_fields.h"

#include <algorithm>
#include <array>
#include <deque>

namespace eqlc {
namespace {

struct Row {
  std::string_view parents;  // separated by blanks; empty: the top level
  std::string_view members;  // "b: exists trusted k: name"
};

constexpr std::array kRows = {
#define EQLC_FIELDS(parents, members) Row{parents, members},
#include "compiler/schema/ecs_fields.inc"
#undef EQLC_FIELDS
};

FieldType TypeOf(char letter) {
  switch (letter) {
    case 'b':
      return FieldType::kBoolean;
    case 'd':
      return FieldType::kDate;
    case 'i':
      return FieldType::kIp;
    case 'k':
      return FieldType::kKeyword;
    case 'n':
      return FieldType::kLong;
    case 'v':
      return FieldType::kVersion;
    default:
      return FieldType::kUnknown;
  }
}

template <typename Visit>
void ForEachWord(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const size_t blank = text.find(' ');
    visit(text.substr(0, blank));
    text = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
  }
}

struct Table {
  Table() {
    for (const Row& row : kRows) {
      if (row.parents.empty()) Add("", row.members);
      ForEachWord(row.parents, [&](std::string_view parent) { Add(std::string(parent) + '.', row.members); });
    }
  }

  void Add(const std::string& prefix, std::string_view members) {
    FieldType type = FieldType::kUnknown;
    ForEachWord(members, [&](std::string_view word) {
      if (word.ends_with(':')) {
        type = TypeOf(word[0]);
        return;
      }
      const std::string_view path = paths.emplace_back(prefix + std::string(word));
      fields.emplace(path, type);
    });
  }

  std::deque<std::string> paths;  // keys of `fields`
  std::unordered_map<std::string_view, FieldType> fields;
};

const Table& GetTable() {
  static const Table table;
  return table;
}

}  // namespace

const std::unordered_map<std::string_view, FieldType>& BuiltinFields() { return GetTable().fields; }

// Not sorted before a suggestion asks for it: that takes longer than parsing a rule.
const std::vector<std::string_view>& BuiltinPaths() {
  static const std::vector<std::string_view> paths = [] {
    std::vector<std::string_view> sorted;
    for (const auto& [path, type] : BuiltinFields()) sorted.push_back(path);
    std::ranges::sort(sorted);
    return sorted;
  }();
  return paths;
}

}  // namespace eqlc
