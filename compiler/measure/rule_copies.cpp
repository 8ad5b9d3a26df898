// Tested by tests/unit/compiler/measure/rule_copies_test.cpp.
#include "compiler/measure/rule_copies.h"

#include <algorithm>

#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

constexpr uint32_t kLetters = 26;
constexpr size_t kShortestWord = 2;

bool IsNameStart(char c) { return ascii::IsLetter(c) || c == '_' || c == '@'; }
bool IsNamePart(char c) { return IsNameStart(c) || c == '.' || ascii::IsDigit(c); }

char MoveOn(char c, uint32_t places) {
  const char first = c >= 'a' ? 'a' : 'A';
  return static_cast<char>(first + (static_cast<uint32_t>(c - first) + places) % kLetters);
}

// The longest run of letters in the inside of a literal, the first of several; what a backslash escapes is none.
std::string_view LongestWord(std::string_view inside, bool raw) {
  std::string_view longest;
  for (size_t at = 0; at < inside.size();) {
    if (!raw && inside[at] == '\\') {
      at += 2;
      continue;
    }
    size_t end = at;
    while (end < inside.size() && ascii::IsLetter(inside[end])) ++end;
    if (end - at > longest.size()) longest = inside.substr(at, end - at);
    at = std::max(end, at + 1);
  }
  return longest;
}

bool TellsRulesApart(std::string_view field) { return field.starts_with("event.") || field.starts_with("host.os."); }

// Goes through a query once and writes the copy.
class Renamer {
 public:
  Renamer(std::string_view query, uint32_t copy) : rest_(query), copy_(copy) {}

  std::string Run() {
    while (!rest_.empty()) {
      if (rest_.starts_with("//")) {
        Keep(rest_.find('\n'));
      } else if (rest_.starts_with("/*")) {
        KeepThrough(rest_.find("*/", 2), 2);
      } else if (rest_.starts_with(R"(""")")) {
        Literal(R"(""")", /*raw=*/true);
      } else if (rest_.front() == '"') {
        Literal("\"", /*raw=*/false);
      } else if (IsNameStart(rest_.front())) {
        Name();
      } else {
        Keep(1);
      }
    }
    return std::move(out_);
  }

 private:
  void Keep(size_t size) {
    size = std::min(size, rest_.size());
    out_ += rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  void KeepThrough(size_t at, size_t size) { Keep(at == std::string_view::npos ? at : at + size); }

  // Names of fields have dots; those of functions, keywords and event categories have none.
  void Name() {
    const size_t size = static_cast<size_t>(std::ranges::find_if_not(rest_, IsNamePart) - rest_.begin());
    if (rest_.substr(0, size).find('.') != std::string_view::npos) field_ = rest_.substr(0, size);
    Keep(size);
  }

  void Literal(std::string_view quote, bool raw) {
    Keep(quote.size());
    size_t end = 0;
    while (end < rest_.size() && !rest_.substr(end).starts_with(quote)) end += !raw && rest_[end] == '\\' ? 2 : 1;
    end = std::min(end, rest_.size());
    const std::string_view word = TellsRulesApart(field_) ? "" : LongestWord(rest_.substr(0, end), raw);
    if (word.size() < kShortestWord) return KeepThrough(end, quote.size());
    const auto before = static_cast<size_t>(word.data() - rest_.data());
    Keep(before);
    for (const char c : word) out_ += MoveOn(c, 1 + (copy_ - 1) % (kLetters - 1));
    if (copy_ >= kLetters) out_ += std::to_string((copy_ - 1) / (kLetters - 1));
    rest_.remove_prefix(word.size());
    KeepThrough(end - before - word.size(), quote.size());
  }

  std::string_view rest_;
  const uint32_t copy_;
  std::string_view field_;  // named last
  std::string out_;
};

}  // namespace

std::string RenameLiterals(std::string_view query, uint32_t copy) { return Renamer(query, copy).Run(); }

}  // namespace eqlc
