#include "tests/support/random_python.h"

#include <fmt/format.h>

namespace eqlc::testing {
namespace {

const std::vector<std::string> kCategories = {"process", "file", "any", "any", "any"};
const std::vector<std::string> kFields = {"process.name", "process.args",    "file.path",    "user.id",      "mixed",
                                          "process.pid",  "destination.ip",  "list[0].item", "absent.field", "ratio",
                                          "flag",         "process.args[1]", "list",         "file"};
const std::vector<std::string> kTexts = {"'a'",  "'ab'",       "\"AB\"",   "'cmd.exe'", "'CMD.EXE'",
                                         "'5'",  "'10.1.2.3'", "?'C:\\*'", "'*'",       "'a*'",
                                         "'*b'", "'*.exe'",    "'a?c'",    "''",        "'true'"};
const std::vector<std::string> kNumbers = {"0", "1", "4", "5", "42", "4.5", "443"};
const std::vector<std::string> kRegexes = {"?'a.*'", "?'[a-c]+$'", "?'.*\\.exe$'", "?'(ab|cd)*x'", "?'\\d+'", "'10'"};
const std::vector<std::string> kCompare = {"==", "=", "!=", "<", "<=", ">", ">="};

}  // namespace

std::string RandomPython::Number(int depth) {
  switch (depth > 0 ? Below(6) : 0u) {
    case 0:
      return Pick(kFields);
    case 1:
      return fmt::format("length({})", Pick(kFields));
    case 2:
      return fmt::format("({} {} {})", Number(depth - 1), Pick({"+", "-", "*", "/", "%"}), Pick(kNumbers));
    case 3:
      return fmt::format("indexOf({}, {})", Text(depth - 1), Pick(kTexts));
    case 4:
      return fmt::format("modulo({}, -{})", Number(depth - 1), Pick(kNumbers));
    default:
      return fmt::format("number({})", Text(depth - 1));
  }
}

std::string RandomPython::Text(int depth) {
  switch (depth > 0 ? Below(5) : 0u) {
    case 0:
      return Pick(kFields);
    case 1:
      return fmt::format("substring({}, {})", Text(depth - 1), Pick({"0, 2", "-2", "null, -1", "1"}));
    case 2:
      return fmt::format("concat({}, {})", Text(depth - 1), Pick(kFields));
    case 3:
      return fmt::format("between({}, 'a', 'c')", Text(depth - 1));
    default:
      return fmt::format("string({})", Number(depth - 1));
  }
}

std::string RandomPython::ListLeaf() {
  const std::string list = Pick({"list", "process.args", "mixed", "absent.field", "list[1].item"});
  switch (Below(4)) {
    case 0:
      return fmt::format("arrayContains({}, {}, {})", list, Pick(kTexts), Pick(kNumbers));
    case 1:
      return fmt::format("arrayCount({}, x, x == {}) {} 1", list, Pick(kTexts), Pick(kCompare));
    case 2:
      return fmt::format("arraySearch({}, x, x.n > {} or x.item == {})", list, Pick(kNumbers), Pick(kFields));
    default:
      return fmt::format("arraySearch({}, x, arraySearch(list, y, y.item == x.item and x.n != null))", list);
  }
}

std::string RandomPython::LineageLeaf() {
  return fmt::format("{} of [{}]", Pick({"child", "descendant", "event"}), Filter(0));
}

std::string RandomPython::Leaf() {
  switch (Below(11)) {
    case 0:
      return fmt::format("{} {} {}", Pick(kFields), Pick(kCompare), Pick(kTexts));
    case 1:
      return fmt::format("{} {} {}", Number(2), Pick(kCompare), Pick(kNumbers));
    case 2:
      return fmt::format("{} {} {}", Text(2), Pick(kCompare), Chance(50) ? Text(1) : Pick(kTexts));
    case 3:
      return fmt::format("{} {} ({}, {}{})", Pick(kFields), Pick({"in", "not in"}), Pick(kTexts), Pick(kTexts),
                         Chance(30) ? ", " + Pick(kFields) : "");
    case 4:
      return fmt::format("{} {} ({}, {})", Number(1), Pick({"in", "not in"}), Pick(kNumbers), Pick(kNumbers));
    case 5:
      return fmt::format("wildcard({}, {}, {})", Text(1), Pick(kTexts), Pick(kTexts));
    case 6:
      return fmt::format("match({}, {})", Text(1), Pick(kRegexes));
    case 7:
      return fmt::format("{}({}, {})", Pick({"startsWith", "endsWith", "stringContains"}), Text(1), Pick(kTexts));
    case 8:
      return fmt::format("{} {} null", Chance(50) ? Text(2) : Number(2), Pick({"==", "!="}));
    case 9:
      return ListLeaf();
    default:
      return Chance(40) ? "cidrMatch(destination.ip, '10.0.0.0/8', '::/0')" : Pick(kFields);
  }
}

// Tests of one field, some of them twice, in the forms that passes look for.
std::string RandomPython::RelatedTests() {
  const std::string field = Pick(kFields);
  const auto test = [&] {
    const std::string text = Pick(kTexts);
    return Chance(60) ? fmt::format("{} {} {}", field, Pick({"==", "!="}), text)
                      : fmt::format("wildcard({}, {}, {})", field, text, Pick(kTexts));
  };
  const std::string a = test(), b = test(), c = test();
  switch (Below(4)) {
    case 0:
      return fmt::format("({0} and {1}) or ({2} and {0})", a, b, c);
    case 1:
      return fmt::format("{0} and ({0} or {1}) and (not ({1}) or {2})", a, b, c);
    case 2:
      return fmt::format("{0} or {1} or {2} or {3} == null", a, b, c, field);
    default:
      return fmt::format("not ({0}) and not ({1}) and not ({2} and {0}) and {3} != null", a, b, c, field);
  }
}

std::string RandomPython::Condition(int depth) {
  if (depth == 0 || Chance(30)) return Leaf();
  if (Chance(20)) return RelatedTests();
  switch (Below(5)) {
    case 0:
      return fmt::format("not ({})", Condition(depth - 1));
    case 1:
      return fmt::format("({}) and ({})", Condition(depth - 1), Condition(depth - 1));
    case 2:
      return fmt::format("null == (({}) or ({}))", Condition(depth - 1), Leaf());
    case 3:
      return fmt::format("{} or ({})", LineageLeaf(), Condition(depth - 1));
    default:
      return fmt::format("({}) or ({})", Condition(depth - 1), Condition(depth - 1));
  }
}

std::string RandomPython::Filter(int depth) {
  return fmt::format("{} where {}", Pick(kCategories), depth == 0 && Chance(30) ? "true" : Condition(depth));
}

std::string RandomPython::Items(const std::string& keyword) {
  const bool sequence = keyword == "sequence";
  std::string out = keyword;
  if (Chance(60)) out += " by " + Pick({"host.id", "user.id", "length(user.id)", "process.pid * 2", "mixed"});
  if (sequence && Chance(50)) out += fmt::format(" with maxspan={}s", 1 + Below(9));
  const uint32_t items = 2 + Below(2);
  for (uint32_t i = 0; i < items; ++i) {
    out += fmt::format(" [{}]{}", Filter(Chance(50) ? 0 : 1), sequence && i > 0 && Chance(20) ? " fork" : "");
  }
  if (Chance(25)) out += fmt::format(" until [{}]", Filter(1));
  return out;
}

std::string RandomPython::Pipe() {
  switch (Below(7)) {
    case 0:
      return fmt::format(" | head {}", 1 + Below(20));
    case 1:
      return fmt::format(" | tail {}", 1 + Below(20));
    case 2:
      return fmt::format(" | filter {}", Leaf());
    case 3:
      return fmt::format(" | unique {}", Pick(kFields));
    case 4:
      return fmt::format(" | sort {}, {}", Pick(kFields), Number(1));
    case 5:
      return fmt::format(" | unique_count {}", Pick(kFields));
    default:
      return fmt::format(" | count {}", Pick(kFields));
  }
}

std::string RandomPython::Query() {
  std::string query = Chance(60) ? Filter(static_cast<int>(Below(4))) : Chance(70) ? Items("sequence") : Items("join");
  for (uint32_t pipes = Chance(40) ? 1 + Below(2) : 0; pipes > 0; --pipes) query += Pipe();
  return query;
}

}  // namespace eqlc::testing
