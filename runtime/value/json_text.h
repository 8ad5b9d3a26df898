// Reads and writes JSON as text, without building a tree: an alert copies most of its event verbatim, so numbers, order
// and spelling stay as they stood in the input, and no depth of nesting can exhaust the stack.
//
// Made for text that the decoder has accepted. Anything else is read as far as it makes sense: no function here throws,
// loops or reads out of bounds.
//
// Tested by tests/unit/runtime/value/json_text_test.cpp.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc::json {

// Walks the members of an object, or the elements of an array, in order.
//   for (Reader r(text); r.Next();) Use(r.key(), r.value());
// Thread-safety: none. Views of value() point into the text; key() is valid until the next call.
class Reader {
 public:
  explicit Reader(std::string_view container);

  bool Next();
  bool is_object() const { return close_ == '}'; }
  bool is_array() const { return close_ == ']'; }
  std::string_view key() const { return key_; }          // unescaped; empty in an array
  std::string_view raw_key() const { return raw_key_; }  // with its quotes
  std::string_view value() const { return value_; }      // the JSON text, without blanks around it

 private:
  bool End();

  std::string_view text_;
  size_t pos_ = 0;
  char close_ = 0;  // 0: neither object nor array, or at the end
  bool first_ = true;
  std::string_view key_, raw_key_, value_;
  std::string unescaped_;
};

// The members of an object, read once for many look-ups. None if it is something else.
// The views point into the text; those of keys with escapes into this.
class Members {
 public:
  struct Member {
    std::string_view key, raw_key, value;  // as of Reader
  };

  Members() = default;
  explicit Members(std::string_view object);
  Members(Members&&) = default;
  Members& operator=(Members&&) = default;

  auto begin() const { return members_.begin(); }
  auto end() const { return members_.end(); }
  // As MemberOf.
  std::string_view Find(std::string_view key) const;

 private:
  std::vector<Member> members_;
  std::deque<std::string> unescaped_;
};

bool IsObject(std::string_view value);
bool IsArray(std::string_view value);
bool IsString(std::string_view value);

// The text of a scalar: a string unescaped (a lone surrogate becomes U+FFFD), a number or bool as written. Empty for
// null, objects and arrays.
std::string TextOf(std::string_view value);

// All scalars that a dotted path denotes, as JSON texts: nested objects, dotted keys and arrays alike
// (docs/semantics.md section 3.1). Nulls are left out, and what lies below more than 64 objects and arrays.
std::vector<std::string_view> Scalars(const Members& object, std::string_view path);
// The text of the first of them, or "".
std::string FirstText(const Members& object, std::string_view path);
// The texts of all of them, joined with commas.
std::string JoinedText(const Members& object, std::string_view path);

// The value of the member `key` of an object, spelled exactly so; empty when there is none. The last one counts.
// For one look-up.
std::string_view MemberOf(std::string_view object, std::string_view key);

// The fields of an event: `_source` if the line is a search hit (its first key starts with `_`), else the whole line.
// As the decoder sees it.
std::string_view SourceOf(std::string_view line);

// Appends `text` as JSON string, with quotes. Bytes that are not UTF-8 become U+FFFD.
void AppendString(std::string& out, std::string_view text);
// Appends a JSON text on one line: blanks outside strings are dropped if there is a line break anywhere.
void AppendOneLine(std::string& out, std::string_view value);
// Appends `"key":`, preceded by a comma unless `out` ends with an opening bracket.
void AppendKey(std::string& out, std::string_view key);

}  // namespace eqlc::json
