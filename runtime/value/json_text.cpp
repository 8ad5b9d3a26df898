#include "runtime/value/json_text.h"

#include <algorithm>
#include <cstdint>

#include "runtime/value/ascii.h"
#include "runtime/value/json_scalar.h"
#include "runtime/value/utf8.h"
#include "runtime/value/words.h"

namespace eqlc::json {
namespace {

// Objects and arrays around a value that Scalars still finds. Each level reads its text once more, so this bounds the
// time for hostile events.
constexpr uint32_t kMaxLookupDepth = 64;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t SkipBlanks(std::string_view text, size_t pos) {
  while (pos < text.size() && IsBlank(text[pos])) ++pos;
  return pos;
}

// The first byte from `pos` on that `marks` marks in a word, or the first of the last seven.
template <typename Marks>
size_t SkipUnmarked(std::string_view text, size_t pos, Marks marks) {
  for (; pos + 8 <= text.size(); pos += 8) {
    const size_t unmarked = words::BytesBeforeMark(marks(words::Load(text.data() + pos)));
    if (unmarked < 8) return pos + unmarked;
  }
  return pos;
}

// REQUIRES: text[pos] is a quote. The position after the closing quote, or the end.
size_t SkipString(std::string_view text, size_t pos) {
  const auto ends_or_escapes = [](uint64_t bytes) {
    return words::MarkByte(bytes, '"') | words::MarkByte(bytes, '\\');
  };
  for (++pos; (pos = SkipUnmarked(text, pos, ends_or_escapes)) < text.size(); ++pos) {
    if (text[pos] == '"') return pos + 1;
    if (text[pos] == '\\') ++pos;
  }
  return text.size();
}

size_t SkipContainer(std::string_view text, size_t pos) {
  size_t depth = 0;
  while (pos < text.size()) {
    const char c = text[pos];
    if (c == '"') {
      pos = SkipString(text, pos);
      continue;
    }
    ++pos;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return pos;
  }
  return text.size();
}

// The position after the value that starts at `pos`.
size_t SkipValue(std::string_view text, size_t pos) {
  if (pos >= text.size()) return text.size();
  if (text[pos] == '"') return SkipString(text, pos);
  if (text[pos] == '{' || text[pos] == '[') return SkipContainer(text, pos);
  while (pos < text.size() && !IsBlank(text[pos]) && text[pos] != ',' && text[pos] != '}' && text[pos] != ']') ++pos;
  return pos;
}

// The characters between the quotes, unescaped. Of an escape that does not exist the backslash is dropped, and a `u`
// without its digits is U+FFFD.
std::string Unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const size_t plain = std::min(text.find('\\'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return out;
    char character[4];
    if (char* const end = TakeJsonEscape(text, character)) {
      out.append(character, end);
      continue;
    }
    if (text.size() > 1) text.remove_prefix(1);
    out += text[0] == 'u' ? utf8::kReplacementText : text.substr(0, 1);
    text.remove_prefix(1);
  }
}

// What stands between the quotes of a string; an unterminated one ends where the text does.
std::string_view InsideQuotes(std::string_view value) {
  value.remove_prefix(1);
  if (!value.empty() && value.back() == '"') value.remove_suffix(1);
  return value;
}

bool IsScalar(std::string_view value) {
  return !value.empty() && value != "null" && value.front() != '{' && value.front() != '[';
}

void CollectScalars(std::string_view value, std::string_view path, uint32_t levels,
                    std::vector<std::string_view>& found);

// Of an object's member.
void CollectBelow(const Members::Member& member, std::string_view path, uint32_t levels,
                  std::vector<std::string_view>& found) {
  const std::string_view key = member.key;
  if (key == path) {
    CollectScalars(member.value, {}, levels - 1, found);
  } else if (path.size() > key.size() && path.starts_with(key) && path[key.size()] == '.') {
    CollectScalars(member.value, path.substr(key.size() + 1), levels - 1, found);
  }
}

// `levels` bounds the recursion.
void CollectScalars(std::string_view value, std::string_view path, uint32_t levels,
                    std::vector<std::string_view>& found) {
  if (levels == 0) return;
  if (IsArray(value)) {
    for (Reader r(value); r.Next();) CollectScalars(r.value(), path, levels - 1, found);
  } else if (path.empty()) {
    if (IsScalar(value)) found.push_back(value);
  } else if (IsObject(value)) {
    for (Reader r(value); r.Next();) CollectBelow({r.key(), r.raw_key(), r.value()}, path, levels, found);
  }
}

// What stands behind the backslash of JSON's escapes of two characters; 0: `c` has none.
char EscapeLetter(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

}  // namespace

Reader::Reader(std::string_view container) : text_(container) {
  pos_ = SkipBlanks(text_, 0);
  if (pos_ == text_.size()) return;
  if (text_[pos_] == '{') close_ = '}';
  if (text_[pos_] == '[') close_ = ']';
  ++pos_;
}

bool Reader::End() {
  close_ = 0;
  return false;
}

bool Reader::Next() {
  if (close_ == 0) return false;
  pos_ = SkipBlanks(text_, pos_);
  if (!first_) {
    if (pos_ >= text_.size() || text_[pos_] != ',') return End();
    pos_ = SkipBlanks(text_, pos_ + 1);
  }
  first_ = false;
  if (pos_ >= text_.size() || text_[pos_] == close_) return End();
  if (is_object()) {
    if (text_[pos_] != '"') return End();
    const size_t key_end = SkipString(text_, pos_);
    raw_key_ = text_.substr(pos_, key_end - pos_);
    key_ = InsideQuotes(raw_key_);
    if (key_.find('\\') != std::string_view::npos) {
      unescaped_ = Unescape(key_);
      key_ = unescaped_;
    }
    pos_ = SkipBlanks(text_, key_end);
    if (pos_ >= text_.size() || text_[pos_] != ':') return End();
    pos_ = SkipBlanks(text_, pos_ + 1);
  }
  const size_t end = SkipValue(text_, pos_);
  value_ = text_.substr(pos_, end - pos_);
  pos_ = end;
  return !value_.empty() || End();
}

Members::Members(std::string_view object) {
  for (Reader r(object); r.is_object() && r.Next();) {
    const bool escapes = r.raw_key().find('\\') != std::string_view::npos;
    const std::string_view key = escapes ? unescaped_.emplace_back(r.key()) : r.key();
    members_.push_back({key, r.raw_key(), r.value()});
  }
}

std::string_view Members::Find(std::string_view key) const {
  std::string_view found;
  for (const Member& member : members_) {
    if (member.key == key) found = member.value;
  }
  return found;
}

bool IsObject(std::string_view value) { return !value.empty() && value.front() == '{'; }
bool IsArray(std::string_view value) { return !value.empty() && value.front() == '['; }
bool IsString(std::string_view value) { return !value.empty() && value.front() == '"'; }

std::string TextOf(std::string_view value) {
  if (!IsScalar(value)) return {};
  if (!IsString(value)) return std::string(value);
  const std::string_view inside = InsideQuotes(value);
  return inside.find('\\') == std::string_view::npos ? std::string(inside) : Unescape(inside);
}

std::vector<std::string_view> Scalars(const Members& object, std::string_view path) {
  std::vector<std::string_view> found;
  if (path.empty()) return found;
  for (const Members::Member& member : object) CollectBelow(member, path, kMaxLookupDepth, found);
  return found;
}

std::string FirstText(const Members& object, std::string_view path) {
  const auto found = Scalars(object, path);
  return found.empty() ? std::string() : TextOf(found.front());
}

std::string JoinedText(const Members& object, std::string_view path) {
  std::string joined;
  for (std::string_view value : Scalars(object, path)) {
    if (!joined.empty()) joined += ',';
    joined += TextOf(value);
  }
  return joined;
}

std::string_view MemberOf(std::string_view object, std::string_view key) {
  std::string_view found;
  for (Reader r(object); r.is_object() && r.Next();) {
    if (r.key() == key) found = r.value();
  }
  return found;
}

std::string_view SourceOf(std::string_view line) {
  bool first = true;
  for (Reader r(line); r.is_object() && r.Next(); first = false) {
    if (first && !r.key().starts_with('_')) return line;
    if (r.key() == "_source" && IsObject(r.value())) return r.value();
  }
  return line;
}

void AppendString(std::string& out, std::string_view text) {
  const auto special = [](uint64_t bytes) {
    return words::MarkByte(bytes, '"') | words::MarkByte(bytes, '\\') | words::MarkControls(bytes) |
           (bytes & words::kHighBits);
  };
  out += '"';
  for (size_t pos = 0; pos < text.size();) {
    const size_t plain = SkipUnmarked(text, pos, special) - pos;
    out += text.substr(pos, plain);
    pos += plain;
    if (pos == text.size()) break;
    const utf8::CodePoint point = utf8::DecodeFirst(text.substr(pos));
    const char c = text[pos];
    if (!point.valid()) {
      out += utf8::kReplacementText;
      ++pos;
      continue;
    }
    if (const char letter = EscapeLetter(c); letter != 0) {
      out += '\\';
      out += letter;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += ascii::kHexDigits[static_cast<size_t>(c) >> 4];
      out += ascii::kHexDigits[static_cast<size_t>(c) & 15];
    } else {
      out += text.substr(pos, point.size);
    }
    pos += point.size;
  }
  out += '"';
}

void AppendOneLine(std::string& out, std::string_view value) {
  if (value.find('\n') == std::string_view::npos && value.find('\r') == std::string_view::npos) {
    out += value;
    return;
  }
  for (size_t pos = 0; pos < value.size();) {
    if (value[pos] != '"') {
      if (!IsBlank(value[pos])) out += value[pos];
      ++pos;
      continue;
    }
    const size_t end = SkipString(value, pos);
    for (char c : value.substr(pos, end - pos)) {
      // Not legal inside a string, but a broken event must not break the line it is written to.
      if (c == '\n' || c == '\r') {
        out += c == '\n' ? "\\n" : "\\r";
      } else {
        out += c;
      }
    }
    pos = end;
  }
}

void AppendKey(std::string& out, std::string_view key) {
  if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
  AppendString(out, key);
  out += ':';
}

}  // namespace eqlc::json
