#include "runtime/program/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "eqlc/limits.hpp"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::Op;
using ::testing::HasSubstr;
using testing::ImageBuilder;

// A bit of everything: an event rule, a sequence with until, a sample.
ImageBuilder Example() {
  ImageBuilder b;
  const ExprId user = b.Field("user.name");
  const ExprId pid = b.Field("pid");
  const ExprId a = b.Leaf(b.Node(Op::kEq, {user, b.Str("a")}));
  const ExprId low = b.Leaf(b.Node(Op::kLt, {pid, b.Int(10)}));
  const ExprId in = b.Leaf(b.Node(Op::kIn, {pid, b.Int(1), b.Str("2")}));
  const ExprId like = b.Leaf(b.Node(Op::kLike, {user, b.Str("x*")}, abi::kNone, abi::kFold));
  const ExprId call = b.Leaf(b.Call("startsWith", {user, b.Str("y")}));
  const ExprId never = b.Node(Op::kNever, {low});
  const auto either = b.Condition(b.Node(Op::kAny, {a, b.Node(Op::kAll, {never, in})}));
  const auto both = b.Condition(b.Node(Op::kAll, {like, call}));
  // user.name is "a" or begins with "?yes"; the second condition needs nothing.
  b.requirements = {{0, 1}, {1, 0}};
  b.clauses = {{0, 2}};
  b.Str("yes");
  const auto yes = static_cast<abi::LiteralId>(b.literals.size() - 1);
  b.tests = {{0, 0, abi::TestKind::kEqual, 0, {}}, {0, yes, abi::TestKind::kPrefix, 1, {}}};
  b.signature = {{0}};
  b.timestamp_field = 1;
  b.keys.push_back({0, 1});
  b.Rule(RuleKind::kEvent, {either});
  abi::ImageRule& sequence = b.Rule(RuleKind::kSequence, {either, both, either});
  sequence.key_count = 1;
  sequence.until_item = 0;
  sequence.maxspan_ns = 5;
  sequence.pipe_count = 1;
  b.items[2].runs = 3;
  b.items[3].missing = 1;
  b.pipes.push_back({abi::PipeKind::kTail, 0, 0, 0, 7});
  b.Rule(RuleKind::kSample, {both, either}).key_count = 1;
  return b;
}

std::string ParseError(std::vector<std::byte> bytes) {
  const auto image = Image::Parse(std::move(bytes));
  return image.ok() ? "" : image.error().message;
}

TEST(ImageTest, GivesViewsOfTheSections) {
  const auto image = Image::Parse(Example().Build());
  ASSERT_TRUE(image.ok()) << image.error().message;
  EXPECT_EQ(image->fields().size(), 2u);
  EXPECT_EQ(image->text(image->fields()[0].path), "user.name");
  EXPECT_EQ(image->text(image->functions()[0].name), "startsWith");
  EXPECT_EQ(image->rules().size(), 3u);
  EXPECT_EQ(image->text(image->rules()[1].id), "rule-1");
  EXPECT_EQ(image->items()[2].runs, 3);
  EXPECT_EQ(image->pipes()[0].count, 7u);
  const abi::ExprNode& root = image->exprs()[image->conditions()[0].root];
  EXPECT_EQ(root.op, Op::kAny);
  EXPECT_EQ(image->args(image->conditions()[0].root).size(), 2u);
}

TEST(ImageTest, AcceptsAnEmptyProgram) { EXPECT_EQ(ParseError(ImageBuilder().Build()), ""); }

struct Change {
  const char* name;
  std::function<void(ImageBuilder&)> apply;
};

