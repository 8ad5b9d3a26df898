// toml++ takes some 200 instructions for a character, and most of a public rule are long strings: its query, its guide.
// So it gets a text in which these are blank, and their values are put in afterwards.
#include "compiler/rulefile/toml.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/rulefile/toml_string.h"
#include "compiler/support/source.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

using LongString = TomlShape::LongString;

// A place as toml++ counts it; a column is a code point.
struct Place {
  uint32_t line = 1;
  uint32_t column = 1;

  void Advance(std::string_view text) {
    const size_t last_break = text.rfind('\n');
    if (last_break != std::string_view::npos) {
      line += static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
      column = 1;
      text.remove_prefix(last_break + 1);
    }
    column += static_cast<uint32_t>(utf8::Count(text));
  }

  auto operator<=>(const Place&) const = default;
};

// A string that toml++ sees blank.
struct Blank {
  Place place;  // of its first quote
  std::string value;
};

struct BlankedText {
  std::string text;  // all places outside of the blanks are as they were
  std::vector<Blank> blanks;
};

// Whether there are control characters that TOML does not allow in strings.
bool HasForbidden(std::string_view token) {
  for (size_t i = 0; i < token.size(); ++i) {
    const auto c = static_cast<unsigned char>(token[i]);
    const bool is_break = c == '\n' || (c == '\r' && i + 1 < token.size() && token[i + 1] == '\n');
    if ((c < 0x20 || c == 0x7F) && c != '\t' && !is_break) return true;
  }
  return false;
}

// Nothing if toml++ may find a mistake in the string or directly behind it.
std::optional<std::string> ValueOf(const LongString& string, std::string_view text) {
  const std::string_view token = text.substr(string.begin, string.end - string.begin);
  const bool quote_follows = string.end < text.size() && text[string.end] == token.front();
  std::optional<TomlString> decoded = DecodeTomlString(text, string.begin);
  if (!decoded || quote_follows || HasForbidden(token)) return std::nullopt;
  return std::move(decoded->value);
}

void AppendBlank(std::string_view token, std::string& out) {
  constexpr size_t kQuotes = 3;
  const std::string_view quotes = token.substr(0, kQuotes);
  std::string_view inside = token.substr(kQuotes, token.size() - 2 * kQuotes);
  out += quotes;
  out.append(static_cast<size_t>(std::count(inside.begin(), inside.end(), '\n')), '\n');
  inside.remove_prefix(inside.rfind('\n') + 1);  // npos + 1 is 0
  out.append(utf8::Count(inside), ' ');
  out += quotes;
}

BlankedText BlankStrings(std::string_view text, const std::vector<LongString>& strings) {
  BlankedText result;
  Place place;
  size_t copied = 0;
  const auto copy_up_to = [&](size_t end) {
    const std::string_view piece = text.substr(copied, end - copied);
    result.text += piece;
    place.Advance(piece);
    copied = end;
  };
  for (const LongString& string : strings) {
    std::optional<std::string> value = ValueOf(string, text);
    if (!value) continue;
    copy_up_to(string.begin);
    result.blanks.push_back({place, std::move(*value)});
    const std::string_view token = text.substr(string.begin, string.end - string.begin);
    AppendBlank(token, result.text);
    place.Advance(token);
    copied = string.end;
  }
  copy_up_to(text.size());
  return result;
}

// Puts the values of blanks where they belong.
void FillIn(toml::node& node, std::vector<Blank>& blanks) {
  if (toml::table* table = node.as_table()) {
    for (auto&& [key, value] : *table) FillIn(value, blanks);
  } else if (toml::array* array = node.as_array()) {
    for (toml::node& value : *array) FillIn(value, blanks);
  } else if (toml::value<std::string>* string = node.as_string()) {
    const auto [line, column] = string->source().begin;
    const Place place{line, column};
    const auto blank = std::lower_bound(blanks.begin(), blanks.end(), place,
                                        [](const Blank& b, const Place& p) { return b.place < p; });
    if (blank != blanks.end() && blank->place == place) string->get() = std::move(blank->value);
  }
}

}  // namespace

std::variant<toml::table, TomlFault> ParseToml(std::string_view text) {
  TomlShape shape = ReadTomlShape(text);
  if (shape.fault) return std::move(*shape.fault);
  BlankedText blanked = BlankStrings(text, shape.long_strings);
  try {
    toml::table root = toml::parse(std::string_view(blanked.text));
    FillIn(root, blanked.blanks);
    return root;
  } catch (const toml::parse_error& error) {
    const auto [line, column] = error.source().begin;
    return TomlFault{SourceFile("", std::string(text)).Offset(line, column), std::string(error.description())};
  }
}

}  // namespace eqlc
