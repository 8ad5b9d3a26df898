#include "compiler/syntax/spelling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

using namespace ast;  // NOLINT: the file names every operator

// The keywords of grammar/EqlLexer.g4. `as` and `fork` are not among them: they are good names.
constexpr std::array<std::string_view, 19> kKeywords = {"and",      "any",  "by",    "false", "in",  "join",  "like",
                                                        "maxspan",  "not",  "null",  "of",    "or",  "regex", "sample",
                                                        "sequence", "true", "until", "where", "with"};

bool IsNameStart(char c) { return ascii::IsLetter(c) || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || ascii::IsDigit(c); }

bool IsPlainName(std::string_view name) {
  if (name.empty() || !(IsNameStart(name[0]) || name[0] == '@')) return false;
  if (!std::all_of(name.begin() + 1, name.end(), IsNamePart)) return false;
  return std::find(kKeywords.begin(), kKeywords.end(), name) == kKeywords.end();
}

void AppendName(std::string_view name, std::string& out) {
  if (IsPlainName(name)) {
    out += name;
    return;
  }
  out += '`';
  for (char c : name) out.append(c == '`' ? 2 : 1, c);
  out += '`';
}

void AppendEscaped(char c, char quote, std::string& out) {
  switch (c) {
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\\':
      out += "\\\\";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7F) {
    out += fmt::format("\\u{{{:02x}}}", byte);
    return;
  }
  if (c == quote) out += '\\';
  out += c;
}

std::string SpellEscaped(std::string_view value, char quote) {
  std::string out(1, quote);
  for (char c : value) AppendEscaped(c, quote, out);
  return out + quote;
}

}  // namespace

std::string_view SpellingOf(CompareOp op) {
  switch (op) {
    case CompareOp::kEq:
      return "==";
    case CompareOp::kNe:
      return "!=";
    case CompareOp::kLt:
      return "<";
    case CompareOp::kLe:
      return "<=";
    case CompareOp::kGt:
      return ">";
    case CompareOp::kGe:
      return ">=";
  }
  return {};
}

std::string_view SpellingOf(ArithOp op) {
  switch (op) {
    case ArithOp::kAdd:
      return "+";
    case ArithOp::kSub:
      return "-";
    case ArithOp::kMul:
      return "*";
    case ArithOp::kDiv:
      return "/";
    case ArithOp::kMod:
      return "%";
  }
  return {};
}

std::string_view SpellingOf(UnaryOp op) {
  switch (op) {
    case UnaryOp::kPlus:
      return "+";
    case UnaryOp::kMinus:
      return "-";
  }
  return {};
}

std::string_view SpellingOf(PatternOp op) {
  switch (op) {
    case PatternOp::kSeq:
      return ":";
    case PatternOp::kLike:
      return "like";
    case PatternOp::kLikeInsensitive:
      return "like~";
    case PatternOp::kRegex:
      return "regex";
    case PatternOp::kRegexInsensitive:
      return "regex~";
  }
  return {};
}

std::string_view SpellingOf(Lineage kind) {
  switch (kind) {
    case Lineage::kChild:
      return "child";
    case Lineage::kDescendant:
      return "descendant";
    case Lineage::kEvent:
      return "event";
  }
  return {};
}

// A raw string escapes its own quote and nothing else.
std::string SpellRaw(std::string_view value, char quote) {
  std::string out = {'?', quote};
  for (const char c : value) {
    if (c == quote) out += '\\';
    out += c;
  }
  return out + quote;
}

std::string SpellString(std::string_view value, Quotes quotes) {
  switch (quotes) {
    case Quotes::kStandard:
      return SpellEscaped(value, '"');
    case Quotes::kSingle:
      return SpellEscaped(value, '\'');
    case Quotes::kRawDouble:
      return SpellRaw(value, '"');
    case Quotes::kRawSingle:
      return SpellRaw(value, '\'');
  }
  return {};
}

std::string SpellDouble(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string out(buffer.data(), end.ptr);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

// `a.b`, each name in back-quotes where it needs them.
void AppendPath(std::string_view path, std::string& out) {
  for (size_t dot; (dot = path.find('.')) != std::string_view::npos; path.remove_prefix(dot + 1)) {
    AppendName(path.substr(0, dot), out);
    out += '.';
  }
  AppendName(path, out);
}

std::string SpellField(const FieldRef& field) {
  std::string out = field.optional ? "?" : field.variable ? "$" : "";
  std::string_view plain = std::string_view(field.path).substr(0, field.subscripted ? field.plain_size : SIZE_MAX);
  if (field.variable) {
    const size_t end = std::min(plain.find('.'), plain.size());
    out += plain.substr(0, end);
    plain.remove_prefix(end);
    if (plain.starts_with('.')) out += '.', plain.remove_prefix(1), AppendPath(plain, out);
  } else {
    AppendPath(plain, out);
  }
  for (const PathStep& step : field.steps) {
    if (step.is_index) {
      out += fmt::format("[{}]", step.index);
    } else {
      out += '.';
      AppendName(step.name, out);
    }
  }
  return out;
}

}  // namespace eqlc
