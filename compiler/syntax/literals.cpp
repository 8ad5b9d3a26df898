#include "compiler/syntax/literals.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <limits>

#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

constexpr size_t kMinUnicodeDigits = 2;
constexpr size_t kMaxUnicodeDigits = 8;

struct Form {
  ast::Quotes quotes;
  size_t open, close;  // bytes of the delimiters
  bool raw;
};

Form FormOf(std::string_view token) {
  if (token.starts_with(R"(""")")) return {ast::Quotes::kStandard, 3, 3, true};
  if (token.starts_with('"')) return {ast::Quotes::kStandard, 1, 1, false};
  if (token.starts_with('\'')) return {ast::Quotes::kSingle, 1, 1, false};
  if (token.starts_with("?\"")) return {ast::Quotes::kRawDouble, 2, 1, true};
  return {ast::Quotes::kRawSingle, 2, 1, true};
}

char UnescapeSimple(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'f':
      return '\f';
    case 'r':
      return '\r';
    default:
      return c;  // a quote or the backslash
  }
}

// `escape` is `\u{...}` as written; appends the character it names, or says why it names none.
std::string AppendUnicode(std::string_view escape, std::string& out) {
  const std::string_view digits = escape.substr(3, escape.size() - 4);
  if (digits.size() < kMinUnicodeDigits || digits.size() > kMaxUnicodeDigits) {
    return fmt::format("Unicode sequence should use [{}-{}] hex digits, [{}] has [{}]", kMinUnicodeDigits,
                       kMaxUnicodeDigits, escape, digits.size());
  }
  uint32_t code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  if (utf8::IsSurrogate(code)) {
    return fmt::format("Invalid unicode character code, [{}] is a surrogate code", digits);
  }
  if (code > utf8::kMaxCodePoint) return fmt::format("Invalid unicode character code [{}]", digits);
  utf8::Append(code, out);
  return {};
}

// REQUIRES: every backslash begins an escape that the lexer knows.
std::optional<std::string> Unescape(std::string_view body, uint32_t offset, DiagnosticSink& sink) {
  std::string out;
  out.reserve(body.size());
  bool ok = true;
  for (size_t i = 0; i < body.size();) {
    const size_t backslash = std::min(body.find('\\', i), body.size());
    out.append(body, i, backslash - i);
    if (backslash == body.size()) break;
    if (body[backslash + 1] != 'u') {
      out += UnescapeSimple(body[backslash + 1]);
      i = backslash + 2;
      continue;
    }
    i = body.find('}', backslash) + 1;
    const std::string wrong = AppendUnicode(body.substr(backslash, i - backslash), out);
    if (!wrong.empty()) {
      const auto begin = static_cast<uint32_t>(offset + backslash);
      sink.Report(Code::kBadString, {begin, static_cast<uint32_t>(offset + i)}, wrong);
      ok = false;
    }
  }
  if (!ok) return std::nullopt;
  return out;
}

// Python-eql's raw strings know one escape: that of their own quote.
std::string UnescapeQuote(std::string_view body, char quote) {
  std::string out;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\' && i + 1 < body.size() && body[i + 1] == quote) continue;
    out += body[i];
  }
  return out;
}

// Whether a number that from_chars cannot represent is too large (true) or too close to zero. The digits' magnitude
// dwarfs what from_chars accepts, so the sign of the decimal exponent of the first non-zero digit decides.
bool IsHuge(std::string_view text) {
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, e);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  int64_t exponent = static_cast<int64_t>(point) - static_cast<int64_t>(first);
  if (e < text.size()) {
    const char* begin = text.data() + e + 1;
    if (*begin == '+') ++begin;
    int64_t written = 0;
    const auto result = std::from_chars(begin, text.data() + text.size(), written);
    if (result.ec == std::errc::result_out_of_range) return *begin != '-';
    exponent += written;
  }
  return exponent > 0;
}

std::string Shorten(std::string_view digits) {
  constexpr size_t kShown = 40;
  if (digits.size() <= kShown) return std::string(digits);
  return fmt::format("{}...", digits.substr(0, kShown));
}

struct Unit {
  std::string_view name;
  int64_t nanoseconds;
};
constexpr std::array<Unit, 5> kUnits = {{{"ms", 1'000'000},
                                         {"s", 1'000'000'000},
                                         {"m", 60 * int64_t{1'000'000'000}},
                                         {"h", 3'600 * int64_t{1'000'000'000}},
                                         {"d", 86'400 * int64_t{1'000'000'000}}}};

int64_t Scale(uint64_t count, int64_t nanoseconds) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  return count > static_cast<uint64_t>(kMax / nanoseconds) ? kMax : static_cast<int64_t>(count) * nanoseconds;
}

}  // namespace

