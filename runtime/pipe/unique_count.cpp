// unique_count a, b: the first row of each key, in order of appearance, at the end of the input; its first event says
// how many rows had the key, which part of all rows that is, and which hosts they came from.
#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <unordered_map>

#include "runtime/pipe/hosts.h"
#include "runtime/pipe/stage.h"
#include "runtime/value/json.h"
#include "runtime/value/json_scalar.h"
#include "runtime/value/json_text.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

constexpr std::array<std::string_view, 5> kOwnMembers = {kHostKey, "hosts", "total_hosts", "count", "percent"};

std::string_view EventOf(const PipeRow& row) {
  if (row.events().empty() || row.events()[0] == nullptr) return {};
  return json::SourceOf(row.events()[0]->json());
}

// The members of an event but those that the pipe writes itself, as they stand, without the closing brace.
std::string WithoutOwnMembers(std::string_view event) {
  std::string out = "{";
  for (json::Reader member(event); member.Next();) {
    if (std::find(kOwnMembers.begin(), kOwnMembers.end(), member.key()) != kOwnMembers.end()) continue;
    if (out.size() > 1) out += ',';
    out.append(member.raw_key()).append(":").append(member.value());
  }
  return out;
}

class UniqueCount final : public PipeStage {
 public:
  explicit UniqueCount(const StageSetup& setup)
      : fold_(setup.pipe.fold != 0),
        args_(setup.args),
        evaluator_(setup.evaluator),
        account_(setup.account),
        memory_(setup.memory) {}

  void Push(PipeRow row, const RowSink&) override {
    const auto [known, added] = index_.try_emplace(KeyText(evaluator_.Evaluate(row, args_), fold_), groups_.size());
    const std::string_view event = EventOf(row);
    if (added && account_.full()) {
      index_.erase(known);
      return account_.Drop();
    }
    const double count = CountOf(event);
    total_ += count;
    if (added) {
      const size_t bytes = sizeof(Group) + known->first.size() + row.bytes();
      groups_.push_back({.row = std::move(row)});
      Charge(bytes, groups_.back());
    } else {
      ++account_.suppressed;
    }
    Group& group = groups_[known->second];
    group.count += count;
    // The event of a row lies where it did.
    AddHosts(event, group);
  }

  void Finish(const RowSink& out) override {
    index_.clear();
    while (!groups_.empty()) {
      Group group = std::move(groups_.front());
      groups_.pop_front();
      account_.held_bytes -= group.bytes;  // what comes behind may need the memory
      Give(group, out);
    }
  }
  bool holds_back() const override { return true; }

 private:
  struct Group {
    PipeRow row;
    double count = 0;
    Hosts hosts = {};
    size_t bytes = 0;  // charged
  };

  void Charge(size_t bytes, Group& group) {
    group.bytes += bytes;
    account_.held_bytes += bytes;
  }

  // Rows that come from another count bring their number along.
  static double CountOf(std::string_view event) {
    const auto count = ParseJsonNumber(json::MemberOf(event, "count"));
    if (!count) return 1;
    if (count->kind == abi::ValueKind::kDouble) return count->payload.f64;
    return count->kind == abi::ValueKind::kUint ? static_cast<double>(count->payload.u64)
                                                : static_cast<double>(count->payload.i64);
  }
  // As many as there is memory for.
  void AddHosts(std::string_view event, Group& group) {
    const auto add = [&](std::string_view host) {
      if (!account_.full()) Charge(group.hosts.Add(host), group);
    };
    const std::string_view host = json::MemberOf(event, kHostKey);
    if (Hosts::IsHost(host)) return add(host);
    for (json::Reader each(json::MemberOf(event, "hosts")); each.Next();) add(each.value());
  }
  static std::string NumberText(double number) { return ToJson(CanonicalNumber(abi::Double(number))); }

  void Give(Group& group, const RowSink& out) const {
    std::string document = WithoutOwnMembers(EventOf(group.row));
    if (document.size() > 1) document += ',';
    document += "\"count\":" + NumberText(group.count) + group.hosts.Members() +
                ",\"percent\":" + ToJson(abi::Double(total_ == 0 ? 0 : group.count / total_)) + '}';
    std::vector<EventRecord*> events(group.row.events().begin(), group.row.events().end());
    if (events.empty()) return out(std::move(group.row));
    const int64_t timestamp_ns = events[0] != nullptr ? events[0]->timestamp_ns() : 0;
    EventRecord* record = EventRecord::Create(memory_, document, timestamp_ns);
    if (record == nullptr) return;
    events[0] = record;
    PipeRow row(events, group.row.join_keys());
    record->Unref();
    out(std::move(row));
  }

  const bool fold_;
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
  SlabPool& memory_;
  std::unordered_map<std::string, size_t> index_;  // KeyText to group
  std::deque<Group> groups_;
  double total_ = 0;
};

}  // namespace

std::unique_ptr<PipeStage> MakeUniqueCount(const StageSetup& setup) { return std::make_unique<UniqueCount>(setup); }

}  // namespace eqlc
