// The hosts that the rows of a count came from, as members of its result.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/value/json_value.h"

namespace eqlc {

inline constexpr std::string_view kHostKey = "hostname";

class Hosts {
 public:
  // Whether the JSON text, or the lack of one, names a host.
  static bool IsHost(std::string_view value) { return !value.empty() && value != "null" && value != "\"\""; }
  // Gives the bytes that it takes, about: none when it is known, or no host.
  size_t Add(std::string_view value) {
    if (!IsHost(value)) return 0;
    std::string host;
    AppendCanonical(host, value, /*fold=*/false);
    const auto [known, added] = hosts_.insert(std::move(host));
    return added ? sizeof(std::string) + kNodeBytes + known->size() : 0;
  }
  bool empty() const { return hosts_.empty(); }
  // `,"hosts":[...],"total_hosts":n`, or nothing when there is none.
  std::string Members() const {
    if (hosts_.empty()) return {};
    std::string out = ",\"hosts\":[";
    for (const std::string& host : hosts_) out += (out.back() == '[' ? "" : ",") + host;
    return out + "],\"total_hosts\":" + std::to_string(hosts_.size());
  }

 private:
  static constexpr size_t kNodeBytes = 4 * sizeof(void*);  // of a set, beside the text

  std::set<std::string> hosts_;  // canonical JSON texts
};

}  // namespace eqlc
