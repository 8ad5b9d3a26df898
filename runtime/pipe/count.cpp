// count a, b: one new event per key with how many rows had it, fewest first, at the end of the input; without arguments
// one event for all rows.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/pipe/hosts.h"
#include "runtime/pipe/order.h"
#include "runtime/pipe/stage.h"
#include "runtime/value/json.h"
#include "runtime/value/json_text.h"

namespace eqlc {
namespace {

std::string_view HostOf(const PipeRow& row) {
  if (row.events().empty() || row.events()[0] == nullptr) return {};
  return json::MemberOf(json::SourceOf(row.events()[0]->json()), kHostKey);
}

class Count final : public PipeStage {
 public:
  explicit Count(const StageSetup& setup)
      : fold_(setup.pipe.fold != 0),
        args_(setup.args),
        evaluator_(setup.evaluator),
        account_(setup.account),
        memory_(setup.memory) {}

  void Push(PipeRow row, const RowSink&) override {
    const std::vector<abi::Value>& values = evaluator_.Evaluate(row, args_);
    const auto [group, added] = groups_.try_emplace(KeyText(values, fold_));
    if (added) {
      if (account_.full()) {
        groups_.erase(group);
        return account_.Drop();
      }
      group->second.key.emplace(values);
      Charge(sizeof(Group) + group->first.size() + group->second.key->bytes(), group->second);
    }
    ++total_;
    ++group->second.count;
    if (!account_.full()) Charge(group->second.hosts.Add(HostOf(row)), group->second);
    if (timestamp_ns_ == 0 && !row.events().empty() && row.events()[0] != nullptr) {
      timestamp_ns_ = row.events()[0]->timestamp_ns();
    }
  }

  void Finish(const RowSink& out) override {
    if (args_.empty()) {
      const std::string total = Total();
      while (!groups_.empty()) Drop(groups_.begin());
      return Give(total, out);
    }
    std::vector<Groups::iterator> order;
    for (auto group = groups_.begin(); group != groups_.end(); ++group) order.push_back(group);
    const std::vector<abi::Value> empty = EmptyValues();
    std::sort(order.begin(), order.end(), [](Groups::iterator left, Groups::iterator right) {
      const Group &a = left->second, &b = right->second;
      return a.count != b.count ? a.count < b.count : KeyLess(*a.key, *b.key);
    });
    for (const Groups::iterator group : order) {
      const std::string document = Document(group->second, empty);
      Drop(group);  // what comes behind may need the memory
      Give(document, out);
    }
  }
  bool holds_back() const override { return true; }

 private:
  struct Group {
    uint64_t count = 0;
    std::optional<OrderKey> key;  // as the first row spells it
    Hosts hosts;
    size_t bytes = 0;  // charged
  };
  using Groups = std::map<std::string, Group>;  // by KeyText

  void Charge(size_t bytes, Group& group) {
    group.bytes += bytes;
    account_.held_bytes += bytes;
  }
  void Drop(Groups::iterator group) {
    account_.held_bytes -= group->second.bytes;
    groups_.erase(group);
  }

  std::string Total() const {
    const Hosts none;
    const Hosts& hosts = groups_.empty() ? none : groups_.begin()->second.hosts;
    return "{\"key\":\"totals\",\"count\":" + std::to_string(total_) + hosts.Members() + '}';
  }

  // What stands for null at each place of a key: the empty value of the type that other keys have there.
  std::vector<abi::Value> EmptyValues() const {
    std::vector<abi::Value> empty(args_.size(), abi::Null());
    for (const auto& [text, group] : groups_) {
      for (size_t i = 0; i < empty.size(); ++i) {
        if (empty[i].is_null()) empty[i] = EmptyOf((*group.key)[i].kind);
      }
    }
    return empty;
  }

  static abi::Value EmptyOf(abi::ValueKind kind) {
    switch (kind) {
      case abi::ValueKind::kBool:
        return abi::Bool(false);
      case abi::ValueKind::kInt:
      case abi::ValueKind::kUint:
        return abi::Int(0);
      case abi::ValueKind::kDouble:
        return abi::Double(0);
      case abi::ValueKind::kString:
        return abi::String("");
      case abi::ValueKind::kNull:
      case abi::ValueKind::kJson:
        break;
    }
    return abi::Null();
  }

  std::string Document(const Group& group, const std::vector<abi::Value>& empty) const {
    std::string text;
    for (size_t i = 0; i < empty.size(); ++i) {
      const abi::Value part = (*group.key)[i];
      text += (i == 0 ? "" : ",") + ToJson(part.is_null() ? empty[i] : part);
    }
    if (empty.size() > 1) text = '[' + text + ']';
    const double percent = static_cast<double>(group.count) / static_cast<double>(total_);
    return "{\"count\":" + std::to_string(group.count) + group.hosts.Members() + ",\"key\":" + text +
           ",\"percent\":" + ToJson(abi::Double(percent)) + '}';
  }

  void Give(const std::string& document, const RowSink& out) const {
    EventRecord* record = EventRecord::Create(memory_, document, timestamp_ns_);
    if (record == nullptr) return;
    PipeRow row({&record, 1}, {});
    record->Unref();
    out(std::move(row));
  }

  const bool fold_;
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
  SlabPool& memory_;
  Groups groups_;
  uint64_t total_ = 0;
  int64_t timestamp_ns_ = 0;  // of the first event, for want of a better one
};

}  // namespace

std::unique_ptr<PipeStage> MakeCount(const StageSetup& setup) { return std::make_unique<Count>(setup); }

}  // namespace eqlc
