#include "compiler/rulefile/rule_keys.h"

namespace eqlc {
namespace {

constexpr RuleKey kRuleKeys[] = {
#define EQLC_RULE_KEY(section, name, type, effect, consequence) \
  {section, name, KeyType::type, KeyEffect::effect, consequence},
#include "compiler/rulefile/rule_keys.def"
#undef EQLC_RULE_KEY
};

}  // namespace

std::span<const RuleKey> AllRuleKeys() { return kRuleKeys; }

const RuleKey* FindRuleKey(std::string_view section, std::string_view name) {
  for (const RuleKey& key : kRuleKeys) {
    if (key.section == section && key.name == name) return &key;
  }
  return nullptr;
}

std::vector<std::string_view> RuleKeyNames(std::string_view section) {
  std::vector<std::string_view> names;
  for (const RuleKey& key : kRuleKeys) {
    if (key.section == section) names.push_back(key.name);
  }
  return names;
}

std::string_view DescribeKeyType(KeyType type) {
  switch (type) {
    case KeyType::kAny:
      return "any value";
    case KeyType::kString:
      return "a string";
    case KeyType::kInteger:
      return "an integer";
    case KeyType::kBoolean:
      return "true or false";
    case KeyType::kList:
      return "a list";
    case KeyType::kStringList:
      return "a list of strings";
    case KeyType::kStringOrList:
      return "a string or a list of strings";
    case KeyType::kTable:
      return "a table";
    case KeyType::kTableList:
      return "a list of tables";
  }
  return {};
}

}  // namespace eqlc
