// Tested by tests/unit/compiler/index/select_fields_test.cpp and, as a part of the index, by the differential tests.
#include "runtime/match/select_fields.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/abi/bits.h"
#include "runtime/program/expr_walk.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

using Fields = FieldSelection::Fields;

// Categories are some dozens; a field of more values tells events apart more finely than rules do.
constexpr size_t kMaxKinds = 64;

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void Unite(Fields& fields, const Fields& more) {
  for (size_t word = 0; word < fields.size(); ++word) fields[word] |= more[word];
}

class Selector {
 public:
  explicit Selector(const Program::Impl& program)
      : program_(program),
        image_(program.image),
        walk_(image_),
        of_every_event_(OfEveryEvent()),
        read_(ReadByConditions()) {}

  // By the signature field whose kinds need the fewest fields.
  FieldSelection Select() {
    FieldSelection best;
    double fewest = static_cast<double>(image_.fields().size());
    for (const abi::ImageSignatureField& part : image_.signature()) {
      FieldSelection selection = SelectBy(part.field);
      if (const double fields = MeanFields(selection); fields < fewest) {
        fewest = fields;
        best = std::move(selection);
      }
    }
    return best;
  }

 private:
  FieldSelection SelectBy(abi::FieldId by) const {
    FieldSelection selection;
    if (image_.fields()[by].role != abi::FieldRole::kValue || !AddKinds(by, selection)) return {};
    selection.by = by;
    selection.others = of_every_event_;
    AddField(by, selection.others);
    bool others_match = !image_.process_models().empty();  // whose processes every event is about
    for (FieldSelection::Kind& kind : selection.kinds) kind.fields = selection.others;
    for (abi::ConditionId id = 0; id < read_.size(); ++id) {
      const std::optional<std::vector<std::string>> wanted = KindsOf(by, image_.requirements()[id]);
      if (!wanted) Unite(selection.others, read_[id]);
      others_match |= !wanted;
      for (FieldSelection::Kind& kind : selection.kinds) {
        if (!wanted || std::ranges::find(*wanted, kind.value) != wanted->end()) Unite(kind.fields, read_[id]);
      }
    }
    // What matches nothing still moves the clock.
    if (!others_match) selection.others_end = image_.header().timestamp_field;
    return selection;
  }

  double MeanFields(const FieldSelection& selection) const {
    if (selection.by == abi::kNone) return static_cast<double>(image_.fields().size());
    size_t sum = bits::Count(selection.others);
    for (const FieldSelection::Kind& kind : selection.kinds) sum += bits::Count(kind.fields);
    return static_cast<double>(sum) / static_cast<double>(selection.kinds.size() + 1);
  }

  static bool IsTestOfKind(abi::FieldId by, const abi::ImageTest& test) {
    return test.field == by && test.kind == abi::TestKind::kEqual;
  }

  // False when there are too many, or some literal is no text, or one whose case is more than ASCII's.
  bool AddKinds(abi::FieldId by, FieldSelection& selection) const {
    for (const abi::ImageTest& test : image_.tests()) {
      if (!IsTestOfKind(by, test)) continue;
      const abi::Value& literal = program_.literals[test.literal];
      if (!literal.is_string() || !IsAscii(literal.text())) return false;
      std::string value = ascii::Fold(literal.text());
      const bool is_known =
          std::ranges::find(selection.kinds, value, &FieldSelection::Kind::value) != selection.kinds.end();
      if (is_known) continue;
      if (selection.kinds.size() == kMaxKinds) return false;
      selection.kinds.push_back({std::move(value), {}});
    }
    return true;
  }

  // The kinds of events that can meet a requirement; nothing when all can, for all that it says.
  std::optional<std::vector<std::string>> KindsOf(abi::FieldId by, const abi::ImageRequirement& requirement) const {
    for (const abi::ImageClause& clause :
         image_.clauses().subspan(requirement.first_clause, requirement.clause_count)) {
      const auto tests = image_.tests().subspan(clause.first_test, clause.test_count);
      if (!std::ranges::all_of(tests, [&](const abi::ImageTest& test) { return IsTestOfKind(by, test); })) continue;
      std::vector<std::string> kinds;
      for (const abi::ImageTest& test : tests) kinds.push_back(ascii::Fold(program_.literals[test.literal].text()));
      return kinds;
    }
    return std::nullopt;
  }

  Fields OfEveryEvent() const {
    Fields fields(bits::WordsFor(image_.fields().size()));
    AddField(image_.header().timestamp_field, fields);
    AddField(image_.header().tiebreaker_field, fields);
    for (const abi::ImageProcessModel& model : image_.process_models()) {
      for (const abi::FieldId field : {model.process, model.parent, model.ancestry}) AddField(field, fields);
    }
    return fields;
  }

  // By ConditionId: what it reads, and what is read of events that it holds for.
  std::vector<Fields> ReadByConditions() {
    std::vector<Fields> read(image_.conditions().size(), Fields(bits::WordsFor(image_.fields().size())));
    for (abi::ConditionId id = 0; id < read.size(); ++id) AddExpr(image_.conditions()[id].root, read[id]);
    for (const abi::ImageComputed& computed : image_.computed()) AddExpr(computed.expr, read[computed.condition]);
    for (const abi::ImageRule& rule : image_.rules()) {
      const auto add_keys = [&](uint32_t index) {
        const abi::ImageItem& item = image_.items()[index];
        for (const abi::ImageKey& key : image_.keys().subspan(item.first_key, rule.key_count)) {
          AddField(key.field, read[item.condition]);
          AddField(key.fallback, read[item.condition]);
        }
      };
      for (uint32_t i = 0; i < rule.item_count; ++i) add_keys(rule.first_item + i);
      if (rule.until_item != abi::kNone) add_keys(rule.until_item);
    }
    return read;
  }

  void AddExpr(abi::ExprId root, Fields& fields) {
    walk_.ForEachNode(root, [&](const abi::ExprNode& node) {
      if (node.op == abi::Op::kField) AddField(node.aux, fields);
      if (node.op == abi::Op::kAnyElement) AddField(image_.scopes()[node.aux].array, fields);
    });
  }

  void AddField(abi::FieldId field, Fields& fields) const {
    if (field == abi::kNone) return;
    // What belongs to an element of an array is a part of something read from the event.
    if (image_.fields()[field].role == abi::FieldRole::kMember) field = image_.fields()[field].source;
    bits::Set(fields.data(), field);
  }

  const Program::Impl& program_;
  const Image& image_;
  ExprWalk walk_;
  const Fields of_every_event_;
  const std::vector<Fields> read_;  // [ConditionId]
};

}  // namespace

FieldSelection SelectFields(const Program::Impl& program) { return Selector(program).Select(); }

}  // namespace eqlc
