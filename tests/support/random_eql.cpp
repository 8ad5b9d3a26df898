#include "tests/support/random_eql.h"

#include <fmt/format.h>

#include <utility>

namespace eqlc::testing {
namespace {

const std::vector<std::string> kCategories = {"process", "file", "network", "any"};
const std::vector<std::string> kStringFields = {"process.name",   "process.args", "file.path",    "user.id",
                                                "destination.ip", "list.item",    "absent.field", "mixed"};
const std::vector<std::string> kNumberFields = {"process.pid", "destination.port", "list.n", "mixed", "ratio"};
const std::vector<std::string> kBoolFields = {"flag", "mixed", "absent.flag"};
const std::vector<std::string> kTexts = {"",
                                         "a",
                                         "ab",
                                         "AB",
                                         "abc",
                                         "cmd.exe",
                                         "CMD.EXE",
                                         "C:\\Windows\\cmd.exe",
                                         "*",
                                         "a*b",
                                         "5",
                                         "42",
                                         "4.5",
                                         "0x1F",
                                         "true",
                                         "\u00e9t\u00e9",
                                         "\u00c9T\u00c9",
                                         "\U0001F600x",
                                         "10.1.2.3",
                                         "192.168.0.9",
                                         "::1",
                                         "8.8.8.8",
                                         "fe80::1",
                                         "line\nbreak",
                                         "tab\there",
                                         "quote\"s",
                                         "svchost.exe -k netsvcs -p -s Schedule"};
const std::vector<std::string> kPatterns = {"*", "a*",      "*b",       "*.exe", "*windows*", "?",  "a?c",  "c*d*e*e",
                                            "",  "cmd.exe", "*\u00e9*", "??",    "*.EXE",     "5*", "10.*", "*a*b*"};
const std::vector<std::string> kRegexes = {"a.*",      "[a-c]+", ".*\\\\.exe",  "(ab|cd)*", "\\\\d+",
                                           "a{1,2}b?", "<1-50>", "~(a.*)",      "a.*&.*c",  "@",
                                           ".",        "[^a]*",  "\\\"a*b\\\"", "#|ab"};
const std::vector<std::string> kBlocks = {"10.0.0.0/8", "192.168.0.0/16", "::1", "fe80::/10", "8.8.8.8", "0.0.0.0/0"};
const std::vector<std::string> kDates = {
    "\"2026\"",          "\"2026-01-02\"", "\"2026-01-02T03:04\"", "\"2026-01-02T03:04:05.006Z\"",
    "\"1767323045006\"", "1767323045006"};
const std::vector<std::string> kAddresses = {"\"10.1.2.3\"", "\"::ffff:10.1.2.3\"", "\"192.168.0.9\"", "\"::1\""};
const std::vector<std::string> kVersions = {"\"1.2.4\"", "\"1.2.4-rc.1\"", "\"1.11.3\"", "\"2.0\"", "\"bad\""};
const std::vector<std::string> kCompare = {"==", "!=", "<", "<=", ">", ">="};

// Keys of items must have one type with those of the others, so only fields that no schema knows.
const std::vector<std::string> kKeys = {"host.id", "user.id", "?user.id", "list.item", "process.pid"};
const std::vector<std::string> kTypedKeys = {"seen", "peer", "?app.version", "level", "?process.start"};

std::string QuoteEql(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out + "\"";
}

}  // namespace

std::string RandomEql::StringField() { return (Chance(10) ? "?" : "") + Pick(kStringFields); }
std::string RandomEql::NumberField() { return Pick(kNumberFields); }
std::string RandomEql::StringLiteral() { return QuoteEql(Pick(kTexts)); }
std::string RandomEql::NumberLiteral() {
  static const std::vector<std::string> kNumbers = {
      "0", "1", "4", "5", "42", "443", "4.5", "1e3", "9223372036854775807", "18446744073709551615", "0.0"};
  const std::string& number = Pick(kNumbers);
  const bool has_negation = number != "18446744073709551615";
  return (has_negation && Chance(15) ? "-" : "") + number;
}
std::string RandomEql::Pattern() { return QuoteEql(Pick(kPatterns)); }

std::string RandomEql::List(std::string (RandomEql::*item)()) {
  std::string out = "(" + (this->*item)();
  for (uint32_t n = Chance(10) ? 20 : Below(4); n > 0; --n) out += ", " + (this->*item)();
  return out + ")";
}

std::string RandomEql::NumberExpr(int depth) {
  switch (depth > 0 ? Below(7) : Below(2)) {
    case 0:
      return NumberField();
    case 1:
      return fmt::format("length({})", StringField());
    case 2:
      return fmt::format("({} {} {})", NumberExpr(depth - 1), Pick<std::string>({"+", "-", "*", "/", "%"}),
                         NumberLiteral());
    case 3:
      return fmt::format("indexOf{}({}, {})", Chance(50) ? "~" : "", StringExpr(depth - 1), StringLiteral());
    case 4:
      return fmt::format("number({})", StringExpr(depth - 1));
    case 5:
      return fmt::format("modulo({}, {})", NumberExpr(depth - 1), NumberLiteral());
    default:
      return fmt::format("-{}", NumberField());
  }
}

std::string RandomEql::StringExpr(int depth) {
  switch (depth > 0 ? Below(6) : 0u) {
    case 0:
      return StringField();
    case 1:
      return fmt::format("substring({}, {})", StringExpr(depth - 1), Pick<std::string>({"0, 2", "-2", "1, -1", "3"}));
    case 2:
      return fmt::format("concat({}, {})", StringExpr(depth - 1), Chance(50) ? StringLiteral() : NumberField());
    case 3:
      return fmt::format("string({})", NumberField());
    case 4:
      return fmt::format("between{}({}, \"a\", \"c\"{})", Chance(50) ? "~" : "", StringExpr(depth - 1),
                         Chance(30) ? ", true" : "");
    default:
      return fmt::format("substring({}, 0, length({}) - 1)", StringField(), StringField());
  }
}

std::string RandomEql::CompareLeaf() {
  const std::string op = Pick(kCompare);
  switch (Below(6)) {
    case 0:
      return fmt::format("{} {} {}", NumberField(), op, NumberLiteral());
    case 1:
      return fmt::format("{} {} {}", NumberLiteral(), op, NumberField());
    case 2:
      return fmt::format("{} {} {}", StringField(), op, StringLiteral());
    case 3:
      return fmt::format("{} {} {}", StringField(), op, NumberLiteral());
    case 4:
      return fmt::format("{} {} null", StringField(), Chance(50) ? "==" : "!=");
    default:
      return fmt::format("{} {} {}", Pick(kBoolFields), Chance(50) ? "==" : "!=", Chance(50) ? "true" : "false");
  }
}

std::string RandomEql::SetLeaf() {
  const bool numbers = Chance(25);
  const std::string op = Pick<std::string>({"in", "in~", "not in", "not in~"});
  return fmt::format("{} {} {}", numbers ? NumberField() : StringField(), op,
                     List(numbers ? &RandomEql::NumberLiteral : &RandomEql::StringLiteral));
}

std::string RandomEql::PatternLeaf() {
  if (Chance(25)) return fmt::format("{} {} \"{}\"", StringField(), Chance(50) ? "regex" : "regex~", Pick(kRegexes));
  const std::string op = Pick<std::string>({":", "like", "like~"});
  return fmt::format("{} {} {}", StringField(), op, Chance(50) ? Pattern() : List(&RandomEql::Pattern));
}

std::string RandomEql::CallLeaf() {
  const std::string fold = Chance(50) ? "~" : "";
  switch (Below(4)) {
    case 0:
      return fmt::format("startsWith{}({}, {})", fold, StringField(), StringLiteral());
    case 1:
      return fmt::format("endsWith{}({}, {})", fold, StringField(), StringLiteral());
    case 2:
      return fmt::format("stringContains{}({}, {})", fold, StringField(), StringLiteral());
    default:
      return fmt::format("cidrMatch({}, \"{}\", \"{}\")", StringField(), Pick(kBlocks), Pick(kBlocks));
  }
}

std::string RandomEql::ComputedLeaf() {
  switch (Below(6)) {
    case 0:
      return fmt::format("{} {} {}", NumberExpr(2), Pick(kCompare), NumberLiteral());
    case 1:
      return fmt::format("{} {} {}", StringExpr(2), Pick(kCompare), StringLiteral());
    case 2:
      return fmt::format("{} : {}", StringExpr(2), Pattern());
    case 3:
      return fmt::format("{} == null", Chance(50) ? StringExpr(2) : NumberExpr(2));
    case 4:
      return fmt::format("{} {} {}", CallLeaf(), Chance(50) ? "==" : "!=", Chance(50) ? "true" : "false");
    default:
      return fmt::format("startsWith~({}, {})", StringExpr(1), StringExpr(1));
  }
}

std::string RandomEql::Schema() {
  return R"({"seen": "date_nanos", "peer": "ip", "app.version": "version", "level": "keyword",
             "quiet": {"type": "keyword", "null_value": "none"}, "day": {"type": "date", "format": "dd-MM-yyyy"}})";
}

