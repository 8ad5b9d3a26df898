// The hosts that the rows of a count came from, as members of its result.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace eqlc {

inline constexpr std::string_view kHostKey = "hostname";

class Hosts {
 public:
  // `value` is a JSON text; empty: none. Gives the bytes that it takes, about: none when it is known.
  size_t Add(std::string_view value) {
    if (value.empty() || !hosts_.emplace(value).second) return 0;
    return sizeof(std::string) + kNodeBytes + value.size();
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

  std::set<std::string> hosts_;  // JSON texts
};

}  // namespace eqlc
