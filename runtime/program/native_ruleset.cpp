#include "runtime/program/native_ruleset.h"

#include <cstring>
#include <mutex>
#include <string>

#include "runtime/program/cpu_features.h"
#include "runtime/program/helper_table.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

class RulesetCode : public NativeCode {
 public:
  RulesetCode(const abi::NativeRuleset& ruleset, std::shared_ptr<void> owner)
      : NativeCode(ruleset.condition_count, ruleset.rule_count), owner_(std::move(owner)) {
    for (uint32_t id = 0; id < ruleset.condition_count; ++id) slots().Set(id, ruleset.conditions[id]);
    for (uint32_t rule = 0; rule < ruleset.rule_count; ++rule) slots().SetAdvance(rule, ruleset.advance[rule]);
  }

 private:
  std::shared_ptr<void> owner_;
};

Error OtherVersion(const char* what, uint32_t theirs, uint32_t ours) {
  return Error{std::string("its ") + what + " has version " + std::to_string(theirs) + ", this build takes version " +
               std::to_string(ours) + "; compile the rules again"};
}

Status CheckRuleset(const abi::NativeRuleset& ruleset) {
  if (std::memcmp(ruleset.magic, abi::kRulesetMagic, sizeof ruleset.magic) != 0) {
    return Error{"not a compiled ruleset"};
  }
  if (ruleset.native_version != abi::kNativeVersion) {
    return OtherVersion("machine code", ruleset.native_version, abi::kNativeVersion);
  }
  if (ruleset.image_version != abi::kImageVersion) {
    return OtherVersion("program image", ruleset.image_version, abi::kImageVersion);
  }
  if (ruleset.helper_count != HelperTable().size()) return Error{"damaged: it has a wrong number of helpers"};
  const std::string missing = MissingCpuFeatures(ruleset.cpu_features);
  if (!missing.empty()) {
    return Error{std::string("it was compiled for ") + ruleset.cpu + ", and this processor lacks " + missing +
                 "; compile it with --cpu for this one"};
  }
  return {};
}

Status CheckAgainstImage(const abi::NativeRuleset& ruleset, const Image& image) {
  if (ruleset.image_checksum != image.header().checksum) return Error{"damaged: its code is that of other rules"};
  if (ruleset.condition_count != image.conditions().size() || ruleset.rule_count != image.rules().size()) {
    return Error{"damaged: it lacks code of some rules"};
  }
  return {};
}

// Only once for each ruleset, because its code may be running by the second time.
void FillHelpers(const abi::NativeRuleset& ruleset) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  for (size_t i = 0; i < ruleset.helper_count; ++i) {
    if (ruleset.helpers[i] == nullptr) ruleset.helpers[i] = HelperTable()[i].address;
  }
}

}  // namespace

Result<std::shared_ptr<const Program>> LinkRuleset(const abi::NativeRuleset& ruleset, std::shared_ptr<void> owner,
                                                   Damage damage) {
  if (Status status = CheckRuleset(ruleset); !status) return status.error();
  Result<Image> image = Image::ParseInPlace({ruleset.image, ruleset.image_size}, damage);
  if (!image) return image.error();
  if (Status status = CheckAgainstImage(ruleset, *image); !status) return status.error();
  FillHelpers(ruleset);
  return LinkProgram(std::move(*image), std::make_unique<RulesetCode>(ruleset, std::move(owner)));
}

}  // namespace eqlc