std::string RandomEql::TypedLeaf() {
  struct TypedField {
    std::string name;
    std::vector<std::string> literals;
  };
  static const std::vector<TypedField> kTyped = {{"process.start", kDates},
                                                 {"seen", kDates},
                                                 {"peer", kAddresses},
                                                 {"app.version", kVersions},
                                                 {"quiet", {"\"none\"", "\"a\"", "null"}},
                                                 {"level", {"5", "42", "\"5\""}},
                                                 {"day", {"\"02-01-2026\"", "\"03-01-2026\""}}};
  const TypedField& field = kTyped[Below(static_cast<uint32_t>(kTyped.size()))];
  if (Chance(25)) {
    return fmt::format("{} {}in ({}, {})", field.name, Chance(30) ? "not " : "", Pick(field.literals),
                       Pick(field.literals));
  }
  return fmt::format("{} {} {}", field.name, Pick(kCompare), Pick(field.literals));
}

std::string RandomEql::Leaf() {
  switch (Below(8)) {
    case 0:
    case 1:
      return CompareLeaf();
    case 2:
      return SetLeaf();
    case 3:
      return PatternLeaf();
    case 4:
      return CallLeaf();
    case 5:
      return ComputedLeaf();
    case 6:
      return TypedLeaf();
    default:
      return Pick(kBoolFields);
  }
}

