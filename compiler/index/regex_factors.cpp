// Tested by tests/unit/compiler/index/regex_factors_test.cpp.
#include "compiler/index/regex_factors.h"

#include <algorithm>
#include <utility>

#include "runtime/value/regex_facts.h"

namespace eqlc::index {
namespace {

using regex::Facts;
using regex::NodeId;
using regex::NodeKind;

class Reader {
 public:
  explicit Reader(const regex::Tree& tree) : tree_(tree), facts_(regex::FactsOf(tree)) {}

  std::vector<Factor> Factors(NodeId id) const {
    const Facts& facts = facts_[id];
    if (facts.whole) return All(TestKind::kEqual, facts.begins);
    std::vector<Factor> best;
    for (std::vector<Factor> factors : {All(TestKind::kPrefix, facts.begins), All(TestKind::kSuffix, facts.ends),
                                        All(TestKind::kContains, facts.parts)}) {
      if (LeastWorth(factors) > LeastWorth(best)) best = std::move(factors);
    }
    if (best.empty() && tree_.nodes[id].kind == NodeKind::kUnion) return OfAlternatives(id);
    return best;
  }

 private:
  // None where one is too short.
  static std::vector<Factor> All(TestKind kind, const regex::Texts& texts) {
    std::vector<Factor> factors;
    for (const std::string& text : texts) {
      factors.push_back({kind, 0, text});
      if (!IsUsable(factors.back())) return {};
    }
    return factors;
  }

  static size_t LeastWorth(const std::vector<Factor>& factors) {
    size_t least = SIZE_MAX;
    for (const Factor& factor : factors) least = std::min(least, Worth(factor));
    return factors.empty() ? 0 : least;
  }

  // Each alternative by what is best for it.
  std::vector<Factor> OfAlternatives(NodeId id) const {
    std::vector<Factor> all;
    for (const NodeId child : tree_.nodes[id].children) {
      const std::vector<Factor> factors = Factors(child);
      if (factors.empty() || all.size() + factors.size() > regex::kMaxFactTexts) return {};
      all.insert(all.end(), factors.begin(), factors.end());
    }
    return all;
  }

  const regex::Tree& tree_;
  const std::vector<Facts> facts_;  // by NodeId
};

}  // namespace

std::vector<Factor> FactorsOf(const regex::Tree& tree) { return Reader(tree).Factors(tree.root); }

}  // namespace eqlc::index
