// The keys of rule files, from rule_keys.def. Tested by tests/unit/compiler/rulefile/rule_keys_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace eqlc {

enum class KeyType : uint8_t {
  kAny,
  kString,
  kInteger,
  kBoolean,
  kList,
  kStringList,
  kStringOrList,
  kTable,
  kTableList,
};

enum class KeyEffect : uint8_t { kUsed, kInfo, kIgnored, kEventRules };

struct RuleKey {
  std::string_view section;  // empty: the top level
  std::string_view name;
  KeyType type;
  KeyEffect effect;
  std::string_view consequence;  // for kIgnored and kEventRules: what the rule's author should expect
};

std::span<const RuleKey> AllRuleKeys();

// nullptr: the formats have no such key.
const RuleKey* FindRuleKey(std::string_view section, std::string_view name);

// Names of a section's keys; empty for a section without a fixed set.
std::vector<std::string_view> RuleKeyNames(std::string_view section);

// "a list of strings", for messages.
std::string_view DescribeKeyType(KeyType type);

}  // namespace eqlc