std::string RandomEql::TestOf(const std::string& field) {
  const std::string text =
      Chance(60) ? Pick<std::string>({"\"a\"", "\"A\"", "\"ab\"", "\"5\"", "\"*\""}) : StringLiteral();
  switch (Below(8)) {
    case 0:
    case 1:
      return fmt::format("{} {} {}", field, Chance(70) ? "==" : "!=", text);
    case 2:
      return fmt::format("{} {} ({}, {})", field, Pick<std::string>({"in", "in~", "not in"}), text, StringLiteral());
    case 3:
      return fmt::format("{} {} {}", field, Pick<std::string>({":", "like"}), text);
    case 4:
      return fmt::format("{} {} ({}, {})", field, Pick<std::string>({":", "like", "like~"}), Pattern(), Pattern());
    case 5:
      return fmt::format("{}{}({}, {})", Pick<std::string>({"startsWith", "endsWith", "stringContains"}),
                         Chance(50) ? "~" : "", field, text);
    case 6:
      return fmt::format("{} {} null", field, Chance(50) ? "==" : "!=");
    default:
      return fmt::format("{} in (5, 42, {})", field, text);
  }
}

// Tests of one field or two, some of them twice, in the forms that passes look for.
std::string RandomEql::RelatedTests() {
  const std::string field = StringField(), other = Chance(50) ? field : StringField();
  const std::string a = TestOf(field), b = TestOf(field), c = TestOf(other), d = Chance(50) ? Leaf() : TestOf(other);
  switch (Below(8)) {
    case 0:
      return fmt::format("({0} and {1}) or ({2} and {0}) or {3}", a, b, c, d);
    case 1:
      return fmt::format("{0} and ({0} or {1}) and (not ({2}) or {3})", a, b, c, d);
    case 2:
      return fmt::format("{0} or {1} or {2} or ({3} and {0})", a, b, c, d);
    case 3:
      return fmt::format("not ({0}) and not ({1}) and not ({2} and {3})", a, b, c, d);
    case 4:
      return fmt::format("not ({0} and {1}) and not ({0} and {2}) and {3}", a, b, c, d);
    case 5:
      return fmt::format("{0} and (not ({0}) or {1}) and ({2} or {3} or not ({1}))", a, b, c, d);
    case 6:
      return fmt::format("({0} and {1} and {2}) or ({1} and {0} and {3})", a, b, c, d);
    default:
      return fmt::format("{0} and {1} and not ({2}) and ({3} or {1})", a, b, c, d);
  }
}

