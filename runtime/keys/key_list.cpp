#include "runtime/keys/key_list.h"

#include <algorithm>

namespace eqlc {
namespace {

bool SameKeys(std::span<const abi::ImageKey> a, std::span<const abi::ImageKey> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const abi::ImageKey& x, const abi::ImageKey& y) {
    return x.field == y.field && x.optional == y.optional && x.type == y.type && x.fallback == y.fallback;
  });
}

}  // namespace

uint32_t InternKeyList(std::vector<KeyList>& lists, std::span<const abi::ImageKey> list) {
  for (uint32_t i = 0; i < lists.size(); ++i) {
    if (SameKeys(lists[i], list)) return i;
  }
  lists.emplace_back(list.begin(), list.end());
  return static_cast<uint32_t>(lists.size() - 1);
}

}  // namespace eqlc