std::optional<ast::StringLiteral> ParseString(TokenText token, DiagnosticSink& sink) {
  const Form form = FormOf(token.text);
  assert(token.text.size() >= form.open + form.close);
  const std::string_view body = token.text.substr(form.open, token.text.size() - form.open - form.close);
  if (form.quotes == ast::Quotes::kRawDouble) return ast::StringLiteral{UnescapeQuote(body, '"'), form.quotes};
  if (form.quotes == ast::Quotes::kRawSingle) return ast::StringLiteral{UnescapeQuote(body, '\''), form.quotes};
  if (form.raw) return ast::StringLiteral{std::string(body), form.quotes};
  std::optional<std::string> value = Unescape(body, token.span.begin + static_cast<uint32_t>(form.open), sink);
  if (!value) return std::nullopt;
  return ast::StringLiteral{std::move(*value), form.quotes};
}

std::optional<Number> ParseNumber(TokenText token, DiagnosticSink& sink) {
  const char* begin = token.text.data();
  const char* end = begin + token.text.size();
  uint64_t integer = 0;
  const auto as_integer = std::from_chars(begin, end, integer);
  if (as_integer.ec == std::errc{} && as_integer.ptr == end) return ast::IntLiteral{integer};

  double value = 0;
  const auto as_double = std::from_chars(begin, end, value);
  if (as_double.ec == std::errc::result_out_of_range) {
    if (!IsHuge(token.text)) return ast::DoubleLiteral{0};
    sink.Report(Code::kBadNumber, token.span, fmt::format("Number [{}] is too large", Shorten(token.text)));
    return std::nullopt;
  }
  return ast::DoubleLiteral{value};
}

std::optional<ast::TimeSpan> ParseTimeSpan(TokenText number, std::optional<TokenText> unit, DiagnosticSink& sink) {
  const std::string_view unit_text = unit ? unit->text : std::string_view{};
  const std::string_view digits = number.text;
  const Span span = unit ? Span::Join(number.span, unit->span) : number.span;
  const std::string shown = Shorten(digits);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    sink.Report(
        Code::kBadTimeUnit, span,
        fmt::format("Decimal time interval [{}{}] not supported; please use an positive integer", shown, unit_text));
    return std::nullopt;
  }
  if (!unit) {
    sink.Report(Code::kBadTimeUnit, span, fmt::format("No time unit specified, did you mean [s] as in [{}s]?", shown));
    return std::nullopt;
  }
  const auto* known = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == unit_text; });
  if (known == kUnits.end()) {
    sink.Report(Code::kBadTimeUnit, unit->span,
                fmt::format("Unrecognized time unit [{}] in [{}{}], please specify one of [ms, s, m, h, d]", unit_text,
                            shown, unit_text));
    return std::nullopt;
  }
  uint64_t count = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc{}) {
    sink.Report(Code::kBadNumber, number.span, fmt::format("Number [{}] is too large", shown));
    return std::nullopt;
  }
  if (count == 0) {
    sink.Report(Code::kBadMaxspan, span, "A positive maxspan value is required; found [0]");
    return std::nullopt;
  }
  return ast::TimeSpan{count, Scale(count, known->nanoseconds), std::string(known->name), span};
}

std::string UnquoteIdentifier(std::string_view token) {
  assert(token.size() >= 2);
  const std::string_view body = token.substr(1, token.size() - 2);
  std::string out;
  out.reserve(body.size());
  for (size_t i = 0; i < body.size(); ++i) {
    out += body[i];
    if (body[i] == '`') ++i;  // doubled inside
  }
  return out;
}

std::string_view LegacyQuotesMessage(ast::Quotes quotes) {
  switch (quotes) {
    case ast::Quotes::kSingle:
      return R"(Use double quotes ["] to define string literals, not single quotes ['])";
    case ast::Quotes::kRawDouble:
      return R"(Use triple double quotes ["""] to define unescaped string literals, not [?"])";
    case ast::Quotes::kRawSingle:
      return R"(Use triple double quotes ["""] to define unescaped string literals, not [?'])";
    case ast::Quotes::kStandard:
      break;
  }
  assert(false);
  return {};
}

}  // namespace eqlc