std::string RandomEql::Condition(int depth) {
  if (depth == 0 || Chance(30)) return Leaf();
  if (Chance(25)) return RelatedTests();
  switch (Below(5)) {
    case 0:
      return fmt::format("not ({})", Condition(depth - 1));
    case 1:
    case 2:
      return fmt::format("({}) and ({})", Condition(depth - 1), Condition(depth - 1));
    case 3:
      return fmt::format("({}) or ({})", Condition(depth - 1), Condition(depth - 1));
    default:
      return fmt::format("not ({}) or ({}) or ({})", Leaf(), Condition(depth - 1), Leaf());
  }
}

std::string RandomEql::Filter(int depth) { return fmt::format("{} where {}", Pick(kCategories), Condition(depth)); }

std::string RandomEql::EventQuery() { return Filter(static_cast<int>(Below(4))); }

std::string RandomEql::SequenceItem(bool may_miss) {
  const std::string body =
      fmt::format("[{}]", Chance(40) ? fmt::format("{} where true", Pick(kCategories)) : Filter(1));
  return (may_miss && Chance(25) ? "!" : "") + body;
}

std::string RandomEql::Sequence() {
  std::string out = "sequence";
  if (Chance(70)) out += " by " + Pick(Chance(30) ? kTypedKeys : kKeys) + (Chance(20) ? ", " + Pick(kKeys) : "");
  const bool maxspan = Chance(60);
  if (maxspan) out += fmt::format(" with maxspan={}{}", 1 + Below(9), Chance(80) ? "s" : "ms");
  const bool item_keys = Chance(30);
  const uint32_t items = 2 + Below(2);
  const uint32_t positive = Below(items);  // at least this one
  for (uint32_t i = 0; i < items; ++i) {
    std::string item = SequenceItem(maxspan && i != positive);
    if (item_keys) item += " by " + Pick(kKeys);
    if (item[0] != '!' && Chance(15)) item += fmt::format(" with runs={}", 1 + Below(3));
    out += " " + item;
  }
  if (Chance(20)) out += " until " + SequenceItem(false) + (item_keys ? " by " + Pick(kKeys) : "");
  return out;
}

std::string RandomEql::ElementField(const std::string& variable) {
  return variable + Pick<std::string>({".m", ".n", ".inner.m", ".absent", ""});
}

// Of one element: leaves over it, now and then over the event, or a search of an array in it.
std::string RandomEql::ElementCondition(const std::string& variable, int depth) {
  if (depth > 0 && Chance(50)) {
    return fmt::format("({} {} {})", ElementCondition(variable, depth - 1), Chance(60) ? "and" : "or",
                       ElementCondition(variable, depth - 1));
  }
  const std::string field = ElementField(variable);
  switch (Below(7)) {
    case 0:
      return fmt::format("{} {} {}", field, Pick(kCompare), NumberLiteral());
    case 1:
      return fmt::format("not {} {} {}", field, Chance(50) ? ":" : "like", List(&RandomEql::Pattern));
    case 2:
      return fmt::format("{} in~ {}", field, List(&RandomEql::StringLiteral));
    case 3:
      return fmt::format("{} {} null", field, Chance(50) ? "==" : "!=");
    case 4:
      return FieldPair(field, Chance(50) ? StringField() : ElementField(variable));
    case 5:
      return fmt::format("startsWith~({}, substring({}, 0, 2))", field, StringField());
    default:
      if (variable != "$e") return fmt::format("{} == {}", field, ElementField("$e"));
      return fmt::format("{}_arraysearch({}, $f, {})", Chance(30) ? "not " : "",
                         Pick<std::string>({"$e.inner", "stack", "$e"}), ElementCondition("$f", 1));
  }
}