// Each breaks one invariant; the expressions of Example stand before the appended ones.
const Change kDamages[] = {
    {"field path", [](auto& b) { b.fields[0].path.size = 1'000'000; }},
    {"field path that wraps", [](auto& b) { b.fields[0].path = {UINT32_MAX, UINT32_MAX}; }},
    {"field twice", [](auto& b) { b.fields[1] = b.fields[0]; }},
    {"timestamp field", [](auto& b) { b.timestamp_field = 2; }},
    {"tiebreaker field", [](auto& b) { b.tiebreaker_field = 2; }},
    {"function name", [](auto& b) { b.functions[0].name.offset = 1'000'000; }},
    {"literal kind", [](auto& b) { b.literals[1].kind = static_cast<abi::ValueKind>(6); }},
    {"literal text", [](auto& b) { b.literals[0].payload = UINT64_MAX; }},
    {"literal truth", [](auto& b) { b.Const(abi::ValueKind::kBool, 2); }},
    {"small uint", [](auto& b) { b.Const(abi::ValueKind::kUint, 5); }},
    {"infinite literal", [](auto& b) { b.Const(abi::ValueKind::kDouble, 0x7FF0000000000000); }},
    {"operator", [](auto& b) { b.exprs[0].op = static_cast<Op>(200); }},
    {"flags", [](auto& b) { b.exprs[0].flags = abi::kFold; }},
    {"unknown flag", [](auto& b) { b.Node(Op::kIn, {0}, abi::kNone, 4); }},
    {"flag of another operator", [](auto& b) { b.Node(Op::kNot, {0}, abi::kNone, abi::kPython); }},
    {"depth of a search", [](auto& b) { b.Node(Op::kSearch, {0, 0}, 1'000'000); }},
    {"argument range", [](auto& b) { b.exprs.back().first_arg = 1'000'000; }},
    {"argument count", [](auto& b) { b.exprs.back().arg_count = UINT32_MAX; }},
    {"arity", [](auto& b) { b.Node(Op::kEq, {0}); }},
    {"argument order", [](auto& b) { b.Node(Op::kNot, {static_cast<ExprId>(b.exprs.size())}); }},
    {"literal index", [](auto& b) { b.Node(Op::kConst, {}, 1'000); }},
    {"field index", [](auto& b) { b.Node(Op::kField, {}, 2); }},
    {"function index", [](auto& b) { b.Node(Op::kCall, {0}, 1); }},
    {"aux where there is none", [](auto& b) { b.Node(Op::kNot, {0}, 0); }},
    {"leaf number twice", [](auto& b) { b.Node(Op::kLeaf, {0}, 0); }},
    {"leaf number out of range", [](auto& b) { b.Node(Op::kLeaf, {0}, b.leaf_count); }},
    {"too few leaves", [](auto& b) { b.leaf_count++; }},
    {"huge leaf count", [](auto& b) { b.leaf_count = UINT32_MAX; }},
    {"condition below a value", [](auto& b) { b.Node(Op::kNot, {b.Leaf(0)}); }},
    {"leaf of a condition", [](auto& b) { b.Leaf(b.Leaf(0)); }},
    {"value below a condition", [](auto& b) { b.Node(Op::kAll, {0, 1}); }},
    {"all of one", [](auto& b) { b.Node(Op::kAll, {b.Leaf(0)}); }},
    {"any in any", [](auto& b) { b.Node(Op::kAny, {b.Node(Op::kAny, {}), b.Leaf(0)}); }},
    {"never of never", [](auto& b) { b.Node(Op::kNever, {b.Node(Op::kNever, {b.Leaf(0)})}); }},
    {"like without operand", [](auto& b) { b.Node(Op::kLike, {}); }},
    {"pattern that is no literal", [](auto& b) { b.Node(Op::kLike, {0, 1}); }},
    {"pattern that is no text", [](auto& b) { b.Node(Op::kRegex, {0, b.Int(1)}); }},
    {"condition root", [](auto& b) { b.Condition(1'000); }},
    {"root that is a value", [](auto& b) { b.Condition(0); }},
    {"requirement for half the conditions", [](auto& b) { b.requirements.pop_back(); }},
    {"clause range", [](auto& b) { b.requirements[1].clause_count = 1; }},
    {"clause shared", [](auto& b) { b.requirements[1] = {0, 1}; }},
    {"clause without test", [](auto& b) { b.clauses[0].test_count = 0; }},
    {"test range", [](auto& b) { b.clauses[0].test_count = 3; }},
    {"test without clause", [](auto& b) { b.clauses[0].test_count = 1; }},
    {"test kind", [](auto& b) { b.tests[0].kind = static_cast<abi::TestKind>(5); }},
    {"test field", [](auto& b) { b.tests[0].field = 2; }},
    {"test literal", [](auto& b) { b.tests[0].literal = 1'000; }},
    {"test of presence with a literal", [](auto& b) { b.tests[0].kind = abi::TestKind::kPresent; }},
    {"test of a number's beginning", [](auto& b) { b.tests[1].literal = 1; }},
    {"test of a text too short to search by", [](auto& b) { b.tests[1].literal = 0; }},
    {"test of a part too short to search by",
     [](auto& b) { b.tests[1] = {0, b.tests[1].literal, abi::TestKind::kContains, 0, {}}; }},
    {"clause too long",
     [](auto& b) {
       b.tests.resize(limits::kMaxTestsPerClause + 1, b.tests[0]);
       b.clauses[0].test_count = limits::kMaxTestsPerClause + 1;
     }},
    {"test skips too much", [](auto& b) { b.tests[1].skip = 2; }},
    {"test skips where nothing is skipped", [](auto& b) { b.tests[0].skip = 1; }},
    {"signature field", [](auto& b) { b.signature[0].field = 2; }},
    {"signature without index",
     [](auto& b) {
       b.requirements.clear();
       b.clauses.clear();
       b.tests.clear();
     }},
    {"signature too long", [](auto& b) { b.signature.assign(limits::kMaxSignatureFields + 1, {0}); }},
    {"key field", [](auto& b) { b.keys[0].field = 2; }},
    {"key type", [](auto& b) { b.keys[0].type = static_cast<abi::KeyType>(abi::kKeyTypeCount); }},
    {"null value", [](auto& b) { b.fields[0].null_value = 1'000; }},
    {"date formats", [](auto& b) { b.fields[0].date_formats = 1'000; }},
    {"date formats that are none", [](auto& b) { b.fields[0].date_formats = 0; }},
    {"key flag", [](auto& b) { b.keys[0].optional = 2; }},
    {"pipe", [](auto& b) { b.pipes[0].kind = static_cast<abi::PipeKind>(2); }},
    {"rule text", [](auto& b) { b.rules[0].parameters.offset = 1'000'000; }},
    {"rule kind", [](auto& b) { b.rules[0].kind = 4; }},
    {"join with runs", [](auto& b) { b.rules[1].kind = static_cast<uint8_t>(RuleKind::kJoin); }},
    {"place of until", [](auto& b) { b.rules[1].until_first = 2; }},
    {"pipe kind", [](auto& b) { b.pipes[0].kind = static_cast<abi::PipeKind>(9); }},
    {"pipe argument range", [](auto& b) { b.pipes[0].first_arg = 1'000'000, b.pipes[0].arg_count = 1; }},
    {"argument of a tail", [](auto& b) { b.pipes[0].arg_count = 1; }},
    {"pipe argument that is a condition",
     [](auto& b) {
       b.args.push_back(b.conditions[0].root);
       b.pipes[0] = {abi::PipeKind::kFilter, 0, static_cast<uint32_t>(b.args.size() - 1), 1, 0};
     }},
    {"fork flag", [](auto& b) { b.items[1].fork = 2; }},
    {"field of an event that no row has",
     [](auto& b) {
       b.fields.push_back({.path = b.fields[0].path, .role = abi::FieldRole::kRow, .scope = limits::kMaxSequenceItems});
     }},
    {"field of a row's first event",
     [](auto& b) { b.fields.push_back({.path = b.fields[0].path, .role = abi::FieldRole::kRow, .scope = 0}); }},
    {"computed field that events fill", [](auto& b) { b.computed.push_back({0, 0, 0, 0}); }},
    {"computed field of no condition",
     [](auto& b) {
       b.fields.push_back({.path = b.fields[0].path, .role = abi::FieldRole::kComputed});
       b.computed.push_back({99, 2, 0, 0});
     }},
    {"no items", [](auto& b) { b.rules[0].item_count = 0; }},
    {"item range", [](auto& b) { b.rules[2].first_item = 5; }},
    {"too many items", [](auto& b) { b.rules[1].item_count = UINT32_MAX; }},
    {"until", [](auto& b) { b.rules[1].until_item = 1'000; }},
    {"maxspan", [](auto& b) { b.rules[1].maxspan_ns = -2; }},
    {"pipe range", [](auto& b) { b.rules[1].first_pipe = 1; }},
    {"item of no rule", [](auto& b) { b.items.push_back({.condition = 2, .first_key = 0, .runs = 1}); }},
    {"item condition", [](auto& b) { b.items[0].condition = 2; }},
    {"item keys", [](auto& b) { b.items[1].first_key = 1; }},
    {"no runs", [](auto& b) { b.items[1].runs = 0; }},
    {"too many runs", [](auto& b) { b.items[1].runs = limits::kMaxRuns + 1; }},
    {"missing flag", [](auto& b) { b.items[1].missing = 2; }},
    {"event rule with two items", [](auto& b) { b.rules[0].item_count = 2; }},
    {"event rule with a key", [](auto& b) { b.rules[0].key_count = 1; }},
    {"event rule that is missing", [](auto& b) { b.items[0].missing = 1; }},
    {"sample with runs", [](auto& b) { b.items[4].runs = 2; }},
    {"sequence of nothing but absence", [](auto& b) { b.items[1].missing = b.items[2].missing = 1; }},
    {"until with runs", [](auto& b) { b.rules[1].until_item = 2; }},
};

TEST(ImageTest, RefusesWhateverBreaksAnInvariant) {
  for (const Change& damage : kDamages) {
    ImageBuilder b = Example();
    damage.apply(b);
    EXPECT_THAT(ParseError(b.Build()), HasSubstr("damaged program image: ")) << damage.name;
  }
}

// What the endpoint dialect adds: an array search, a process relation, an item that reads the event before it.
ImageBuilder EndpointExample() {
  ImageBuilder b;
  const ExprId name = b.Field("s.x");  // field 0
  const auto add = [&b](abi::ImageField field) { b.fields.push_back(field); };
  add({.path = b.Text("s"), .role = abi::FieldRole::kElements});
  add({.path = b.Text("s.x"), .role = abi::FieldRole::kMember, .source = 0, .scope = 0});
  add({.path = b.Text("s.x"), .role = abi::FieldRole::kAlias, .scope = 0});
  add({.path = b.Text(""), .role = abi::FieldRole::kLineage, .source = 0});
  b.scopes.push_back({1});
  const ExprId in_element = b.Leaf(b.Node(Op::kField, {}, 2));
  const auto search = b.Condition(b.Node(Op::kNever, {b.Node(Op::kAnyElement, {in_element}, 0)}));
  const auto residual = b.Condition(b.Leaf(b.Node(Op::kEq, {name, b.Node(Op::kField, {}, 3)})));
  const auto related = b.Condition(b.Leaf(b.Node(Op::kField, {}, 4)));
  b.process_models.push_back({0, 0, abi::kNone, abi::kNone, search});
  b.lineages.push_back({abi::LineageKind::kDescendant, 0, search, 4});
  b.keys.push_back({.field = 0, .optional = 1, .fallback = 0});
  b.Rule(RuleKind::kSequence, {search, related}).key_count = 1;
  b.items[1].residual = residual;
  return b;
}

const Change kEndpointDamages[] = {
    {"role", [](auto& b) { b.fields[0].role = static_cast<abi::FieldRole>(abi::kFieldRoleCount); }},
    {"source of a plain field", [](auto& b) { b.fields[0].source = 0; }},
    {"source of a member", [](auto& b) { b.fields[2].source = 9; }},
    {"member of a member", [](auto& b) { b.fields[2].source = 2; }},
    {"scope of a member", [](auto& b) { b.fields[2].scope = 1; }},
    {"stage of an alias", [](auto& b) { b.fields[3].scope = limits::kMaxSequenceItems; }},
    {"lineage of a field", [](auto& b) { b.fields[4].source = 1; }},
    {"scope over no array", [](auto& b) { b.scopes[0].array = 0; }},
    {"scope over nothing", [](auto& b) { b.scopes[0].array = 9; }},
    {"scope of a search", [](auto& b) { b.Node(Op::kAnyElement, {b.Leaf(0)}, 1); }},
    {"search for a value", [](auto& b) { b.Node(Op::kAnyElement, {0}, 0); }},
    {"searches in searches",
     [](auto& b) {
       ExprId id = b.Leaf(0);
       for (uint32_t i = 0; i <= limits::kMaxArraySearchNesting; ++i) id = b.Node(Op::kAnyElement, {id}, 0);
     }},
    {"process of a model", [](auto& b) { b.process_models[0].process = 1; }},
    {"ancestry of a model", [](auto& b) { b.process_models[0].ancestry = 9; }},
    {"condition of a model", [](auto& b) { b.process_models[0].end = 9; }},
    {"reset of a model", [](auto& b) { b.process_models[0].reset = 9; }},
    {"step of a model", [](auto& b) { b.process_models[0].step = 9; }},
    {"lineage kind", [](auto& b) { b.lineages[0].kind = static_cast<abi::LineageKind>(3); }},
    {"lineage model", [](auto& b) { b.lineages[0].model = 1; }},
    {"lineage source", [](auto& b) { b.lineages[0].source = 9; }},
    {"lineage field", [](auto& b) { b.lineages[0].field = 0; }},
    {"residual", [](auto& b) { b.items[1].residual = 9; }},
    {"residual of the first item", [](auto& b) { b.items[0].residual = 1; }},
    {"key that is no event field", [](auto& b) { b.keys[0].field = 3; }},
    {"fallback of a key", [](auto& b) { b.keys[0].fallback = 1; }},
};

TEST(ImageTest, RefusesWhateverBreaksAnInvariantOfTheEndpointDialect) {
  EXPECT_EQ(ParseError(EndpointExample().Build()), "");
  for (const Change& damage : kEndpointDamages) {
    ImageBuilder b = EndpointExample();
    damage.apply(b);
    EXPECT_THAT(ParseError(b.Build()), HasSubstr("damaged program image: ")) << damage.name;
  }
}

TEST(ImageTest, LooksForDamageWhereItIsPossible) {
  std::vector<std::byte> bytes = Example().Build();
  ++reinterpret_cast<abi::ImageHeader*>(bytes.data())->checksum;
  EXPECT_FALSE(Image::Parse(bytes).ok());
  EXPECT_TRUE(Image::Parse(bytes, Damage::kRuledOut).ok());
  bytes.pop_back();
  EXPECT_FALSE(Image::Parse(bytes, Damage::kRuledOut).ok());
}

TEST(ImageTest, RefusesBadLayout) {
  const auto with_header = [](const std::function<void(abi::ImageHeader&)>& change) {
    std::vector<std::byte> bytes = Example().Build();
    change(*reinterpret_cast<abi::ImageHeader*>(bytes.data()));
    return ParseError(std::move(bytes));
  };
  EXPECT_THAT(with_header([](auto& h) { h.magic[0] = 'X'; }), HasSubstr("not a program image"));
  EXPECT_THAT(with_header([](auto& h) { ++h.version; }), HasSubstr("compile the rules again"));
  EXPECT_THAT(with_header([](auto& h) { ++h.checksum; }), HasSubstr("checksum"));
  EXPECT_THAT(with_header([](auto& h) { h.header_size -= 8; }), HasSubstr("header of"));
  EXPECT_THAT(with_header([](auto& h) { h.rules.offset += 4; }), HasSubstr("section rules is not aligned"));
  EXPECT_THAT(with_header([](auto& h) { h.rules.offset = 0; }), HasSubstr("section rules is out of place"));
  EXPECT_THAT(with_header([](auto& h) { h.rules.offset = h.exprs.offset; }),
              HasSubstr("section rules is out of place"));
  EXPECT_THAT(with_header([](auto& h) { h.bytes.offset = UINT64_MAX - 7; }),
              HasSubstr("section bytes is out of place"));
  EXPECT_THAT(with_header([](auto& h) { h.rules.count = UINT64_MAX; }), HasSubstr("section rules is cut off"));
  EXPECT_THAT(with_header([](auto& h) { h.fields.count += 1; }), HasSubstr("section scopes is out of place"));
  EXPECT_EQ(ParseError({}), "not a program image");
}

TEST(ImageTest, RefusesEveryTruncationAndExtension) {
  const std::vector<std::byte> bytes = Example().Build();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(ParseError({bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size)}), "");
  }
  std::vector<std::byte> longer = bytes;
  longer.push_back({});
  EXPECT_NE(ParseError(longer), "");
}

TEST(ImageTest, BoundsDepth) {
  const auto nested = [](uint32_t depth) {
    ImageBuilder b;
    ExprId id = b.Field("x");
    for (uint32_t i = 1; i < depth; ++i) id = b.Node(Op::kNot, {id});
    return ParseError(b.Build());
  };
  EXPECT_EQ(nested(limits::kMaxExprDepth), "");
  EXPECT_THAT(nested(limits::kMaxExprDepth + 1), HasSubstr("nested too deep"));
}

TEST(ImageTest, BoundsWhatSharingHides) {
  const auto doubled = [](int times) {
    ImageBuilder b;
    ExprId id = b.Field("x");
    for (int i = 0; i < times; ++i) id = b.Node(Op::kAdd, {id, id});
    b.Leaf(id);
    return ParseError(b.Build());
  };
  EXPECT_EQ(doubled(20), "");
  EXPECT_THAT(doubled(200), HasSubstr("too large"));
}

}  // namespace
}  // namespace eqlc