std::string RandomEql::ArraySearch(int depth) {
  return fmt::format("_arraysearch({}, $e, {})",
                     Pick<std::string>({"stack", "stack", "list", "process.args", "absent"}),
                     ElementCondition("$e", depth));
}

std::string RandomEql::LineageTerm() { return fmt::format("descendant of [{}]", Filter(1)); }

std::string RandomEql::FieldPair(const std::string& left, const std::string& right) {
  return fmt::format("{} {} {}", left, Chance(60) ? "==" : "!=", right);
}

std::string RandomEql::EndpointLeaf() {
  switch (Below(5)) {
    case 0:
    case 1:
      return ArraySearch(2);
    case 2:
      return LineageTerm();
    case 3:
      return FieldPair(Pick(kStringFields), Chance(50) ? Pick(kStringFields) : Pick(kNumberFields));
    default:
      return Leaf();
  }
}

std::string RandomEql::EndpointCondition(int depth) {
  if (depth == 0 || Chance(30)) return (Chance(25) ? "not " : "") + EndpointLeaf();
  return fmt::format("({}) {} ({})", EndpointCondition(depth - 1), Chance(50) ? "and" : "or",
                     EndpointCondition(depth - 1));
}

std::string RandomEql::AliasSequence() {
  const auto alias_leaf = [this](const std::string& alias) {
    const std::string field = alias + "." + Pick(kStringFields);
    switch (Below(4)) {
      case 0:
        return fmt::format("startsWith~({}, {})", StringField(), field);
      case 1:
        return fmt::format("{} : {}", field, Pattern());
      case 2:
        return fmt::format("_arraysearch(stack, $e, {})", FieldPair(ElementField("$e"), field));
      default:
        return FieldPair(Pick(kStringFields), field);
    }
  };
  const bool three = Chance(30);
  std::string out = "sequence";
  if (Chance(40)) out += " by user.id";
  if (Chance(40)) out += " with maxspan=5s";
  out += fmt::format(" [{}]{} as first", Filter(1), Chance(20) ? " with runs=2" : "");
  const auto item = [&](const std::string& alias) {
    const std::string join = Chance(50) ? "and" : "or";
    return fmt::format(" [{} where {} {} {}{}]", Pick(kCategories), Leaf(), join, Chance(20) ? "not " : "",
                       alias_leaf(alias));
  };
  out += item("first") + (three ? " as second" : "");
  if (three) out += item(Chance(50) ? "first" : "second");
  if (Chance(20)) out += " until " + SequenceItem(false);
  return out;
}

std::string RandomEql::EndpointQuery() {
  if (Chance(25)) return AliasSequence();
  return fmt::format("{} where {}", Pick(kCategories), EndpointCondition(static_cast<int>(Below(3))));
}

std::string RandomEql::Sample() {
  std::string out = "sample by host.id";
  const bool item_keys = Chance(50);
  for (uint32_t i = 2 + Below(3); i > 0; --i) {
    out += " " + SequenceItem(false);
    if (item_keys) out += " by " + Pick<std::string>({"user.id", "?user.id", "list.item", "process.pid"});
  }
  return out;
}

std::string RandomEql::Query() {
  if (Chance(75)) return EventQuery();
  return Chance(75) ? Sequence() : Sample();
}

std::string RandomEql::JsonString(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\u0009";
        break;
      case '/':
        out += "\\/";
        break;
      default:
        out += c;
    }
  }
  return out + "\"";
}

std::string RandomEql::JsonScalar() {
  static const std::vector<std::string> kScalars = {
      "0",    "1",     "5",    "-1", "42",  "443", "4.5", "1e3", "9223372036854775807", "18446744073709551615",
      "true", "false", "null", "{}", "-0.0"};
  return Chance(60) ? JsonString(Pick(kTexts)) : Pick(kScalars);
}

std::string RandomEql::JsonValueFor(const std::string& field) {
  if (Chance(15)) return JsonScalar();
  if (field == "flag") return Chance(50) ? "true" : "false";
  if (field == "process.pid" || field == "destination.port" || field == "ratio") {
    return Pick<std::string>({"0", "1", "4", "5", "42", "443", "4.5", "\"5\""});
  }
  if (Chance(25)) return fmt::format("[{}, {}]", JsonScalar(), JsonString(Pick(kTexts)));
  return JsonString(Pick(kTexts));
}

// An element of `stack`.
std::string RandomEql::JsonFrame() {
  if (Chance(10)) return JsonScalar();
  std::string out = Chance(70) ? fmt::format("\"m\": {}, ", JsonScalar()) : "";
  if (Chance(50)) out += fmt::format("\"inner\": [{{\"m\": {}}}, {{\"m\": {}}}], ", JsonScalar(), JsonScalar());
  if (Chance(15)) out += fmt::format("\"inner.m\": {}, ", JsonScalar());
  return fmt::format("{{{}\"n\": [{}, {}]}}", out, JsonScalar(), Below(6));
}

// Members of `process` that say who it is.
std::string RandomEql::JsonProcess() {
  return fmt::format("\"entity_id\": \"p{}\", \"parent\": {{\"entity_id\": \"p{}\"}}", Below(30), Below(30));
}

std::string RandomEql::Event() {
  clock_ms_ += Chance(20) ? 0 : Below(3000);
  std::string out = fmt::format("{{\"@timestamp\": {}, \"host\": {{\"id\": \"h{}\"}}", clock_ms_, Below(2));
  const std::string category = kCategories[Below(3)];
  out += Chance(50) ? fmt::format(", \"event.category\": \"{}\"", category)
                    : fmt::format(", \"event\": {{\"category\": [\"{}\"]}}", category);
  auto member = [&](const char* name) {
    if (Chance(70)) out += fmt::format(", \"{}\": {}", name, JsonValueFor(name));
  };
  for (const char* name : {"process.name", "process.args", "destination.ip", "user.id", "mixed", "flag", "ratio"})
    member(name);
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kTypedValues = {
      {"process.start", kDates},
      {"seen", kDates},
      {"peer", kAddresses},
      {"app.version", kVersions},
      {"level", {"5", "\"5\"", "42"}},
      {"quiet", {"null", "\"a\"", "[null, \"b\"]"}},
      {"day", {"\"02-01-2026\"", "\"2026-01-02\""}}};
  for (const auto& [name, values] : kTypedValues) {
    if (Chance(40)) out += fmt::format(", \"{}\": {}", name, Chance(80) ? Pick(values) : JsonScalar());
  }
  if (Chance(60)) {
    out += fmt::format(", \"process\": {{\"pid\": {}, {}}}", JsonValueFor("process.pid"), JsonProcess());
  }
  if (Chance(50)) {
    out += ", \"stack\": [" + JsonFrame();
    for (uint32_t n = Below(4); n > 0; --n) out += ", " + JsonFrame();
    out += "]";
  }
  if (Chance(40)) out += fmt::format(", \"file\": {{\"path\": {}, \"other\": [1, {{}}]}}", JsonValueFor("file.path"));
  if (Chance(40)) {
    out += fmt::format(", \"list\": [{{\"item\": {}, \"n\": {}}}, {{\"item\": [{}], \"n\": null}}]", JsonScalar(),
                       Below(600), JsonScalar());
  }
  if (Chance(30)) out += fmt::format(", \"destination\": {{\"port\": {}}}", JsonValueFor("destination.port"));
  return out + "}";
}

}  // namespace eqlc::testing
